package io.asyncio4j.web.testing;

import io.asyncio4j.spi.Clock;
import java.util.concurrent.atomic.AtomicLong;

/// Time that jumps to the next timer as soon as nothing is ready, unless another thread is at work
/// for the loop.
final class SkippingClock implements Clock {
    private final AtomicLong now = new AtomicLong();

    @Override
    public long nanoTime() {
        return now.get();
    }

    @Override
    public long idle(long deadline, boolean expectsReport) {
        if (expectsReport || deadline == NEVER) {
            return NEVER;
        }
        now.accumulateAndGet(deadline, Math::max);
        return 0;
    }
}
