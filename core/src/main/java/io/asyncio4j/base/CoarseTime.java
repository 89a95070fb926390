package io.asyncio4j.base;

/// A clock that costs nothing to read, and is right to about a quarter of a second.
///
/// Real time, as of the [Watchdog]'s last look at it: kept while a loop runs, and set when one
/// begins to run.
public final class CoarseTime {
    /// Written by several threads, each with the time as it is; readers may see an older one.
    private static long nanos = System.nanoTime();

    private CoarseTime() {}

    /// Returns a time to compare with `System.nanoTime()`, which is never before it.
    public static long nanos() {
        return nanos;
    }

    public static void update() {
        nanos = System.nanoTime();
    }
}
