package io.asyncio4j;

import io.asyncio4j.kernel.TaskMaker;

/// Makes the tasks of a loop: see [EventLoop#setTaskFactory]. It may wrap the coroutine, change the
/// options or note the task, and leaves the making to [#standard] or [#eager].
///
/// asyncio: a task factory.
@FunctionalInterface
public interface TaskFactory {
    /// Makes a task of `coroutine`. Called on the loop, by whoever creates the task.
    ///
    /// @return a new task of `loop`, whose result is the coroutine's
    Task<?> create(EventLoop loop, Coroutine<?> coroutine, TaskOptions options);

    /// Returns what makes the tasks of a loop without a factory: one that starts in the next
    /// iteration, unless the options ask for an eager start.
    static TaskFactory standard() {
        return (loop, coroutine, options) -> TaskMaker.start(loop, coroutine, options);
    }

    /// Returns a factory whose tasks run at once until they first suspend, unless the options say
    /// otherwise. A task that never suspends is done when it has been created. asyncio:
    /// `eager_task_factory`.
    static TaskFactory eager() {
        return (loop, coroutine, options) ->
                TaskMaker.start(loop, coroutine, options.eagerStart() == null ? options.eagerStart(true) : options);
    }
}
