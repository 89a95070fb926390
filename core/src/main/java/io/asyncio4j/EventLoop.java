package io.asyncio4j;

import io.asyncio4j.assembly.LoopAssembly;
import io.asyncio4j.kernel.ProgramLoop;
import io.asyncio4j.spi.Clock;
import io.asyncio4j.spi.LoopAccess;
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
public sealed interface EventLoop extends TaskCreator, AutoCloseable permits ProgramLoop {
    /// Creates a loop, which the caller closes. asyncio: `new_event_loop`.
    static EventLoop create() {
        return create(Clock.system());
    }

    /// Creates a loop that runs by the given clock, which no other loop uses.
    static EventLoop create(Clock clock) {
        return LoopAssembly.create(Objects.requireNonNull(clock, "clock"));
    }

    /// Returns what a module that brings I/O may ask of the loop that the caller runs in; for
    /// programs there are the methods of this class.
    ///
    /// @throws IllegalStateException if no loop runs in the calling thread
    static LoopAccess access() {
        return LoopAssembly.access();
    }

    /// Returns what a module that brings I/O may ask of `loop`, before it runs, say. Any thread may
    /// call this.
    static LoopAccess access(EventLoop loop) {
        return LoopAssembly.access(loop);
    }

    /// Returns where the program called the library, such as `created at Main.load(Main.java:12)`,
    /// for messages of modules. Empty unless debug mode is on: for the loop that the caller runs in
    /// or, where none does, for loops to come. Any thread.
    static String creationPlace() {
        return LoopAssembly.creationPlace();
    }

    /// Returns what to do where no loop runs in the calling thread, such as `start one with
    /// Asyncio.run(...)`, for the end of a module's message. It tells a call of `toThread`, a plain
    /// test and a thread beside a running loop apart. Any thread.
    static String adviceWithoutLoop() {
        return LoopAssembly.adviceWithoutLoop();
    }

    // ------------------------------------------------------------------ use

    /// Has `callback` called in the next iteration, after what is ready already, in a copy of the
    /// caller's context. It cannot suspend; what it throws goes to the exception handler.
    /// asyncio: `call_soon`.
    ///
    /// @return a handle to cancel it
    /// @throws IllegalStateException if the loop is closed, or runs in another thread
    Handle callSoon(Runnable callback);

    /// Has `callback` called in the next iteration, in the given context.
    Handle callSoon(Runnable callback, Context context);

    /// Has `callback` called by the loop soon. Any thread may call this; it wakes the loop.
    /// asyncio: `call_soon_threadsafe`.
    ///
    /// @return a handle to cancel it, on the loop
    /// @throws IllegalStateException if the loop is closed
    Handle callSoonThreadsafe(Runnable callback);

    /// Has `callback` called by the loop soon, in the given context. Any thread may call this.
    Handle callSoonThreadsafe(Runnable callback, Context context);

    /// Has `callback` called once `delay` has passed. Zero or less: in the next iteration, after
    /// what is ready before that begins. Callbacks due at the same time are called in the order
    /// they were set. asyncio: `call_later`.
    ///
    /// @param delay one too long for a `long` of nanoseconds, 292 years, never passes
    TimerHandle callLater(Duration delay, Runnable callback);

    /// Has `callback` called once `delay` has passed, in the given context.
    TimerHandle callLater(Duration delay, Runnable callback, Context context);

    /// Has `callback` called when [#time] has reached `when`. asyncio: `call_at`.
    ///
    /// @param when in nanoseconds
    TimerHandle callAt(long when, Runnable callback);

    /// Has `callback` called when [#time] has reached `when`, in the given context.
    TimerHandle callAt(long when, Runnable callback, Context context);

    /// Returns the loop's time in nanoseconds: monotonic, from an arbitrary start. Any thread.
    long time();

    /// Returns the loop's [#time] as a duration, for sums and for people to read. Any thread.
    Duration timeAsDuration();

    /// Creates a future without an outcome. asyncio: `create_future`.
    <T extends @Nullable Object> Future<T> createFuture();

    /// Creates a future with a name for messages and dumps.
    <T extends @Nullable Object> Future<T> createFuture(String name);

    /// Has `factory` make every task of this loop; null restores [TaskFactory#standard].
    /// asyncio: `set_task_factory`.
    void setTaskFactory(@Nullable TaskFactory factory);

    /// Returns the task factory set, or null for the standard one. asyncio: `get_task_factory`.
    @Nullable
    TaskFactory taskFactory();

    /// Runs the loop on the calling thread until `future` is done. Interrupting the thread has no
    /// effect until then. asyncio: `run_until_complete`.
    ///
    /// @return the value; throws what the future failed with
    /// @throws CancelledError if the future was cancelled
    /// @throws IllegalStateException if the thread runs a loop already, if this one runs already or
    ///     is closed, or if it was stopped before the future was done
    <T extends @Nullable Object> T runUntilComplete(Future<T> future);

    /// Runs the loop on the calling thread until a task of `coroutine` is done.
    ///
    /// @throws X what the coroutine throws
    <T extends @Nullable Object, X extends Exception> T runUntilComplete(Body<T, X> coroutine) throws X;

    /// Runs the loop on the calling thread until a task of `coroutine` is done.
    ///
    /// @throws X what the coroutine throws
    <X extends Exception> void runUntilComplete(VoidBody<X> coroutine) throws X;

    /// Runs the loop on the calling thread until [#stop] is called. asyncio: `run_forever`.
    ///
    /// @throws IllegalStateException if the thread runs a loop already, or this one runs already or
    ///     is closed
    void runForever();

    /// Has the run end with the iteration in progress; before a run, with its first. asyncio:
    /// `stop`.
    void stop();

    /// Closes a loop that does not run. Tasks that are not done are ended, each with a
    /// [CancelledError] in whatever it waits for and no way to wait again. Failures that nobody
    /// asked for are reported. Closing twice is harmless. asyncio: `close`.
    ///
    /// @throws IllegalStateException if it is running
    @Override
    public void close();

    /// Returns whether a thread runs the loop. Any thread.
    boolean isRunning();

    /// Returns whether the loop is closed. Any thread.
    boolean isClosed();

    /// Has `handler` called with problems that nobody waits for, such as what a callback throws, on
    /// the loop's thread. Null restores the default: the system logger `io.asyncio4j`, level ERROR.
    /// asyncio: `set_exception_handler`.
    void setExceptionHandler(@Nullable ExceptionHandler handler);

    /// Returns the handler set, or null for the default.
    @Nullable
    ExceptionHandler exceptionHandler();

    /// Does with a problem what is done where no handler is set: logs it. For a handler that takes
    /// care of some problems only. Any thread. asyncio: `default_exception_handler`.
    void defaultExceptionHandler(ExceptionContext problem);

    /// Hands a problem to the exception handler. asyncio: `call_exception_handler`.
    void callExceptionHandler(ExceptionContext problem);

    /// Sets the executor that [Asyncio#runInExecutor] uses where none is given. The loop shuts it
    /// down when closed. asyncio: `set_default_executor`.
    void setDefaultExecutor(ExecutorService executor);

    /// Turns debug mode on or off. The system property `asyncio4j.debug` or the environment
    /// variable `ASYNCIO4J_DEBUG` turns it on from the start. asyncio: `set_debug`.
    void setDebug(boolean debug);

    /// Has the loop keep the times of its tasks and its own, or not: see [Task#statistics] and
    /// [#statistics]. They are also kept in debug mode, and while a flight recording wants them.
    /// Costs two or three readings of the clock a step. The system property `asyncio4j.accounting`
    /// turns it on from the start.
    void setAccounting(boolean on);

    /// Returns whether times are kept now, for whatever reason.
    boolean isAccounting();

    /// Returns what the loop has done and has to do. Any thread; the numbers that another thread
    /// gets may be a little old, and not all of the same moment.
    LoopStatistics statistics();

    /// Sets how long a callback, or a task between two awaits, may run before it is logged as a
    /// warning, with its stack, while it still blocks the loop; zero for any time. If not set: 5 s
    /// or what the system property `asyncio4j.slowCallbackMillis` says, and 100 ms in debug mode,
    /// which also logs it when it is over. The time in which classes are loaded does not count.
    /// asyncio: `slow_callback_duration`.
    ///
    /// @throws IllegalArgumentException if it is negative
    void setSlowCallbackDuration(Duration limit);

    /// Returns how long a callback or a task's step may run before it is logged; zero for any time.
    Duration slowCallbackDuration();

    /// Returns whether debug mode is on.
    boolean isDebug();

    /// Creates a task. If it is to start eagerly and the loop runs, it runs until it first suspends
    /// before this returns.
    @Override
    public <T extends @Nullable Object> Task<T> createTask(TaskOptions options, Coroutine<T> coroutine);

    /// Returns whether the loop runs, is closed, and how many tasks it has.
    @Override
    public String toString();

    /// Takes the problems that nobody waits for. asyncio: the exception handler, a function.
    @FunctionalInterface
    interface ExceptionHandler {
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
    record ExceptionContext(
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
