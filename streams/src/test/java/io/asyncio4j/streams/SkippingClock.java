package io.asyncio4j.streams;

import io.asyncio4j.spi.Clock;
import java.time.Duration;

/// Real time, of which a test can skip any part: it lets a limit of time pass once what is to be
/// interrupted goes on, instead of choosing a limit that is long enough for that and short enough
/// for a test.
final class SkippingClock implements Clock {
    private final Clock real = Clock.system();
    private volatile long skipped;

    /// Lets time pass at once. The loop's thread only.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void skip(Duration time) {
        skipped += time.toNanos();
    }

    @Override
    public long nanoTime() {
        return real.nanoTime() + skipped;
    }

    @Override
    public long idle(long deadline, boolean expectsReport) {
        return deadline == NEVER ? NEVER : Math.max(0, deadline - nanoTime());
    }
}
