package io.asyncio4j.spi;

import java.util.concurrent.atomic.AtomicLong;

/// The clock of a program that a test runs on virtual time: it comes before the library's own class
/// of this name on the program's class path. See `Launch.onVirtualTime`.
///
/// Time passes when the loop has nothing to do but wait for a timer, so the program does the same
/// on every machine, however slow.
final class SystemClock implements Clock {
    private final AtomicLong now = new AtomicLong();

    @Override
    public long nanoTime() {
        return now.get();
    }

    @Override
    public long idle(long deadline, boolean expectsReport) {
        if (deadline == NEVER || expectsReport) {
            return NEVER;
        }
        now.accumulateAndGet(deadline, Math::max);
        return 0;
    }
}
