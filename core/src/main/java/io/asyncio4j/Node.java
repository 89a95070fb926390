package io.asyncio4j;

import org.jspecify.annotations.Nullable;

/// An entry of the ready queue: something the loop does once, when its turn comes.
///
/// The link is intrusive: a node stands in at most one list at a time, first (for a callback) in
/// the list of the future it waits for, then in the ready queue.
abstract class Node {
    @Nullable
    Node next;

    /// Does it, on the thread that holds the loop.
    abstract void run();

    /// Whether [#run] calls code of the program, which must find itself on the loop's own thread.
    boolean runsUserCode() {
        return false;
    }

    /// The loop was closed before it came to this.
    void discard() {}
}
