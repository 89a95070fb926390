package io.asyncio4j;

/// The way of tests to the kernel.
public final class Innards {
    private Innards() {}

    /// Returns the loop behind the program's hold on it.
    public static Loop of(EventLoop loop) {
        return loop.kernel;
    }
}
