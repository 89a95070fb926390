package io.asyncio4j.kernel;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A port: receives the end of tasks, its children, as a task group does. Confined to the thread
/// that holds the loop.
public abstract class ChildOwner {
    /// The children that are not done, or whose end this has not received: linked, oldest first.
    private @Nullable Fiber<?> first;

    private @Nullable Fiber<?> last;

    /// Returns the task that waits for the children.
    public abstract Fiber<?> opener();

    /// A child has ended; called by the loop in the iteration after.
    public abstract void childDone(Fiber<?> child);

    public final boolean hasChildren() {
        return first != null;
    }

    /// Returns the oldest child, or null.
    public final @Nullable Fiber<?> first() {
        return first;
    }

    /// Returns the child after one, or null.
    public final @Nullable Fiber<?> after(Fiber<?> child) {
        return child.nextSibling;
    }

    public final void add(Fiber<?> child) {
        child.owner = this;
        child.previousSibling = last;
        if (last == null) {
            first = child;
        } else {
            last.nextSibling = child;
        }
        last = child;
    }

    public final void remove(Fiber<?> child) {
        Fiber<?> before = child.previousSibling;
        Fiber<?> after = child.nextSibling;
        if (before == null) {
            first = after;
        } else {
            before.nextSibling = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previousSibling = before;
        }
        child.previousSibling = null;
        child.nextSibling = null;
    }

    /// Returns the owner of a task, if it has one.
    public static @Nullable ChildOwner of(Fiber<?> child) {
        return child.owner;
    }

    /// Hands the end of a task to its owner.
    static void tell(Fiber<?> child) {
        Objects.requireNonNull(child.owner).childDone(child);
    }
}
