package io.asyncio4j.kernel;

/// The cancellation by which a block of code, such as a timeout or a task group, stops the task
/// that runs it, and which it takes back at its end.
///
/// Confined to the thread that holds the loop.
public final class OwnCancellation {
    /*
     * Blocks nest, and others may cancel the task besides. Whose cancellation it is that leaves the block is told
     * by counting: each party takes back its own, and if then more are left than the task had been given before
     * the block, somebody else wants the task cancelled, and the error goes on to them.
     *
     *   catch (CancelledError e) { timeout(...) }   one before, and delivered: the block is on its own
     *   task.cancel(); timeout(...)                 one before, but pending: it strikes in the block
     */

    private final Fiber<?> task;

    /// How many cancellations had been delivered to the task before the block.
    private int before;

    /// The step in which the block began, if a cancellation was pending then; else -1.
    private final long stepOfPending;

    private boolean requested;

    /// The block begins.
    public OwnCancellation(Fiber<?> task) {
        this.task = task;
        boolean pending = task.isCancelPending();
        this.before = task.cancelling() - (pending ? 1 : 0);
        this.stepOfPending = pending ? task.steps() : -1;
    }

    public boolean isRequested() {
        return requested;
    }

    /// Cancels the task.
    public void request() {
        requested = true;
        task.requestCancel(null);
    }

    /// Like [#request]; a cancellation that was pending when the block began, and has been
    /// delivered since, counts as one from before.
    public void requestAfterDelivered() {
        if (stepOfPending >= 0 && task.steps() > stepOfPending) {
            before++;
        }
        request();
    }

    /// Takes the request back, at the end of the block.
    ///
    /// @return whether nobody else has cancelled the task, so that a [CancelledError] ends with the
    ///     block
    public boolean takeBack() {
        boolean alone = task.uncancel() <= before;
        if (alone) {
            task.dropPendingCancel(); // if it was not delivered yet, it is not to strike after the block
        }
        return alone;
    }
}
