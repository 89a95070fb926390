package io.asyncio4j.web.http;

import io.asyncio4j.TimerHandle;
import io.asyncio4j.spi.Clock;
import io.asyncio4j.spi.LoopAccess;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A time by which something has to happen, that is set again and again. A timer of the loop is
/// made anew only when it would come too late: putting the time off costs an assignment.
public final class Deadline {
    private final LoopAccess loop;
    private final Runnable missed;

    /// When it is; [Clock#NEVER] if none is set.
    private long when = Clock.NEVER;

    private @Nullable TimerHandle timer;
    private long timerAt;

    /// @param missed called on the loop's own thread when the time has come; no time is set then
    public Deadline(LoopAccess loop, Runnable missed) {
        this.loop = loop;
        this.missed = missed;
    }

    /// Sets the time, in the place of one that was set.
    public void in(Duration limit) {
        at(loop.time() + limit.toNanos());
    }

    /// Sets the time, in the place of one that was set.
    ///
    /// @param time in the loop's time
    public void at(long time) {
        when = time;
        if (timer == null || when < timerAt) {
            arm();
        }
    }

    /// Takes the time back.
    public void none() {
        when = Clock.NEVER;
    }

    /// Frees the timer.
    public void close() {
        none();
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void arm() {
        if (timer != null) {
            timer.cancel();
        }
        timerAt = when;
        timer = loop.callAt(when, this::due);
    }

    private void due() {
        timer = null;
        if (when == Clock.NEVER) {
            return;
        }
        if (when > loop.time()) {
            arm();
        } else {
            when = Clock.NEVER;
            missed.run();
        }
    }
}
