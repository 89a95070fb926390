package consumer.testing;

import static io.asyncio4j.Asyncio.sleep;

import io.asyncio4j.testing.Schedules;
import io.asyncio4j.testing.VirtualTime;
import java.time.Duration;

/// An hour that takes no time.
final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var result = VirtualTime.run(() -> sleep(Duration.ofHours(1), "hello"));
        int schedules = Schedules.explore(10, () -> sleep(Duration.ofHours(1)));
        System.out.println(result.value() + " from testing after " + result.elapsed() + " and " + schedules);
    }
}
