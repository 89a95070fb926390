// A failure that nobody awaits reaches the exception handler.

import static io.asyncio4j.Asyncio.*;

void main() {
    run(() -> {
        runningLoop().setExceptionHandler((loop, problem) -> {
            IO.println(problem.message());
            IO.println(problem.exception().getMessage());
        });
        createTask("mailer", () -> {
            throw new IllegalStateException("no mail server");
        });
    });
}

// Output:
// The failure of task 'mailer' was not noticed: nobody awaited it or asked for its exception
// no mail server
