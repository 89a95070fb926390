package io.asyncio4j;

import java.util.List;
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

    /// Who waits for a future by having this node in its list: a task, or a future that depends on
    /// it. For the call graph.
    List<Future<?>> waiting() {
        return List.of();
    }

    /// [#run] has thrown, or could not begin. Ends what this stands for; throws nothing.
    void failed(Loop loop, Throwable thrown) {
        loop.problems.report("A step of the event loop failed", thrown);
    }

    /// The loop was closed before it came to this.
    void discard() {}
}
