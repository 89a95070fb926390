// What a program writes, all of it: docs/subprocess.md.

import static io.asyncio4j.Asyncio.*;

import io.asyncio4j.streams.*;

void main() throws IOException {
    run(() -> {
        var pipes = SubprocessOptions.pipes();
        Output sorted = Subprocess.exec(pipes, "sort", "-n").communicate("10\n9\n1\n");
        IO.print(sorted.stdoutText());

        Output failed =
                Subprocess.shell(pipes, "echo 'no such thing' >&2; exit 3").communicate();
        IO.println(failed.exitCode() + ": " + failed.stderrText().strip());
    });
}

// Output:
// 1
// 9
// 10
// 3: no such thing
