package io.asyncio4j;

import io.asyncio4j.base.Throwing;
import io.asyncio4j.combine.Children;
import io.asyncio4j.kernel.Caller;
import io.asyncio4j.kernel.Fiber;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Tasks that live no longer than a block of code: [Asyncio#taskGroup] waits for all of them.
///
/// The first failure, of a child or of the body, cancels the other children and the body; when all
/// have ended the failures are thrown as one [ExceptionGroup]. Cancelling the task that opened the
/// group cancels the children and passes on. Used on its loop only, by the body and by the
/// children. asyncio: `TaskGroup`.
public final class TaskGroup implements TaskCreator {
    private final Children children;

    private TaskGroup(Fiber<?> opener) {
        this.children = new Children(opener);
    }

    /// Opens a group, runs `body` and waits for the children.
    @SuppressWarnings("NullAway") // a group that was ended early has no result
    static <T extends @Nullable Object> T open(TaskGroupBody<T> body) {
        Objects.requireNonNull(body, "body");
        TaskGroup group = new TaskGroup(Caller.requireTask("open a task group"));
        T result = null;
        Throwable thrown = null;
        try {
            result = body.call(group);
        } catch (Throwable t) {
            thrown = t;
        }
        group.end(thrown);
        return thrown == null ? result : null;
    }

    private void end(@Nullable Throwable thrown) {
        Throwable end = children.leave(thrown);
        if (!children.failures().isEmpty()) {
            throw ExceptionGroup.of(
                    "unhandled errors in the task group of " + children.opener().describe(),
                    children.failures(),
                    children.origins());
        }
        if (end != null) {
            throw Throwing.sneaky(end);
        }
    }

    /// Creates a task of this group.
    ///
    /// @throws IllegalStateException if the group has ended or is shutting down
    @Override
    public <T extends @Nullable Object> Task<T> createTask(TaskOptions options, Coroutine<T> coroutine) {
        return children.create(options, coroutine);
    }

    /// Ends the group early: cancels the children and the body. The group then ends without an
    /// error of this, and its result is null. Does nothing when the group has ended.
    ///
    /// asyncio: `TaskGroup.cancel`, new in Python 3.15.
    public void cancel() {
        children.cancel();
    }

    /// Returns whose group it is, and its state.
    @Override
    public String toString() {
        return children.toString();
    }

    /// The body of a task group without a result. See [Asyncio#taskGroup].
    @FunctionalInterface
    public interface VoidBody {
        /// Runs the body in the task that opened the group.
        ///
        /// @throws Exception what the body fails with, which cancels the group's tasks
        void run(TaskGroup group) throws Exception;
    }
}
