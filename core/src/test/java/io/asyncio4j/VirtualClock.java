package io.asyncio4j;

import io.asyncio4j.spi.Clock;
import java.time.Duration;

/// A clock that stands still while anything runs, and jumps to the next deadline when nothing does.
final class VirtualClock implements Clock {
    private long now;

    /// Runs `main` as [Asyncio#run] does, in virtual time.
    static void run(VoidCoroutine main) {
        try (Runner runner = new Runner(new VirtualClock())) {
            runner.run(main);
        }
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public long idle(long deadline) {
        if (deadline == NEVER) {
            return NEVER;
        }
        now = Math.max(now, deadline);
        return 0;
    }

    /// Lets time pass while something runs, as a slow callback does.
    void advance(Duration duration) {
        now += duration.toNanos();
    }
}
