// Which failures there are, and which of them can be handled here.

import static io.asyncio4j.Asyncio.*;

import io.asyncio4j.ExceptionGroup;

void main() {
    run(() -> {
        try {
            taskGroup(tg -> {
                tg.createTask(() -> {
                    throw new IOException("connection reset");
                });
                tg.createTask(() -> {
                    throw new IllegalArgumentException("no such user");
                });
            });
        } catch (ExceptionGroup failures) {
            var parts = failures.split(failure -> failure instanceof IOException);
            IO.println("to try again: " + parts.matching().exceptions());
            IO.println("to report: " + parts.rest().exceptions());
        }
    });
}

// Output:
// to try again: [java.io.IOException: connection reset]
// to report: [java.lang.IllegalArgumentException: no such user]
