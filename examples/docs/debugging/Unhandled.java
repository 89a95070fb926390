// Problems that nobody waits for: docs/see/debugging.md.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ZERO;

void main() {
    run(() -> {
        var loop = runningLoop();
        loop.setExceptionHandler((where, problem) -> {
            IO.println(problem.exception().getMessage());
            IO.println(problem.future() == null ? "in a callback" : "in " + problem.future());
        });
        loop.callSoon(() -> Integer.parseInt("four"));
        createTask("mailer", () -> {
            throw new IllegalStateException("no mail server");
        });
        sleep(ZERO);
    });
}

// Output:
// For input string: "four"
// in a callback
// no mail server
// in Task['mailer', exception=java.lang.IllegalStateException: no mail server]
