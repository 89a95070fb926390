package io.asyncio4j;

import io.asyncio4j.spi.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Time that only passes when nothing can run, and then jumps to the next deadline.
final class VirtualClock implements Clock {
    private final AtomicLong now = new AtomicLong();

    @Override
    public long nanoTime() {
        return now.get();
    }

    @Override
    public long idle(long deadline) {
        if (deadline == NEVER) {
            return NEVER;
        }
        now.accumulateAndGet(deadline, Math::max);
        return 0;
    }

    /// Lets time pass while the loop is busy.
    void advance(Duration duration) {
        now.addAndGet(duration.toNanos());
    }

    /// Runs a coroutine as `Asyncio.run` does, in virtual time.
    static <T extends @Nullable Object> T runVirtually(Coroutine<T> main) {
        try (Runner runner = new Runner(new VirtualClock())) {
            return runner.run(main);
        }
    }

    /// Runs a coroutine without a result in virtual time.
    static void runVirtually(VoidCoroutine main) {
        runVirtually(main.returningNull());
    }

    /// Runs `main` as [Asyncio#run] does, in virtual time.
    static void run(VoidCoroutine main) {
        runVirtually(main);
    }

    /// The time of the running loop.
    static Duration elapsed() {
        return Duration.ofNanos(Asyncio.runningLoop().time());
    }
}
