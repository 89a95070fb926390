package io.asyncio4j.queue;

import org.jspecify.annotations.Nullable;

/// An observer of the ready queue. Confined to the thread that holds the loop; throws nothing.
public abstract class QueueWatch {
    /// Nodes linked from `first` to `end` became ready.
    public abstract void tellReady(Node first, Node end);

    /// The node that ran has ended, and `node` is about to run.
    ///
    /// @param node null if an iteration is over
    public abstract void tellNext(@Nullable Node node);
}
