package io.asyncio4j.queue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// The callbacks that other threads leave for a loop: a lock-free stack that the loop takes whole
/// and turns round.
public final class Inbox {
    private static final VarHandle TOP;

    static {
        try {
            TOP = MethodHandles.lookup().findVarHandle(Inbox.class, "top", Node.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile @Nullable Node top;

    public boolean isEmpty() {
        return top == null;
    }

    /// Adds a node; any thread.
    public void push(Node node) {
        Node seen;
        do {
            seen = top;
            node.next = seen;
        } while (!TOP.compareAndSet(this, seen, node));
    }

    /// Moves everything to the ready queue, oldest first, and urgent nodes to its front; only the
    /// thread that holds the loop.
    public void drainTo(ReadyQueue ready) {
        if (top == null) {
            return;
        }
        Node newest = (Node) TOP.getAndSet(this, (Node) null);
        Node last = null;
        Node oldest = null;
        for (Node node = newest; node != null; ) {
            Node older = node.next;
            if (node.isUrgent()) {
                ready.addFirst(node);
            } else {
                node.next = oldest;
                oldest = node;
                last = last == null ? node : last;
            }
            node = older;
        }
        if (oldest != null && last != null) {
            ready.addChain(oldest, last);
        }
    }

    /// Drops everything; any thread.
    public void discard() {
        Node node = (Node) TOP.getAndSet(this, (Node) null);
        while (node != null) {
            Node older = node.next;
            node.discard();
            node = older;
        }
    }
}
