package io.asyncio4j;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// How the tasks of a loop stop and go on: which thread runs what [Loop] decides to be next.
///
/// Two of them behave alike. [CarrierEngine] mounts each task's virtual thread on the loop's own
/// thread. [BatonEngine] uses the public API only: whoever runs holds a baton, and hands it on.
abstract sealed class Engine permits CarrierEngine, BatonEngine {
    private static final System.Logger LOG = System.getLogger("io.asyncio4j");

    /// Names the engine, or is absent for the best that works here.
    static final String PROPERTY = "asyncio4j.engine";

    /// Which engines, carrier or not, debug mode has told of: once in a process is enough.
    static final Set<Boolean> TOLD = ConcurrentHashMap.newKeySet();

    /// Chooses the engine for a loop that the calling thread is about to run.
    static Engine choose(Loop loop) {
        String wanted = System.getProperty(PROPERTY);
        String unavailable = CarrierAccess.unavailable();
        if (wanted != null && !wanted.equals("carrier") && !wanted.equals("baton")) {
            throw new IllegalArgumentException(
                    "System property " + PROPERTY + " must be carrier or baton, not '" + wanted + "'");
        }
        if ("carrier".equals(wanted) && unavailable != null) {
            throw new IllegalStateException("The carrier engine was asked for with -D" + PROPERTY
                    + "=carrier and cannot be used: " + unavailable);
        }
        boolean onVirtualThread = Thread.currentThread().isVirtual();
        boolean carrier = !"baton".equals(wanted) && unavailable == null && !onVirtualThread;
        if (loop.debug && TOLD.add(carrier)) {
            String why = onVirtualThread ? "run was called from a virtual thread" : unavailable;
            LOG.log(
                    System.Logger.Level.INFO,
                    String.format(
                            Locale.ROOT,
                            "The loop runs on the %s engine%s",
                            carrier ? "carrier" : "baton",
                            carrier || why == null ? "" : "; the carrier engine is faster: " + why));
        }
        return carrier ? new CarrierEngine(loop) : new BatonEngine(loop);
    }

    /// Runs the loop on the calling thread, which is the loop's thread from now on, until it is
    /// stopped.
    abstract void run();

    /// Suspends the calling task until the loop comes to it in the ready queue.
    abstract void suspend(Task<?> task);

    /// Runs one step of `task` now, on behalf of the caller, who goes on after it.
    abstract void stepNow(Task<?> task);

    /// Runs `action` on the loop's own thread, on behalf of the kernel, which goes on after it.
    abstract void onLoopThread(Runnable action);

    /// Whether the loop will be told of each interrupt of its own thread from now on, until code of
    /// the program runs in that thread itself, so that the flag says nothing more.
    boolean hearsInterrupts() {
        return false;
    }

    /// The interrupt flag of the loop's own thread was found set. Returns whether that is an
    /// interrupt the loop was not told of.
    boolean isNewInterrupt() {
        return true;
    }

    /// Clears the interrupt flag of the loop's own thread, which has heard interrupts since it was
    /// last clear: the loop is told of that interrupt, if it has not been.
    void leaveInterrupt() {
        var _ = Thread.interrupted();
    }

    /// Whether another thread runs the loop than the one that called `run`.
    abstract boolean isDisplaced();

    /// Sees to it that the loop goes on. Called by the [Watchdog] while the loop runs.
    ///
    /// @param passed nanoseconds since the last call
    void guard(long passed) {}

    /// Returns why the calling thread may not run a loop of this engine, or null if it may.
    abstract @Nullable String refusal();
}
