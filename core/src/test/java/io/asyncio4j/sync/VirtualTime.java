package io.asyncio4j.sync;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Runner;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.testing.VirtualClock;
import java.time.Duration;

/// Runs tests without waiting: when nothing is ready, the clock jumps to the next timer.
final class VirtualTime {
    private VirtualTime() {}

    /// Runs a test's body as the main task of a loop.
    static void run(VoidCoroutine main) {
        try (Runner runner = runner()) {
            runner.run(main);
        }
    }

    static Runner runner() {
        return new Runner(new VirtualClock());
    }

    /// Lets everything else that is ready run once.
    static void pass() {
        Asyncio.sleep(Duration.ZERO);
    }

    static void pass(int times) {
        for (int i = 0; i < times; i++) {
            pass();
        }
    }
}
