package io.asyncio4j.spi;

/// Real, monotonic time, counted from the clock's making so that plain comparison is safe.
final class SystemClock implements Clock {
    private final long origin = System.nanoTime();

    @Override
    public long nanoTime() {
        return System.nanoTime() - origin;
    }

    @Override
    public long idle(long deadline, boolean expectsReport) {
        return deadline == NEVER ? NEVER : Math.max(0, deadline - nanoTime());
    }
}
