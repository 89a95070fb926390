package io.asyncio4j;

import org.jspecify.annotations.Nullable;

/// The body of a task group, which creates the group's tasks. See [Asyncio#taskGroup].
///
/// @param <T> the type of its result
@FunctionalInterface
public interface TaskGroupBody<T extends @Nullable Object> extends TaskGroup.VoidBody {
    /// Runs the body in the task that opened the group.
    ///
    /// @throws Exception what the body fails with, which cancels the group's tasks
    T call(TaskGroup group) throws Exception;

    @Override
    public default void run(TaskGroup group) throws Exception {
        call(group);
    }
}
