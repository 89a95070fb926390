package io.asyncio4j;

import org.jspecify.annotations.Nullable;

/// An observer of the ready queue. Confined to the thread that holds the loop; throws nothing.
abstract class QueueWatch {
    /// Nodes linked from `first` to `end` became ready.
    abstract void tellReady(Node first, Node end);

    /// The node that ran has ended, and `node` is about to run.
    ///
    /// @param node null if an iteration is over
    abstract void tellNext(@Nullable Node node);
}
