// A program that takes too long: docs/subprocess.md.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.*;

import io.asyncio4j.*;
import io.asyncio4j.streams.*;

void main() throws IOException {
    run(() -> {
        try (Subprocess stuck =
                Subprocess.shell(SubprocessOptions.pipes(), "printf 'begins\\nso far\\n'; exec sleep 1000")) {
            IO.println(stuck.stdout().readLine());
            try {
                timeout(ofMillis(500), () -> stuck.communicate());
            } catch (TimeoutException late) {
                IO.println("too late");
            }
            stuck.terminate();
            Output output = stuck.communicate(); // goes on where the other was cancelled
            IO.println(output.stdoutText().strip() + ", " + output.exitCode());
        }
    });
}

// Output:
// begins
// too late
// so far, 143
