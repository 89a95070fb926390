package io.asyncio4j;

import io.asyncio4j.spi.Clock;
import io.asyncio4j.spi.LoopAccess;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/// Runs tasks and callbacks, one at a time, in the order they became ready.
///
/// Programs rarely touch it: [Asyncio#run] makes, runs and closes one. A thread runs one loop at a
/// time. While a loop runs, its methods are called by its tasks and callbacks; only
/// [#callSoonThreadsafe], [#isRunning], [#isClosed], [#time] and [#statistics] may be called by
/// other threads. While it does not run, any one thread may use it. asyncio: `AbstractEventLoop`.
public final class EventLoop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("io.asyncio4j");
    private static final Cleaner CLEANER = Cleaner.create();

    final Loop kernel;

    EventLoop(Loop kernel) {
        this.kernel = kernel;
        kernel.setHandle(this);
        CLEANER.register(this, () -> closeDropped(kernel));
    }

    /// Creates a loop, which the caller closes. asyncio: `new_event_loop`.
    public static EventLoop create() {
        return create(Clock.system());
    }

    /// Creates a loop that runs by the given clock, which no other loop uses.
    public static EventLoop create(Clock clock) {
        EventLoop loop = new EventLoop(LoopAssembly.newLoop(Objects.requireNonNull(clock, "clock")));
        loop.kernel.wakeSources.giveLoop();
        return loop;
    }

    /// Returns what a module that brings I/O may ask of the loop that the caller runs in; for
    /// programs there are the methods of this class.
    ///
    /// @throws IllegalStateException if no loop runs in the calling thread
    public static LoopAccess access() {
        return Caller.requireLoop("use I/O").access;
    }

    /// Returns what a module that brings I/O may ask of `loop`, before it runs, say. Any thread may
    /// call this.
    public static LoopAccess access(EventLoop loop) {
        return loop.kernel.access;
    }

    /// Returns where the program called the library, such as `created at Main.load(Main.java:12)`,
    /// for messages of modules. Empty unless debug mode is on: for the loop that the caller runs in
    /// or, where none does, for loops to come. Any thread.
    public static String creationPlace() {
        return LoopAssembly.creationPlace();
    }

    /// Returns what to do where no loop runs in the calling thread, such as `start one with
    /// Asyncio.run(...)`, for the end of a module's message. It tells a call of `toThread`, a plain
    /// test and a thread beside a running loop apart. Any thread.
    public static String adviceWithoutLoop() {
        return Advice.withoutLoop("");
    }

    /// Nobody holds the loop any longer: what is left of it is ended, or its suspended tasks would
    /// stay in memory for ever.
    private static void closeDropped(Loop kernel) {
        if (kernel.isClosed() || kernel.isRunning()) {
            return;
        }
        int tasks = kernel.tasks.size();
        String created = kernel.place.toString();
        String which = created.isEmpty() ? "An event loop" : "An event loop, " + created + ",";
        String left = tasks == 0 ? "" : "; the tasks it had left, " + tasks + ", are cancelled";
        Thread.ofPlatform().daemon().name("asyncio4j-closer").start(() -> {
            LOG.log(
                    System.Logger.Level.WARNING,
                    which + " was dropped without close()" + left + ". Close it, or use Asyncio.run(...)");
            kernel.close();
        });
    }

    // ------------------------------------------------------------------ callbacks

    /// Has `callback` called in the next iteration, after what is ready already, in a copy of the
    /// caller's context. It cannot suspend; what it throws goes to the exception handler.
    /// asyncio: `call_soon`.
    ///
    /// @return a handle to cancel it
    /// @throws IllegalStateException if the loop is closed, or runs in another thread
    public Handle callSoon(Runnable callback) {
        return callSoon(callback, Context.copyCurrent());
    }

    /// Has `callback` called in the next iteration, in the given context.
    public Handle callSoon(Runnable callback, Context context) {
        requireUsable("call soon");
        Handle handle = new Handle(kernel, Objects.requireNonNull(callback, "callback"), context);
        kernel.ready.add(handle);
        return handle;
    }

    /// Has `callback` called by the loop soon. Any thread may call this; it wakes the loop.
    /// asyncio: `call_soon_threadsafe`.
    ///
    /// @return a handle to cancel it, on the loop
    /// @throws IllegalStateException if the loop is closed
    public Handle callSoonThreadsafe(Runnable callback) {
        return callSoonThreadsafe(callback, Context.copyCurrent());
    }

    /// Has `callback` called by the loop soon, in the given context. Any thread may call this.
    public Handle callSoonThreadsafe(Runnable callback, Context context) {
        Handle handle = new Handle(kernel, Objects.requireNonNull(callback, "callback"), context);
        kernel.requireOpen();
        kernel.post(handle);
        return handle;
    }

    /// Has `callback` called once `delay` has passed. Zero or less: in the next iteration, after
    /// what is ready before that begins. Callbacks due at the same time are called in the order
    /// they were set. asyncio: `call_later`.
    ///
    /// @param delay one too long for a `long` of nanoseconds, 292 years, never passes
    public TimerHandle callLater(Duration delay, Runnable callback) {
        return callLater(delay, callback, Context.copyCurrent());
    }

    /// Has `callback` called once `delay` has passed, in the given context.
    public TimerHandle callLater(Duration delay, Runnable callback, Context context) {
        return callAt(Times.after(time(), delay), callback, context);
    }

    /// Has `callback` called when [#time] has reached `when`. asyncio: `call_at`.
    ///
    /// @param when in nanoseconds
    public TimerHandle callAt(long when, Runnable callback) {
        return callAt(when, callback, Context.copyCurrent());
    }

    /// Has `callback` called when [#time] has reached `when`, in the given context.
    public TimerHandle callAt(long when, Runnable callback, Context context) {
        return TimerHandle.set(kernel, when, callback, context);
    }

    /// Returns the loop's time in nanoseconds: monotonic, from an arbitrary start. Any thread.
    public long time() {
        return kernel.time();
    }

    /// Returns the loop's [#time] as a duration, for sums and for people to read. Any thread.
    public Duration timeAsDuration() {
        return Duration.ofNanos(time());
    }

    private void requireUsable(String what) {
        kernel.requireOpen();
        kernel.owner.requireHeld(what);
    }

    // ------------------------------------------------------------------ futures and tasks

    /// Creates a future without an outcome. asyncio: `create_future`.
    public <T extends @Nullable Object> Future<T> createFuture() {
        return NamedPromise.create(kernel, null);
    }

    /// Creates a future with a name for messages and dumps.
    public <T extends @Nullable Object> Future<T> createFuture(String name) {
        return NamedPromise.create(kernel, Objects.requireNonNull(name, "name"));
    }

    /// Creates a task, which starts in the next iteration. asyncio: `create_task`.
    public <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine) {
        return createTask(TaskOptions.defaults(), coroutine);
    }

    /// Creates a task without a result.
    public Task<@Nullable Void> createTask(VoidCoroutine coroutine) {
        return createTask(TaskOptions.defaults(), coroutine);
    }

    /// Creates a task with a name.
    public <T extends @Nullable Object> Task<T> createTask(String name, Coroutine<T> coroutine) {
        return createTask(TaskOptions.named(name), coroutine);
    }

    /// Creates a task with a name and without a result.
    public Task<@Nullable Void> createTask(String name, VoidCoroutine coroutine) {
        return createTask(TaskOptions.named(name), coroutine);
    }

    /// Creates a task with a name, in asyncio's order.
    public <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine, String name) {
        return createTask(TaskOptions.named(name), coroutine);
    }

    /// Creates a task with a name and without a result, in asyncio's order.
    public Task<@Nullable Void> createTask(VoidCoroutine coroutine, String name) {
        return createTask(TaskOptions.named(name), coroutine);
    }

    /// Creates a task. If it is to start eagerly and the loop runs, it runs until it first suspends
    /// before this returns.
    public <T extends @Nullable Object> Task<T> createTask(TaskOptions options, Coroutine<T> coroutine) {
        return kernel.maker.create(coroutine, options);
    }

    /// Creates a task without a result.
    public Task<@Nullable Void> createTask(TaskOptions options, VoidCoroutine coroutine) {
        return createTask(
                options, Objects.requireNonNull(coroutine, "coroutine").returningNull());
    }

    /// Has `factory` make every task of this loop; null restores [TaskFactory#standard].
    /// asyncio: `set_task_factory`.
    public void setTaskFactory(@Nullable TaskFactory factory) {
        kernel.owner.requireHeld("set the task factory");
        kernel.maker.setTaskFactory(factory);
    }

    /// Returns the task factory set, or null for the standard one. asyncio: `get_task_factory`.
    public @Nullable TaskFactory taskFactory() {
        return kernel.maker.taskFactory();
    }

    // ------------------------------------------------------------------ running

    /// Runs the loop on the calling thread until `future` is done. Interrupting the thread has no
    /// effect until then. asyncio: `run_until_complete`.
    ///
    /// @return the value; throws what the future failed with
    /// @throws CancelledError if the future was cancelled
    /// @throws IllegalStateException if the thread runs a loop already, if this one runs already or
    ///     is closed, or if it was stopped before the future was done
    public <T extends @Nullable Object> T runUntilComplete(Future<T> future) {
        if (future.loop != kernel) {
            throw new IllegalArgumentException(
                    "Cannot run until " + future + " is done: it belongs to another event loop");
        }
        try {
            return kernel.runUntilComplete(future);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /// Runs the loop on the calling thread until a task of `coroutine` is done.
    ///
    /// @throws X what the coroutine throws
    public <T extends @Nullable Object, X extends Exception> T runUntilComplete(Body<T, X> coroutine) throws X {
        return runUntilComplete(createTask(Awaitables.coroutine(coroutine)));
    }

    /// Runs the loop on the calling thread until a task of `coroutine` is done.
    ///
    /// @throws X what the coroutine throws
    public <X extends Exception> void runUntilComplete(VoidBody<X> coroutine) throws X {
        runUntilComplete(createTask(Awaitables.coroutine(coroutine)));
    }

    /// Runs the loop on the calling thread until [#stop] is called. asyncio: `run_forever`.
    ///
    /// @throws IllegalStateException if the thread runs a loop already, or this one runs already or
    ///     is closed
    public void runForever() {
        try {
            kernel.run();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /// Has the run end with the iteration in progress; before a run, with its first. asyncio:
    /// `stop`.
    public void stop() {
        kernel.owner.requireHeld("stop the loop");
        kernel.stop();
    }

    /// Closes a loop that does not run. Tasks that are not done are ended, each with a
    /// [CancelledError] in whatever it waits for and no way to wait again. Failures that nobody
    /// asked for are reported. Closing twice is harmless. asyncio: `close`.
    ///
    /// @throws IllegalStateException if it is running
    @Override
    public void close() {
        kernel.close();
    }

    /// Returns whether a thread runs the loop. Any thread.
    public boolean isRunning() {
        return kernel.isRunning();
    }

    /// Returns whether the loop is closed. Any thread.
    public boolean isClosed() {
        return kernel.isClosed();
    }

    // ------------------------------------------------------------------ errors, executor, debug

    /// Has `handler` called with problems that nobody waits for, such as what a callback throws, on
    /// the loop's thread. Null restores the default: the system logger `io.asyncio4j`, level ERROR.
    /// asyncio: `set_exception_handler`.
    public void setExceptionHandler(@Nullable ExceptionHandler handler) {
        kernel.owner.requireHeld("set the exception handler");
        kernel.problems.setHandler(handler);
    }

    /// Returns the handler set, or null for the default.
    public @Nullable ExceptionHandler exceptionHandler() {
        return kernel.problems.handler();
    }

    /// Does with a problem what is done where no handler is set: logs it. For a handler that takes
    /// care of some problems only. Any thread. asyncio: `default_exception_handler`.
    public void defaultExceptionHandler(ExceptionContext problem) {
        ExceptionReports.log(Objects.requireNonNull(problem, "problem"));
    }

    /// Hands a problem to the exception handler. asyncio: `call_exception_handler`.
    public void callExceptionHandler(ExceptionContext problem) {
        kernel.owner.requireHeld("call the exception handler");
        kernel.report(Objects.requireNonNull(problem, "problem"));
    }

    /// Sets the executor that [Asyncio#runInExecutor] uses where none is given. The loop shuts it
    /// down when closed. asyncio: `set_default_executor`.
    public void setDefaultExecutor(ExecutorService executor) {
        requireUsable("set the default executor");
        DefaultExecutor.of(kernel).set(Objects.requireNonNull(executor, "executor"));
    }

    /// Turns debug mode on or off. The system property `asyncio4j.debug` or the environment
    /// variable `ASYNCIO4J_DEBUG` turns it on from the start. asyncio: `set_debug`.
    public void setDebug(boolean debug) {
        kernel.owner.requireHeld("set debug mode");
        kernel.setDebug(debug);
    }

    /// Has the loop keep the times of its tasks and its own, or not: see [Task#statistics] and
    /// [#statistics]. They are also kept in debug mode, and while a flight recording wants them.
    /// Costs two or three readings of the clock a step. The system property `asyncio4j.accounting`
    /// turns it on from the start.
    public void setAccounting(boolean on) {
        kernel.owner.requireHeld("turn accounting on or off");
        StepObserver.of(kernel).setAccounting(on);
    }

    /// Returns whether times are kept now, for whatever reason.
    public boolean isAccounting() {
        return StepObserver.of(kernel).isOn();
    }

    /// Returns what the loop has done and has to do. Any thread; the numbers that another thread
    /// gets may be a little old, and not all of the same moment.
    public LoopStatistics statistics() {
        StepObserver observer = StepObserver.of(kernel);
        return new LoopStatistics(
                kernel.tasks.size(),
                kernel.maker.created(),
                observer.iterations(),
                kernel.ready.turns(),
                kernel.ready.size(),
                kernel.timers.size(),
                kernel.io.polls(),
                kernel.wakeSources.calls(),
                Duration.ofNanos(observer.busy()),
                Duration.ofNanos(observer.idle()));
    }

    /// Sets how long a callback, or a task between two awaits, may run before it is logged as a
    /// warning, with its stack, while it still blocks the loop; zero for any time. If not set: 5 s
    /// or what the system property `asyncio4j.slowCallbackMillis` says, and 100 ms in debug mode,
    /// which also logs it when it is over. The time in which classes are loaded does not count.
    /// asyncio: `slow_callback_duration`.
    ///
    /// @throws IllegalArgumentException if it is negative
    public void setSlowCallbackDuration(Duration limit) {
        kernel.owner.requireHeld("set the slow callback duration");
        StepObserver.of(kernel).slowSteps.setLimit(limit);
    }

    /// Returns how long a callback or a task's step may run before it is logged; zero for any time.
    public Duration slowCallbackDuration() {
        return StepObserver.of(kernel).slowSteps.limit();
    }

    /// Returns whether debug mode is on.
    public boolean isDebug() {
        return kernel.isDebug();
    }

    /// Returns whether the loop runs, is closed, and how many tasks it has.
    @Override
    public String toString() {
        return "EventLoop[running=" + isRunning() + ", closed=" + isClosed() + ", tasks=" + kernel.tasks.size() + "]";
    }

    /// Takes the problems that nobody waits for. asyncio: the exception handler, a function.
    @FunctionalInterface
    public interface ExceptionHandler {
        /// Called on the loop, in the context of the task or callback that failed; cannot suspend.
        /// What it throws is logged.
        void handle(EventLoop loop, ExceptionContext problem);
    }

    /// A problem that nobody waits for.
    ///
    /// @param message what happened
    /// @param exception what was thrown, if anything
    /// @param future the future or task it is about, if any
    /// @param handle the callback it is about, if any
    public record ExceptionContext(
            String message,
            @Nullable Throwable exception,
            @Nullable Future<?> future,
            @Nullable Handle handle) {
        /// Creates one that is about nothing but its message.
        public ExceptionContext(String message) {
            this(message, null, null, null);
        }
    }
}
