// Cancelling a task, and timing out.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;

import io.asyncio4j.CancelledError;

void work() {
    try {
        sleep(ofDays(1));
    } catch (CancelledError cancelled) {
        IO.println("asked to stop: " + cancelled.getMessage());
        sleep(ofMillis(10)); // cleaning up may await
        throw cancelled;
    }
}

void main() {
    run(() -> {
        var task = createTask("worker", () -> work());
        sleep(ofMillis(10));
        task.cancel("closing time");
        try {
            await(task);
        } catch (CancelledError cancelled) {
            IO.println(task.name() + " was cancelled: " + task.isCancelled());
        }
    });
}

// Output:
// asked to stop: closing time
// worker was cancelled: true
