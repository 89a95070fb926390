package io.asyncio4j.threads;

import io.asyncio4j.kernel.Fiber;
import io.asyncio4j.kernel.UrgentCallback;

/// The interrupts of one run: Ctrl-C, or an interrupt of the thread that runs, cancels the main
/// task.
///
/// Confined to the thread that holds the loop, but for [#ctrlC].
public final class MainInterrupt {
    private final Fiber<?> main;

    /// Whether Ctrl-C has come. Written by the thread of the signal.
    private volatile boolean ctrlC;

    /// Whether the main task has been asked to stop because of Ctrl-C.
    private boolean delivered;

    /// Whether the thread that runs was interrupted.
    private boolean threadInterrupted;

    public MainInterrupt(Fiber<?> main) {
        this.main = main;
    }

    /// Ctrl-C has come; any thread. If a step blocks the loop now, the main task is cancelled
    /// before its next step, or finds that it has ended meanwhile.
    public void ctrlC() {
        ctrlC = true;
        main.loop.post(new UrgentCallback(() -> delivered |= main.requestCancel(null)));
    }

    /// The thread that runs was interrupted.
    public void interrupted() {
        threadInterrupted = true;
        main.requestCancel(null);
    }

    /// Whether the run was to end before its time. Called when it has ended.
    public boolean isCutShort() {
        return ctrlC || threadInterrupted || !main.isDone(); // as in a deadlock
    }

    /// Whether Ctrl-C came too late to cancel the main task: in its last step.
    public boolean isUndelivered() {
        return ctrlC && !delivered;
    }

    /// Whether the run has ended by Ctrl-C, and not because the main task took that for something
    /// else, or because of another cancellation. Called once, when it has ended.
    public boolean hasEndedRun() {
        return isUndelivered() || (ctrlC && main.isCancelled() && main.uncancel() == 0);
    }
}
