package io.asyncio4j.queue;

import io.asyncio4j.spi.ReadyOrder;
import org.jspecify.annotations.Nullable;

/// An entry of the ready queue: a task that can make a step, or a [Callback].
///
/// The link is intrusive: a node stands in at most one list at a time, first (for a callback) in
/// the list of the future it waits for, then in the ready queue.
public abstract class Node {
    @Nullable
    Node next;

    public final @Nullable Node next() {
        return next;
    }

    public final void linkTo(@Nullable Node node) {
        next = node;
    }

    /// Whether it calls code of the program, which must find itself on the loop's own thread.
    public boolean runsUserCode() {
        return false;
    }

    /// Whether it comes before all that is ready.
    public boolean isUrgent() {
        return false;
    }

    /// Whether it is a step of a task, which a [ReadyOrder] may move. All others keep their order.
    public boolean isStep() {
        return false;
    }

    /// Describes it to a [ReadyOrder].
    public ReadyOrder.Step describeStep() {
        return runsUserCode()
                ? new ReadyOrder.Step(null, true, "a callback")
                : new ReadyOrder.Step(null, false, "a notification");
    }

    /// It has thrown something, or could not begin. Ends what it stands for; throws nothing.
    ///
    /// @return false if there is nothing to end, so that the exception is to be reported
    public boolean failed(Throwable thrown) {
        return false;
    }

    /// The loop was closed before it came to this.
    public void discard() {}
}
