package io.asyncio4j.kernel;

import io.asyncio4j.CancelledError;
import org.jspecify.annotations.Nullable;

/// The part of a fiber that requests to cancel it change: how many there are, and whether one waits
/// for the next step. Confined to the thread that holds the loop.
///
/// @param <T> the type of the result
abstract class CancelState<T extends @Nullable Object> extends Promise<T> {
    /// Whether the next step throws a [CancelledError].
    private boolean mustCancel;

    private @Nullable String cancelMessage;

    /// Counts the calls of `cancel()` minus those of `uncancel()`.
    private int cancelRequests;

    /// The cancellation that was delivered and not taken back; kept in debug mode only.
    private @Nullable DeliveredCancellation delivered;

    CancelState(Loop loop) {
        super(loop);
    }

    /// Counts a request to cancel, which is delivered elsewhere.
    final void countCancel() {
        cancelRequests++;
    }

    /// Has the next step throw a [CancelledError]: nothing can be cancelled that the task waits
    /// for.
    final void cancelInNextStep(@Nullable String message) {
        mustCancel = true;
        cancelMessage = message;
    }

    /// Whether a cancellation waits for the next step or await.
    final boolean isCancelPending() {
        return mustCancel;
    }

    /// Forgets a cancellation that waits for the next step or await.
    final void dropPendingCancel() {
        mustCancel = false;
    }

    final void restorePendingCancel(boolean pending) {
        mustCancel |= pending;
    }

    /// Returns the message of the last request, or null.
    final @Nullable String requestMessage() {
        return cancelMessage;
    }

    /// Takes back one request. At the last one a cancellation that was not delivered yet is
    /// dropped.
    public int uncancel() {
        loop.owner.requireHeld("uncancel a task");
        if (cancelRequests > 0 && --cancelRequests == 0) {
            mustCancel = false;
            delivered = null;
        }
        return cancelRequests;
    }

    /// Returns how many requests were not taken back.
    public int cancelling() {
        return cancelRequests;
    }

    /// Once it was asked to stop by a message, the task remembers it, even if it refuses.
    @Override
    @Nullable
    public String cancelMessage() {
        return isCancelled() ? super.cancelMessage() : cancelMessage;
    }

    /// Takes the cancellation that waits, for who throws it in the task.
    final CancelledError takeCancellation() {
        CancelledError error = new CancelledError(cancelMessage);
        mustCancel = false;
        noteDelivery();
        return error;
    }

    /// The task is about to be given a [CancelledError].
    final void noteDelivery() {
        if (loop.isDebug() && cancelRequests > 0) {
            try {
                delivered = new DeliveredCancellation((Fiber<?>) this);
            } catch (VirtualMachineError unable) {
                loop.problems.lose(unable);
            }
        }
    }

    /// The task is about to await something.
    final void noteAwait() {
        if (delivered != null) {
            delivered.awaitsAgain();
        }
    }

    /// The task has ended with a result.
    final void noteEnd() {
        if (delivered != null) {
            delivered.ended();
        }
    }
}
