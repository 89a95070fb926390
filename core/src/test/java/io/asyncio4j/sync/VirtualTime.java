package io.asyncio4j.sync;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Runner;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.spi.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Runs tests without waiting: when nothing is ready, the clock jumps to the next timer.
final class VirtualTime implements Clock {
    /// How often the loop is let wait for another thread before the test counts as hanging.
    private static final int PATIENCE = 100;

    private long now;
    private int idleRounds;

    private VirtualTime() {}

    /// Runs a test's body as the main task of a loop.
    static void run(VoidCoroutine main) {
        try (Runner runner = runner()) {
            runner.run(main);
        }
    }

    static Runner runner() {
        return new Runner(new VirtualTime());
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

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public long idle(long deadline) {
        if (deadline == NEVER) {
            return awaitOtherThread();
        }
        idleRounds = 0;
        now = deadline;
        return 0;
    }

    private long awaitOtherThread() {
        if (idleRounds++ == PATIENCE) {
            throw new IllegalStateException("Nothing will ever happen in this test");
        }
        return TimeUnit.MILLISECONDS.toNanos(100);
    }
}
