package io.asyncio4j.kernel;

import io.asyncio4j.Context;
import io.asyncio4j.TimerHandle;
import java.util.Objects;

/// A [TimerHandle] as the kernel has it: a callback that waits for a time of the loop's clock.
public non-sealed class TimedCall extends ScheduledCall implements TimerHandle {
    private final long when;

    /// Whether the handle stands in the loop's timers. Loop's thread only.
    private boolean scheduled;

    TimedCall(Loop loop, long when, Runnable callback, Context context) {
        super(loop, callback, context);
        this.when = when;
    }

    /// Sets a timer for code of the program, which has it called in `context`.
    public static TimedCall set(Loop loop, long when, Runnable callback, Context context) {
        loop.requireOpen();
        loop.owner.requireHeld("set a timer");
        TimedCall handle = new TimedCall(loop, when, Objects.requireNonNull(callback, "callback"), context);
        loop.timers.add(handle, when);
        return handle;
    }

    @Override
    public final long when() {
        return when;
    }

    @Override
    public String kind() {
        return "TimerHandle";
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
    public final void setInTimers(boolean in) {
        scheduled = in;
    }
}
