package io.asyncio4j;

import io.asyncio4j.assembly.LoopAssembly;
import io.asyncio4j.diagnose.UnfinishedTasks;
import io.asyncio4j.kernel.Awaitables;
import io.asyncio4j.kernel.Caller;
import io.asyncio4j.kernel.Fiber;
import io.asyncio4j.kernel.KernelCallback;
import io.asyncio4j.kernel.Loop;
import io.asyncio4j.kernel.NamedPromise;
import io.asyncio4j.kernel.Promise;
import io.asyncio4j.spi.Clock;
import io.asyncio4j.threads.CtrlC;
import io.asyncio4j.threads.DefaultExecutor;
import io.asyncio4j.threads.ExecutorEnd;
import io.asyncio4j.threads.MainInterrupt;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/// Runs coroutines one after the other on the same loop and in the same context, then cleans up.
///
/// Use it in a try-with-resources statement; [Asyncio#run] is the short form for a single
/// coroutine. A runner is used by one thread at a time.
///
/// Ctrl-C, or an interrupt of the thread in [#run], cancels the main task. After Ctrl-C, [#close]
/// ends the process with status 130 when everything has been cleaned up; a second Ctrl-C ends it at
/// once. Where shutdown hooks take a while, [#close] throws a [CancelledError] before they are
/// done, since they may wait for the calling thread. In other threads than the one that started
/// `main`, Ctrl-C does what it does in any Java program, unless [RunnerOptions#handleInterrupts]
/// says otherwise.
///
/// asyncio: `Runner`.
public final class Runner implements AutoCloseable {
    private final Loop kernel;
    private final EventLoop loop;
    private final Context context = Context.copyCurrent();
    private final RunnerOptions settings;

    /// How long the end may wait for the default executor before it tells of that.
    Duration executorPatience = Duration.ofSeconds(5);

    private boolean closed;

    /// Whether Ctrl-C has ended a run, so that the process ends with this.
    private boolean interrupted;

    /// Whether the last run was ended from outside.
    private boolean cutShort;

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
        this.settings = options;
        this.kernel = options.newLoop();
        this.loop = LoopAssembly.hold(kernel);
    }

    /// Returns the loop. As any thread may then post to it, a deadlock is only logged from now on,
    /// unless [RunnerOptions#throwDeadlocks] says otherwise.
    public EventLoop loop() {
        kernel.wakeSources.giveLoop();
        return loop;
    }

    /// Runs a coroutine as the main task until it is done; other tasks may go on in the next run.
    ///
    /// @return its result
    /// @throws X what the coroutine throws
    /// @throws CancelledError if the main task was cancelled
    /// @throws DeadlockException if the loop's tasks can never go on
    /// @throws IllegalStateException if the runner is closed, or a loop runs in this thread
    public <T extends @Nullable Object, X extends Exception> T run(Body<T, X> main) throws X {
        return run(main, context);
    }

    /// Runs a coroutine without a result.
    ///
    /// @throws X what the coroutine throws
    public <X extends Exception> void run(VoidBody<X> main) throws X {
        run(main, context);
    }

    /// Runs a coroutine without a result in the given context instead of the runner's.
    ///
    /// @throws X what the coroutine throws
    public <X extends Exception> void run(VoidBody<X> main, Context context) throws X {
        run(inContext(context), Awaitables.coroutine(main));
    }

    /// Runs a coroutine in the given context instead of the runner's.
    ///
    /// @throws X what the coroutine throws
    public <T extends @Nullable Object, X extends Exception> T run(Body<T, X> main, Context context) throws X {
        return run(inContext(context), main);
    }

    private static TaskOptions inContext(Context context) {
        return TaskOptions.defaults().context(Objects.requireNonNull(context, "context"));
    }

    /// Runs a coroutine as a main task with a name, say, or in a context instead of the runner's.
    ///
    /// @throws X what the coroutine throws
    public <T extends @Nullable Object, X extends Exception> T run(TaskOptions options, Body<T, X> main) throws X {
        Coroutine<T> coroutine = Awaitables.coroutine(main);
        if (closed) {
            throw new IllegalStateException("The runner is closed; make a new one");
        }
        kernel.requireRunnable();
        Fiber<T> task = kernel.maker.create(coroutine, options.context() == null ? options.context(context) : options);
        MainInterrupt interrupt = new MainInterrupt(task);
        kernel.interruption.setHandler(interrupt::interrupted);
        Runnable onCtrlC = interrupt::ctrlC;
        boolean watches = settings.handlesInterrupts();
        if (watches) {
            CtrlC.watch(onCtrlC, settings.handleInterrupts() != null);
        }
        try {
            return loop.runUntilComplete(task);
        } finally {
            if (watches) {
                CtrlC.unwatch(onCtrlC, () -> endsBy(interrupt));
            }
            kernel.interruption.setHandler(null);
            cutShort = interrupt.isCutShort();
            if (interrupt.isUndelivered()) {
                throwInstead(task);
            }
        }
    }

    /// Returns whether Ctrl-C has ended this run, and is what ends the runner now.
    private boolean endsBy(MainInterrupt interrupt) {
        boolean first = interrupt.hasEndedRun() && !interrupted;
        interrupted |= first;
        return first;
    }

    /// Ctrl-C came in the last step of the main task: that counts as a cancellation, whatever the
    /// task has ended with. A failure is reported, since the process may end before anybody sees
    /// it.
    private void throwInstead(Fiber<?> task) {
        CancelledError error = new CancelledError();
        Throwable failure = task.isDone() && !task.isCancelled() ? task.exception() : null;
        if (failure != null) {
            error.addSuppressed(failure);
            kernel.report(new EventLoop.ExceptionContext(
                    "Task '" + task.name() + "' failed while Ctrl-C was about to cancel it", failure, task, null));
        }
        throw error;
    }

    /// Cancels the tasks that are left, waits for them, shuts the default executor down and waits
    /// for its threads, then closes the loop. Failures that nobody asked for are reported. Closing
    /// twice is harmless.
    ///
    /// Debug mode logs the tasks that are left. The wait for the default executor has a limit,
    /// [RunnerOptions#executorShutdownTimeout]; what is waited for is logged after 5 s.
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
                CtrlC.passOn();
            }
        }
    }

    private void shutDown() {
        if (!kernel.hasRun() || loop.isClosed()) {
            return;
        }
        cancelAll();
        // Two runs of a task that does next to nothing, as asyncio's shutdown steps: callbacks that are ready
        // get the same number of iterations as there.
        loop.runUntilComplete(() -> {});
        ExecutorService executor = DefaultExecutor.of(kernel).used();
        loop.runUntilComplete((VoidCoroutine) () -> {
            if (executor != null) {
                executor.shutdown();
                ExecutorEnd end = new ExecutorEnd(
                        executor, DefaultExecutor.of(kernel).calls, settings.executorLimit(), executorPatience);
                Asyncio.toThread(end::await);
            }
        });
    }

    private void cancelAll() {
        List<Fiber<?>> left = kernel.tasks.list();
        if (left.isEmpty()) {
            return;
        }
        if (!cutShort) {
            UnfinishedTasks.report(kernel, left);
        }
        Promise<@Nullable Void> allDone = NamedPromise.create(kernel, null);
        int[] waiting = {left.size()};
        for (Fiber<?> task : left) {
            task.requestCancel(null);
            task.addCallback(new KernelCallback(() -> {
                if (--waiting[0] == 0) {
                    allDone.complete(null);
                }
            }));
        }
        loop.runUntilComplete(allDone);
        for (Fiber<?> task : left) {
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
