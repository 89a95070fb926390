package io.asyncio4j.diagnose;

import io.asyncio4j.base.Times;
import io.asyncio4j.kernel.Engine;
import io.asyncio4j.kernel.Loop;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The [Watchdog]'s knowledge of a loop: since when it is about the same step, and whether that was
/// reported.
///
/// The loop begins and ends it, the watchdog looks; its own monitor guards it.
public final class LoopWatch {
    /// How long one step may load classes until that counts as well, as a loader may hang.
    private static final long LOADING_LIMIT = TimeUnit.SECONDS.toNanos(5);

    final Loop loop;

    private boolean running;

    /// How far the loop had got at the last look, and at which look it was first seen there.
    private long progress;

    private long seenSince;

    /// Since when it is blocked, for all that is known, and how long the watchdog has seen it so.
    private long blockedSince;

    private long blocked;

    /// When to report it, in terms of [#blocked].
    private long due;

    /// When the watchdog looked last.
    private long lastLook;

    /// The time that the step of the last look has spent on loading classes.
    private volatile Loading loading = new Loading(-1, 0);

    /// The time that a step has spent on loading classes, as far as the watchdog has seen it.
    ///
    /// @param progress the loop's progress during that step
    /// @param nanos the time in nanoseconds
    private record Loading(long progress, long nanos) {}

    /// The step that was last found to block the loop; null once the loop goes on.
    private volatile @Nullable BlockedStep step;

    LoopWatch(Loop loop) {
        this.loop = loop;
    }

    /// Returns the limit in nanoseconds, 0 for none. Any thread.
    long limitNanos() {
        return Times.nanos(StepObserver.of(loop).slowSteps.limit());
    }

    /// Whether the step that runs now was reported while it lasted. Any thread.
    boolean hasReported() {
        BlockedStep last = step;
        return last != null && last.isTold();
    }

    /// Returns how much of its time, in nanoseconds, a step has spent on loading and linking
    /// classes, as far as the watchdog has seen it. Any thread.
    ///
    /// @param stepProgress the loop's [#progress] during that step
    long loadingNanos(long stepProgress) {
        Loading seen = loading;
        return seen.progress() == stepProgress ? seen.nanos() : 0;
    }

    // ------------------------------------------------------------------ for the loop

    void begin() {
        synchronized (this) {
            running = true;
            progress = -1;
        }
        Watchdog.watch(this);
    }

    /// The limit is another one now.
    void limitChanged() {
        if (loop.isRunning()) {
            Watchdog.limitChanged(this);
        }
    }

    void end() {
        Watchdog.unwatch(this);
        synchronized (this) {
            running = false;
            goesOn(System.nanoTime());
        }
    }

    // ------------------------------------------------------------------ for the watchdog

    /// Returns how far the loop has got: no two steps have the same number. Any thread.
    long progress() {
        return loop.progress();
    }

    /// Returns for how long, in nanoseconds, the loop has been about the same step, as far as the
    /// watchdog has seen it; 0 if it has not. Any thread.
    public synchronized long blockedNanos() {
        return blocked == 0 ? 0 : System.nanoTime() - blockedSince;
    }

    /// Sees how the loop is.
    ///
    /// @param passed the time since the last look, as far as it counts
    synchronized void look(long now, long passed) {
        if (!running) {
            return;
        }
        Engine engine = loop.engine();
        if (engine != null) {
            engine.guard(passed);
        }
        loop.failures.look(now);
        long seen = progress();
        if (seen != progress) {
            progress = seen;
            seenSince = now;
            goesOn(now);
        } else if (loop.io.isIdle(now - seenSince)) {
            goesOn(now);
        } else if (!isExcused(Math.max(0, now - lastLook))) {
            blocked += passed;
            checkLimit();
        }
        lastLook = now;
    }

    /// Whether the time since the last look went into loading classes, and so does not count.
    private boolean isExcused(long sinceLastLook) {
        long before = loadingNanos(progress);
        if (limitNanos() == 0 || before >= LOADING_LIMIT || !RunningStep.loadsClasses(loop) || progress() != progress) {
            return false;
        }
        loading = new Loading(progress, before + sinceLastLook);
        return true;
    }

    private void checkLimit() {
        long limit = limitNanos();
        if (limit == 0 || blocked < Math.max(limit, due)) {
            return;
        }
        due = 2 * blocked;
        BlockedStep found = step;
        if (found == null) {
            found = new BlockedStep(this, progress, blockedSince);
            step = found;
        }
        Watchdog.report(found::tell);
    }

    /// The loop is about something else than before, or idle.
    private void goesOn(long now) {
        BlockedStep ended = step;
        step = null;
        blockedSince = now;
        blocked = 0;
        due = 0;
        if (ended != null) {
            Watchdog.report(() -> ended.tellEnd(now));
        }
    }
}
