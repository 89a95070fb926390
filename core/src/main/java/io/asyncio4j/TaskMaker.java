package io.asyncio4j;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The maker of a loop's tasks: creates them, and starts those that are eager.
///
/// Confined to the thread that holds the loop.
final class TaskMaker {
    private final Loop loop;

    /// Makes the tasks; null for the standard way.
    @Nullable
    TaskFactory taskFactory;

    private long created;
    private long unnamed;

    TaskMaker(Loop loop) {
        this.loop = loop;
    }

    @SuppressWarnings("unchecked") // a factory's task has the coroutine's result
    <T extends @Nullable Object> Task<T> create(
            Awaitable<? extends T> body, TaskOptions options, @Nullable TaskGroup group) {
        Task<T> task;
        if (taskFactory == null) {
            task = start(body, options);
        } else {
            loop.requireOpen();
            loop.requireHeld("create a task");
            task = (Task<T>) Awaitables.toTask(taskFactory, loop, body, options);
        }
        if (group != null) {
            group.adopt(task);
        }
        return task;
    }

    /// Creates a task as the loop itself does, whatever the task factory.
    <T extends @Nullable Object> Task<T> start(Awaitable<? extends T> body, TaskOptions options) {
        Objects.requireNonNull(body, "coroutine");
        loop.requireOpen();
        loop.requireHeld("create a task");
        long number = options.name() == null ? ++unnamed : 0;
        Task<T> task = new Task<>(loop, ++created, number, body, options);
        loop.tasks.add(task);
        JfrEvents.taskCreated(task);
        if (Boolean.TRUE.equals(options.eagerStart()) && loop.isRunning()) {
            startEagerly(task);
        } else {
            loop.ready.add(task);
        }
        return task;
    }

    long created() {
        return created;
    }

    /// Has a task that waits for nothing make a step within the caller's.
    void stepNow(Task<?> task) {
        Context callers = Context.current();
        boolean entered = callers.markEntered(true);
        Task<?> outer = loop.current;
        loop.observer.nestedStepBegins(outer, task);
        try {
            Objects.requireNonNull(loop.engine).stepNow(task);
        } finally {
            callers.markEntered(entered);
            loop.observer.nestedStepEnds(outer, task);
        }
    }

    private void startEagerly(Task<?> task) {
        try {
            stepNow(task);
        } catch (Throwable unable) {
            task.cancelWith(null); // it never started
            throw unable;
        }
    }
}
