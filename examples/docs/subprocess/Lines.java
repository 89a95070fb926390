// A program that is talked to: docs/subprocess.md.

import static io.asyncio4j.Asyncio.*;

import io.asyncio4j.streams.*;

void main() throws IOException {
    run(() -> {
        String command = "while read a b; do echo $((a * b)); done";
        try (Subprocess calculator = Subprocess.shell(SubprocessOptions.pipes(), command)) {
            for (int i = 6; i <= 8; i++) {
                calculator.stdin().write(i + " 7\n");
                calculator.stdin().drain();
                IO.println(calculator.stdout().readLine());
            }
        }
        var out = SubprocessOptions.defaults().stdout(Redirect.PIPE);
        Subprocess counter = Subprocess.exec(out, "seq", "3");
        for (String line : counter.stdout().lines()) {
            IO.println("line " + line);
        }
        IO.println("ended with " + counter.waitFor());
    });
}

// Output:
// 42
// 49
// 56
// line 1
// line 2
// line 3
// ended with 0
