// Where a task waits: docs/see/debugging.md.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;

void login() {
    handshake();
}

void handshake() {
    sleep(ofDays(1));
}

void main() {
    run(() -> {
        var task = createTask("client", () -> login());
        sleep(ofMillis(10));
        task.stack().stream()
                .map(frame -> frame.getMethodName())
                .filter(method -> List.of("login", "handshake").contains(method))
                .forEach(IO::println); // innermost first
    });
}

// Output:
// handshake
// login
