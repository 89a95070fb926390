package io.asyncio4j.kernel;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The interrupts of the thread that runs a loop: each is handed to the run, which may cancel its
/// main task, and is given back when the run ends.
public final class Interruption {
    private final Loop loop;

    /// Called on the loop when the thread that runs it was interrupted.
    private volatile @Nullable Runnable handler;

    private volatile boolean interrupted;

    Interruption(Loop loop) {
        this.loop = loop;
    }

    public void setHandler(@Nullable Runnable handler) {
        this.handler = handler;
    }

    /// Blocks the loop's thread until it is unparked, or for no reason.
    public void park(Object blocker) {
        boolean told = isHeard();
        LockSupport.park(blocker);
        if (told) {
            leave();
        } else if (Thread.interrupted()) {
            found();
        }
    }

    /// See [Engine#leaveInterrupt].
    void leave() {
        Engine engine = loop.engine();
        if (engine != null) {
            engine.leaveInterrupt();
        }
    }

    /// See [Engine#hearsInterrupts].
    boolean isHeard() {
        Engine engine = loop.engine();
        return engine != null && engine.hearsInterrupts();
    }

    /// The flag of the loop's own thread was found set; it is clear, and set again when the run
    /// ends.
    public void found() {
        Engine engine = loop.engine();
        if (engine == null || engine.isNewInterrupt()) {
            arrived(() -> {});
        }
    }

    /// The loop's own thread was interrupted. Any thread.
    ///
    /// @param first done on the loop before the interrupt is dealt with
    public void arrived(Runnable first) {
        interrupted = true;
        loop.post(new UrgentCallback(() -> {
            first.run();
            Runnable called = handler;
            if (called != null && interrupted) { // else it was of a run that has ended
                called.run();
            }
        }));
    }

    /// The run has ended, on the calling thread.
    void runEnds() {
        if (interrupted) {
            interrupted = false;
            Thread.currentThread().interrupt();
        }
    }
}
