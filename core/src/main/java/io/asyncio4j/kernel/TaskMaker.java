package io.asyncio4j.kernel;

import io.asyncio4j.Awaitable;
import io.asyncio4j.Coroutine;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Task;
import io.asyncio4j.TaskFactory;
import io.asyncio4j.TaskOptions;
import io.asyncio4j.jfr.JfrEvents;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The maker of a loop's tasks: creates them, and starts those that are eager.
///
/// Confined to the thread that holds the loop.
public final class TaskMaker {
    private final Loop loop;

    /// Makes the tasks; null for the standard way.
    private @Nullable TaskFactory taskFactory;

    private long created;
    private long unnamed;

    TaskMaker(Loop loop) {
        this.loop = loop;
    }

    @SuppressWarnings("unchecked") // a factory's task has the coroutine's result
    public <T extends @Nullable Object> Fiber<T> create(Awaitable<? extends T> body, TaskOptions options) {
        if (taskFactory == null) {
            return start(body, options);
        }
        loop.requireOpen();
        loop.owner.requireHeld("create a task");
        return (Fiber<T>) Awaitables.toTask(taskFactory, loop, body, options);
    }

    /// Creates a task as the loop itself does, whatever the task factory.
    public <T extends @Nullable Object> Fiber<T> start(Awaitable<? extends T> body, TaskOptions options) {
        Objects.requireNonNull(body, "coroutine");
        loop.requireOpen();
        loop.owner.requireHeld("create a task");
        long number = options.name() == null ? ++unnamed : 0;
        Fiber<T> task = new Fiber<>(loop, ++created, number, body, options);
        loop.tasks.add(task);
        if (JfrEvents.areOn()) {
            TaskRecording.created(task);
        }
        if (Boolean.TRUE.equals(options.eagerStart()) && loop.isRunning()) {
            startEagerly(task);
        } else {
            loop.ready.add(task);
        }
        return task;
    }

    /// Creates a task of a loop, whatever its task factory.
    public static <T extends @Nullable Object> Task<T> start(
            EventLoop loop, Coroutine<T> coroutine, TaskOptions options) {
        return ProgramLoop.kernelOf(loop).maker.start(coroutine, options);
    }

    @Nullable
    public TaskFactory taskFactory() {
        return taskFactory;
    }

    public void setTaskFactory(@Nullable TaskFactory factory) {
        taskFactory = factory;
    }

    public long created() {
        return created;
    }

    /// Has a task that waits for nothing make a step within the caller's.
    public void stepNow(Fiber<?> task) {
        Fiber<?> outer = loop.owner.current();
        task.setOuter(outer);
        loop.observation.nestedStepBegins(outer, task);
        try {
            Objects.requireNonNull(loop.engine()).stepNow(task);
        } finally {
            task.setOuter(null);
            loop.observation.nestedStepEnds(outer, task);
        }
    }

    private void startEagerly(Fiber<?> task) {
        try {
            stepNow(task);
        } catch (Throwable unable) {
            task.cancelWith(null); // it never started
            throw unable;
        }
    }
}
