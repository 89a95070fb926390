package io.asyncio4j;

import io.asyncio4j.testing.VirtualClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Runs tests in virtual time.
public final class VirtualTime {
    private VirtualTime() {}

    /// Runs a coroutine as `Asyncio.run` does.
    public static <T extends @Nullable Object> T runVirtually(Coroutine<T> main) {
        try (Runner runner = new Runner(new VirtualClock())) {
            return runner.run(main);
        }
    }

    /// Runs a coroutine without a result.
    public static void runVirtually(VoidCoroutine main) {
        runVirtually(main.returningNull());
    }

    /// The time of the running loop.
    public static Duration elapsed() {
        return Duration.ofNanos(Asyncio.runningLoop().time());
    }
}
