// A failure ends the whole group, in order: the README's third block.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;

import io.asyncio4j.ExceptionGroup;

void listen() {
    try {
        sleep(ofDays(1));
    } finally {
        IO.println("listener closed"); // cancellation is an exception at an await
    }
}

void load() throws IOException {
    sleep(ofMillis(10));
    throw new IOException("disk full");
}

void main() {
    try {
        run(() -> {
            taskGroup(tg -> {
                tg.createTask(() -> listen());
                tg.createTask(() -> load());
            });
        });
    } catch (ExceptionGroup failures) {
        IO.println(failures.exceptions());
    }
}

// Output:
// listener closed
// [java.io.IOException: disk full]
