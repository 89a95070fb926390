package io.asyncio4j;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Creates tasks: an [EventLoop], or a [TaskGroup], whose children they are.
public interface TaskCreator {
    /// Creates a task, which starts in the next iteration of the loop unless the options ask for an
    /// eager start. asyncio: `create_task`.
    <T extends @Nullable Object> Task<T> createTask(TaskOptions options, Coroutine<T> coroutine);

    /// Creates a task without a result.
    default Task<@Nullable Void> createTask(TaskOptions options, VoidCoroutine coroutine) {
        return createTask(
                options, Objects.requireNonNull(coroutine, "coroutine").returningNull());
    }

    /// Creates a task.
    default <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine) {
        return createTask(TaskOptions.defaults(), coroutine);
    }

    /// Creates a task without a result.
    default Task<@Nullable Void> createTask(VoidCoroutine coroutine) {
        return createTask(TaskOptions.defaults(), coroutine);
    }

    /// Creates a task with a name.
    default <T extends @Nullable Object> Task<T> createTask(String name, Coroutine<T> coroutine) {
        return createTask(TaskOptions.named(name), coroutine);
    }

    /// Creates a task with a name and without a result.
    default Task<@Nullable Void> createTask(String name, VoidCoroutine coroutine) {
        return createTask(TaskOptions.named(name), coroutine);
    }

    /// Creates a task with a name, in asyncio's order.
    default <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine, String name) {
        return createTask(TaskOptions.named(name), coroutine);
    }

    /// Creates a task with a name and without a result, in asyncio's order.
    default Task<@Nullable Void> createTask(VoidCoroutine coroutine, String name) {
        return createTask(TaskOptions.named(name), coroutine);
    }
}
