package io.asyncio4j;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A port: receives the end of tasks, its children, as a task group does. Confined to the thread
/// that holds the loop.
abstract class ChildOwner {
    /// The children that are not done, or whose end this has not received: linked, oldest first.
    private @Nullable Task<?> first;

    private @Nullable Task<?> last;

    /// Returns the task that waits for the children.
    abstract Task<?> opener();

    /// A child has ended; called by the loop in the iteration after.
    abstract void childDone(Task<?> child);

    final boolean hasChildren() {
        return first != null;
    }

    /// Returns the oldest child, or null.
    final @Nullable Task<?> first() {
        return first;
    }

    /// Returns the child after one, or null.
    final @Nullable Task<?> after(Task<?> child) {
        return child.nextSibling;
    }

    final void add(Task<?> child) {
        child.owner = this;
        child.previousSibling = last;
        if (last == null) {
            first = child;
        } else {
            last.nextSibling = child;
        }
        last = child;
    }

    final void remove(Task<?> child) {
        Task<?> before = child.previousSibling;
        Task<?> after = child.nextSibling;
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
    static @Nullable ChildOwner of(Task<?> child) {
        return child.owner;
    }

    /// Hands the end of a task to its owner.
    static void tell(Task<?> child) {
        Objects.requireNonNull(child.owner).childDone(child);
    }
}
