// Limits of time: docs/waiting.md.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.asyncio4j.TimeoutException;

final long[] works = {20, 20, 20};

void work(long millis) {
    sleep(ofMillis(millis));
}

void main() {
    run(() -> {
        try {
            timeout(ofMillis(100), () -> {
                IO.println("hurry");
                work(60_000);
            });
        } catch (TimeoutException tooLate) {
            IO.println("too late");
        }

        timeout(ofSeconds(5), limit -> {
            for (long step : works) {
                work(step);
                limit.reschedule(runningLoop().time() + ofSeconds(5).toNanos()); // five more for the next
            }
            IO.println("in time: " + !limit.expired());
        });

        var task = createTask("report", () -> work(60_000));
        try {
            waitFor(task, ofMillis(50));
        } catch (TimeoutException tooLate) {
            IO.println("cancelled: " + task.isCancelled());
        }
    });
}

// Output:
// hurry
// too late
// in time: true
// cancelled: true
