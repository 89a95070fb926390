package io.asyncio4j.testing.junit;

import io.asyncio4j.spi.Clock;
import java.time.Duration;

/// A virtual clock that ends the run of its loop instead of going beyond a limit. It sets no timer,
/// so that a deadlock is still seen for what it is.
///
/// Confined to the thread that holds the loop.
final class TimeLimit implements Clock {
    private final Clock clock;
    private long end = NEVER;
    private boolean over;

    TimeLimit(Clock clock) {
        this.clock = clock;
    }

    /// From now on so much time may pass.
    void restart(Duration limit) {
        over = false;
        end = clock.nanoTime() + limit.toNanos();
    }

    /// Whether the run was ended.
    boolean isOver() {
        return over;
    }

    @Override
    public long nanoTime() {
        return clock.nanoTime();
    }

    @Override
    public long idle(long deadline, boolean expectsReport) {
        boolean jumpsTooFar = deadline != NEVER && deadline > end && !expectsReport;
        if (jumpsTooFar || clock.nanoTime() > end) {
            over = true;
            return STOP;
        }
        return clock.idle(deadline, expectsReport);
    }
}
