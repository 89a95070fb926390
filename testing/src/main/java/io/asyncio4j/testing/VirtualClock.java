package io.asyncio4j.testing;

import io.asyncio4j.spi.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Time that passes only when nobody has anything to do: as soon as nothing is ready, it jumps to
/// the next timer of its loop. So a program that sleeps for an hour is over at once, and does the
/// same in every run.
///
/// ```java
/// try (Runner runner = new Runner(new VirtualClock())) {
///     runner.run(() -> sleep(Duration.ofHours(1)));
/// }
/// ```
///
/// It starts at 0 and belongs to a single loop. While another thread is at work for the loop, as in
/// `toThread`, time stands still. With [#stopping], a loop that has neither ready callbacks nor
/// timers ends its run.
public final class VirtualClock implements Clock {
    private final @Nullable Runnable whenStuck;

    private final AtomicLong now = new AtomicLong();

    /// Creates a clock for a loop that waits for other threads when it has nothing to do.
    public VirtualClock() {
        this(null);
    }

    private VirtualClock(@Nullable Runnable whenStuck) {
        this.whenStuck = whenStuck;
    }

    /// Creates a clock that ends the run of its loop when nothing is ready and no timer is set, so
    /// that only another thread could go on: without other threads that is a deadlock.
    ///
    /// The run ends as after [stop()][io.asyncio4j.EventLoop#stop], that is, a runner's `run` and
    /// `runUntilComplete` throw an `IllegalStateException`.
    ///
    /// @param whenStuck called just before, by the thread that holds the loop; must not throw
    public static VirtualClock stopping(Runnable whenStuck) {
        return new VirtualClock(Objects.requireNonNull(whenStuck, "whenStuck"));
    }

    /// Returns the time that has passed in nanoseconds. Any thread.
    @Override
    public long nanoTime() {
        return now.get();
    }

    /// Returns the time that has passed. Any thread.
    public Duration elapsed() {
        return Duration.ofNanos(now.get());
    }

    /// Lets time pass although the loop is busy, as a long computation would. Any thread.
    ///
    /// @param duration not negative
    /// @throws IllegalArgumentException if it is negative
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("Time cannot go back: advance(" + duration + ")");
        }
        now.addAndGet(duration.toNanos());
    }

    /// Lets time jump to `deadline`, unless another thread is at work for the loop.
    @Override
    public long idle(long deadline, boolean expectsReport) {
        if (expectsReport) {
            return NEVER;
        }
        if (deadline != NEVER) {
            now.accumulateAndGet(deadline, Math::max);
            return 0;
        }
        if (whenStuck == null) {
            return NEVER;
        }
        whenStuck.run();
        return STOP;
    }

    /// Returns the time that has passed.
    @Override
    public String toString() {
        return "VirtualClock[" + elapsed() + "]";
    }
}
