package io.asyncio4j;

import java.util.Objects;

/// A callback that waits for a time of the loop's clock, as [EventLoop#callLater] and
/// [EventLoop#callAt] return it.
///
/// asyncio: `TimerHandle`.
public sealed class TimerHandle extends Handle permits KernelTimer {
    private final long when;

    /// Whether the handle stands in the loop's timers. Loop's thread only.
    private boolean scheduled;

    TimerHandle(Loop loop, long when, Runnable callback, Context context) {
        super(loop, callback, context);
        this.when = when;
    }

    /// Sets a timer for code of the program, which has it called in `context`.
    static TimerHandle set(Loop loop, long when, Runnable callback, Context context) {
        loop.requireOpen();
        loop.owner.requireHeld("set a timer");
        TimerHandle handle = new TimerHandle(loop, when, Objects.requireNonNull(callback, "callback"), context);
        loop.timers.add(handle, when);
        return handle;
    }

    /// Returns the time at which the callback is due, in nanoseconds of [EventLoop#time].
    public final long when() {
        return when;
    }

    @Override
    public final void cancel() {
        boolean counts = scheduled && !isCancelled();
        super.cancel();
        if (counts) {
            loop.timers.noteCancelled();
        }
    }

    @Override
    final void setInTimers(boolean in) {
        scheduled = in;
    }
}
