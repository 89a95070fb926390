package io.asyncio4j;

import io.asyncio4j.spi.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs coroutines one after the other on the same loop and in the same context, then cleans up.
///
/// Use it in a try-with-resources statement; [Asyncio#run] is the short form for a single
/// coroutine. A runner is used by one thread at a time.
///
/// Ctrl-C, or an interrupt of the thread in [#run], cancels the main task. After Ctrl-C, [#close]
/// ends the process with status 130 when everything has been cleaned up; a second Ctrl-C ends it at
/// once. An interrupt that arrives in the midst of a task's step on the carrier engine, or while a
/// pinned task keeps the thread, is lost, as the JDK then takes it for the task's thread. asyncio:
/// `Runner`.
public final class Runner implements AutoCloseable {
    private final EventLoop loop;
    private final Context context = Context.copyCurrent();
    private boolean closed;
    private volatile boolean interrupted;

    /// Creates a runner with a loop of its own.
    public Runner() {
        this(RunnerOptions.defaults());
    }

    /// Creates a runner whose loop runs by the given clock.
    public Runner(Clock clock) {
        this(RunnerOptions.defaults().clock(clock));
    }

    /// Creates a runner with a loop of its own, as the options say.
    public Runner(RunnerOptions options) {
        this.loop = new EventLoop(options.newLoop());
    }

    /// Returns the loop. As any thread may then post to it, a deadlock is only logged from now on,
    /// unless [RunnerOptions#throwDeadlocks] says otherwise.
    public EventLoop loop() {
        loop.kernel.outside.giveLoop();
        return loop;
    }

    /// Runs a coroutine as the main task until it is done; other tasks may go on in the next run.
    /// Throws what the coroutine throws, checked or not.
    ///
    /// @return its result
    /// @throws CancelledError if the main task was cancelled
    /// @throws DeadlockException if the loop's tasks can never go on
    /// @throws IllegalStateException if the runner is closed, or a loop runs in this thread
    public <T extends @Nullable Object> T run(Coroutine<T> main) {
        return run(main, context);
    }

    /// Runs a coroutine without a result.
    public void run(VoidCoroutine main) {
        run(Throwing.requireCoroutine(main).returningNull());
    }

    /// Runs a coroutine without a result in the given context instead of the runner's.
    public void run(VoidCoroutine main, Context context) {
        run(Throwing.requireCoroutine(main).returningNull(), context);
    }

    /// Runs a coroutine in the given context instead of the runner's.
    public <T extends @Nullable Object> T run(Coroutine<T> main, Context context) {
        return run(TaskOptions.defaults().context(Objects.requireNonNull(context, "context")), main);
    }

    /// Runs a coroutine as a main task with a name, say, or in a context instead of the runner's.
    public <T extends @Nullable Object> T run(TaskOptions options, Coroutine<T> main) {
        Objects.requireNonNull(main, "main");
        if (closed) {
            throw new IllegalStateException("The runner is closed; make a new one");
        }
        Loop kernel = loop.kernel;
        kernel.requireRunnable();
        Task<T> task = loop.createTask(options.context() == null ? options.context(context) : options, main);
        Runnable cancelMain = () -> kernel.post(new KernelCallback(() -> task.requestCancel(null)));
        Runnable onCtrlC = () -> {
            interrupted = true;
            cancelMain.run();
        };
        kernel.interruptHandler = cancelMain;
        Interrupts.watch(onCtrlC);
        try {
            return loop.runUntilComplete(task);
        } finally {
            interrupted &= task.isCancelled() && task.uncancel() == 0;
            Interrupts.unwatch(onCtrlC, interrupted);
            kernel.interruptHandler = null;
        }
    }

    /// Cancels the tasks that are left, waits for them, shuts the default executor down and waits
    /// for its threads, then closes the loop. Failures that nobody asked for are reported. Closing
    /// twice is harmless.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        Caller.requireNoLoop();
        closed = true;
        try {
            shutDown();
        } finally {
            loop.close();
            if (interrupted) {
                Interrupts.passOn();
            }
        }
    }

    private void shutDown() {
        if (!loop.kernel.hasRun() || loop.isClosed()) {
            return;
        }
        cancelAll();
        // Two runs of a task that does next to nothing, as asyncio's shutdown steps: callbacks that are ready
        // get the same number of iterations as there.
        loop.runUntilComplete(() -> {});
        ExecutorService executor = loop.kernel.usedDefaultExecutor();
        loop.runUntilComplete(() -> {
            if (executor != null) {
                executor.shutdown();
                Asyncio.toThread(() -> executor.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS));
            }
        });
    }

    private void cancelAll() {
        Loop kernel = loop.kernel;
        List<Task<?>> left = kernel.tasks.list();
        if (left.isEmpty()) {
            return;
        }
        Future<@Nullable Void> allDone = loop.createFuture();
        int[] waiting = {left.size()};
        for (Task<?> task : left) {
            task.requestCancel(null);
            task.addCallback(new KernelCallback(() -> {
                if (--waiting[0] == 0) {
                    allDone.complete(null);
                }
            }));
        }
        loop.runUntilComplete(allDone);
        for (Task<?> task : left) {
            Throwable failure = task.isCancelled() ? null : task.exception();
            if (failure != null) {
                kernel.report(new EventLoop.ExceptionContext(
                        "Task '" + task.name() + "' failed while it was cancelled at the end of the run",
                        failure,
                        task,
                        null));
            }
        }
    }
}
