package io.asyncio4j;

import io.asyncio4j.base.Throwing;
import io.asyncio4j.base.Times;
import io.asyncio4j.diagnose.CallGraphs;
import io.asyncio4j.kernel.Awaitables;
import io.asyncio4j.kernel.Caller;
import io.asyncio4j.kernel.Fiber;
import io.asyncio4j.kernel.Handout;
import io.asyncio4j.kernel.KernelTimer;
import io.asyncio4j.kernel.Loop;
import io.asyncio4j.kernel.NamedPromise;
import io.asyncio4j.kernel.ProgramLoop;
import io.asyncio4j.kernel.Promise;
import io.asyncio4j.kernel.Sleep;
import io.asyncio4j.threads.Offload;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The functions of asyncio, for static import: `import static io.asyncio4j.Asyncio.*;`.
///
/// Those that wait suspend the calling task, and only they do: between two of them no other task of
/// the loop runs. Except for [#run] and [#runCoroutineThreadsafe] they are called by a task or a
/// callback of a running loop, and throw `IllegalStateException` elsewhere. A coroutine's
/// exceptions, checked ones too, pass through them as they are.
public final class Asyncio extends SeveralAtOnce {
    private Asyncio() {}

    // ------------------------------------------------------------------ running

    /// Runs a coroutine on a new loop in the calling thread. When it is done, tasks that are left
    /// are cancelled and waited for, and the loop is closed. See [Runner] for Ctrl-C. asyncio:
    /// `run`.
    ///
    /// @return the result
    /// @throws X what the coroutine throws
    /// @throws IllegalStateException if a loop runs in this thread
    public static <T extends @Nullable Object, X extends Exception> T run(Body<T, X> main) throws X {
        Caller.requireNoLoop();
        try (Runner runner = new Runner()) {
            return runner.run(main);
        }
    }

    /// Runs a coroutine without a result.
    ///
    /// @throws X what the coroutine throws
    public static <X extends Exception> void run(VoidBody<X> main) throws X {
        run(Awaitables.coroutine(main));
    }

    /// Returns the loop that runs the caller. asyncio: `get_running_loop`.
    public static EventLoop runningLoop() {
        return Caller.requireLoop("get the running loop").handle();
    }

    // ------------------------------------------------------------------ waiting

    /// Waits for a coroutine, a future or a task. A coroutine runs in the calling task, as if
    /// called; a future that is done does not suspend. asyncio: `await`.
    ///
    /// @return the value; what the awaitable failed with is thrown
    /// @throws CancelledError if the awaited future is cancelled, or the calling task while it
    ///     waits
    public static <T extends @Nullable Object> T await(Awaitable<? extends T> awaitable) {
        if (!(awaitable instanceof Future<?>)) {
            Caller.requireTask("await a coroutine");
        }
        try {
            return awaitable.await();
        } catch (Exception e) {
            throw Throwing.sneaky(e);
        }
    }

    /// Runs a coroutine in the calling task, as if called.
    ///
    /// @throws X what the coroutine throws
    public static <T extends @Nullable Object, X extends Exception> T await(Body<T, X> coroutine) throws X {
        Caller.requireTask("await a coroutine");
        return Objects.requireNonNull(coroutine, "coroutine").call();
    }

    /// Runs a coroutine without a result in the calling task, as if called.
    ///
    /// @throws X what the coroutine throws
    public static <X extends Exception> void await(VoidBody<X> coroutine) throws X {
        Caller.requireTask("await a coroutine");
        Objects.requireNonNull(coroutine, "coroutine").execute();
    }

    /// Waits for a future or a task that may fail with a certain checked exception, which can be
    /// caught then: the type of a task does not tell what it fails with.
    ///
    /// @param expected the exception that is declared; whatever else it fails with is thrown, too
    /// @throws X if the future failed with it
    public static <T extends @Nullable Object, X extends Exception> T await(
            Future<? extends T> future, Class<X> expected) throws X {
        Objects.requireNonNull(expected, "expected");
        return future.await();
    }

    /// Waits for a stage that another thread completes, such as a `CompletableFuture`. Cancelling
    /// the calling task cancels the stage; a stage that is cancelled throws [CancelledError] here.
    /// Throws what the stage failed with, without the `CompletionException` that stages wrap around
    /// the failure of a stage before them; one that the program threw arrives as it is. asyncio:
    /// awaiting `wrap_future(f)`.
    public static <T extends @Nullable Object> T await(CompletionStage<? extends T> stage) {
        return Offload.await(Objects.requireNonNull(stage, "stage"));
    }

    /// Suspends the calling task for `duration`. Zero or less lets everything that is ready run
    /// once. A duration too long for a `long` of nanoseconds, 292 years, never ends. asyncio:
    /// `sleep`.
    public static void sleep(Duration duration) {
        Fiber<?> task = Caller.requireTask("sleep");
        if (!duration.isPositive()) {
            task.yieldOnce();
            return;
        }
        Loop loop = task.loop;
        long when = Times.after(loop.time(), duration);
        Sleep over = new Sleep(loop, when);
        KernelTimer alarm = KernelTimer.completing(over, when);
        try {
            over.await();
        } finally {
            alarm.cancel();
        }
    }

    /// Suspends the calling task for `duration` and returns `result`. asyncio: `sleep(delay,
    /// result)`.
    public static <T extends @Nullable Object> T sleep(Duration duration, T result) {
        sleep(duration);
        return result;
    }

    /// Returns a duration of seconds, for those who think in fractions of them:
    /// `sleep(seconds(0.5))`.
    ///
    /// @param seconds rounded to a nanosecond; may be negative
    /// @throws IllegalArgumentException if that is no number, or infinite
    public static Duration seconds(double seconds) {
        return Times.ofSeconds(seconds);
    }

    // ------------------------------------------------------------------ tasks

    /// Creates a task, which starts in the next iteration of the loop. The loop holds it until it
    /// is done. asyncio: `create_task`.
    public static <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine) {
        return createTask(TaskOptions.defaults(), coroutine);
    }

    /// Creates a task without a result.
    public static Task<@Nullable Void> createTask(VoidCoroutine coroutine) {
        return createTask(TaskOptions.defaults(), coroutine);
    }

    /// Creates a task with a name.
    public static <T extends @Nullable Object> Task<T> createTask(String name, Coroutine<T> coroutine) {
        return createTask(TaskOptions.named(name), coroutine);
    }

    /// Creates a task with a name and without a result.
    public static Task<@Nullable Void> createTask(String name, VoidCoroutine coroutine) {
        return createTask(TaskOptions.named(name), coroutine);
    }

    /// Creates a task with a name, in asyncio's order.
    public static <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine, String name) {
        return createTask(TaskOptions.named(name), coroutine);
    }

    /// Creates a task with a name and without a result, in asyncio's order.
    public static Task<@Nullable Void> createTask(VoidCoroutine coroutine, String name) {
        return createTask(TaskOptions.named(name), coroutine);
    }

    /// Creates a task. One that starts eagerly runs until it first suspends before this returns.
    public static <T extends @Nullable Object> Task<T> createTask(TaskOptions options, Coroutine<T> coroutine) {
        return Caller.requireLoop("create a task").maker.create(coroutine, options);
    }

    /// Creates a task without a result.
    public static Task<@Nullable Void> createTask(TaskOptions options, VoidCoroutine coroutine) {
        return createTask(
                options, Objects.requireNonNull(coroutine, "coroutine").returningNull());
    }

    /// Runs `body` in the calling task with a group for its child tasks, and waits for them. The
    /// first failure cancels the other children and the body; all failures are thrown as one
    /// [ExceptionGroup]. asyncio: `async with TaskGroup()`.
    ///
    /// @return the body's result, or null if [TaskGroup#cancel] ended the group while the body ran
    /// @throws ExceptionGroup if the body or a child failed
    /// @throws CancelledError if the calling task was cancelled and nothing failed
    public static <T extends @Nullable Object> T taskGroup(TaskGroupBody<T> body) {
        return TaskGroup.open(body);
    }

    /// Runs `body` with a group for its child tasks, without a result.
    public static void taskGroup(TaskGroup.VoidBody body) {
        Objects.requireNonNull(body, "body");
        TaskGroup.<@Nullable Void>open(group -> {
            body.run(group);
            return null;
        });
    }

    // ------------------------------------------------------------------ timeouts

    /// Runs `body` in the calling task, which is cancelled if that takes longer than `delay`; then
    /// the [CancelledError] that leaves the body becomes a [TimeoutException]. asyncio:
    /// `async with timeout(delay)`.
    ///
    /// @param delay how long the body may take; zero or less: it ends at its first await; null: no
    ///     limit
    /// @throws X what the body throws
    /// @throws TimeoutException if the body was cancelled by this timeout
    public static <T extends @Nullable Object, X extends Exception> T timeout(@Nullable Duration delay, Body<T, X> body)
            throws X {
        Objects.requireNonNull(body, "body");
        return Timeout.after(delay, timeout -> body.call());
    }

    /// Runs `body` with a timeout and without a result.
    ///
    /// @throws X what the body throws
    public static <X extends Exception> void timeout(@Nullable Duration delay, VoidBody<X> body) throws X {
        timeout(delay, Objects.requireNonNull(body, "body").returningNull());
    }

    /// Runs `body` with a timeout, which it is given to look at and to move.
    ///
    /// @throws X what the body throws
    @SuppressWarnings("overloads") // a lambda tells by its parameters
    public static <T extends @Nullable Object, X extends Exception> T timeout(
            @Nullable Duration delay, TimeoutBody<T, X> body) throws X {
        return Timeout.after(delay, body);
    }

    /// Runs `body` with a timeout, which it is given, and without a result.
    ///
    /// @throws X what the body throws
    public static <X extends Exception> void timeout(@Nullable Duration delay, Timeout.VoidBody<X> body) throws X {
        Timeout.after(delay, Objects.requireNonNull(body, "body").returningNull());
    }

    /// Runs `body` in the calling task, which is cancelled when the loop's time reaches `when`.
    /// Otherwise as [#timeout]. asyncio: `async with timeout_at(when)`.
    ///
    /// @param when in nanoseconds of [EventLoop#time], or null for no limit
    /// @throws X what the body throws
    /// @throws TimeoutException if the body was cancelled by this timeout
    public static <T extends @Nullable Object, X extends Exception> T timeoutAt(@Nullable Long when, Body<T, X> body)
            throws X {
        Objects.requireNonNull(body, "body");
        return Timeout.at(when, timeout -> body.call());
    }

    /// Runs `body` with a deadline and without a result.
    ///
    /// @throws X what the body throws
    public static <X extends Exception> void timeoutAt(@Nullable Long when, VoidBody<X> body) throws X {
        timeoutAt(when, Objects.requireNonNull(body, "body").returningNull());
    }

    /// Runs `body` with a deadline, which it is given to look at and to move.
    ///
    /// @throws X what the body throws
    @SuppressWarnings("overloads") // a lambda tells by its parameters
    public static <T extends @Nullable Object, X extends Exception> T timeoutAt(
            @Nullable Long when, TimeoutBody<T, X> body) throws X {
        return Timeout.at(when, body);
    }

    /// Runs `body` with a deadline, which it is given, and without a result.
    ///
    /// @throws X what the body throws
    public static <X extends Exception> void timeoutAt(@Nullable Long when, Timeout.VoidBody<X> body) throws X {
        Timeout.at(when, Objects.requireNonNull(body, "body").returningNull());
    }

    /// Waits for `awaitable`, and cancels it if that takes longer than `delay`. A coroutine runs in
    /// the calling task; if there is no time at all, it never starts. asyncio: `wait_for`.
    ///
    /// @param delay null: no limit
    /// @throws TimeoutException if it was cancelled because of this limit, and did not refuse
    public static <T extends @Nullable Object> T waitFor(Awaitable<T> awaitable, @Nullable Duration delay) {
        return Timeout.waitFor(awaitable, delay);
    }

    /// Runs a coroutine in the calling task, and cancels it if that takes longer than `delay`.
    ///
    /// @throws X what the coroutine throws
    /// @throws TimeoutException if it was cancelled because of this limit, and did not refuse
    public static <T extends @Nullable Object, X extends Exception> T waitFor(
            Body<T, X> coroutine, @Nullable Duration delay) throws X {
        return Timeout.waitFor(coroutine, delay);
    }

    /// Runs a coroutine without a result, no longer than `delay`.
    ///
    /// @throws X what the coroutine throws
    public static <X extends Exception> void waitFor(VoidBody<X> coroutine, @Nullable Duration delay) throws X {
        Timeout.waitFor(Awaitables.coroutine(coroutine), delay);
    }

    /// Waits for a stage, and cancels it if that takes longer than `delay`.
    ///
    /// @throws TimeoutException if it was cancelled because of this limit
    public static <T extends @Nullable Object> T waitFor(CompletionStage<? extends T> stage, @Nullable Duration delay) {
        return Timeout.waitFor(Offload.<T>awaitable(stage), delay);
    }

    // ------------------------------------------------------------------ who runs

    /// Returns the calling task, or null in a callback. asyncio: `current_task`.
    public static @Nullable Task<?> currentTask() {
        return Caller.requireLoop("get the current task").owner.currentTask();
    }

    /// Returns the tasks of the running loop that are not done, in the order of creation.
    /// asyncio: `all_tasks`.
    public static List<Task<?>> allTasks() {
        return new ArrayList<>(Caller.requireLoop("list the tasks").tasks.list());
    }

    /// Returns where the calling task is, and who awaits it, and so on; null in a callback.
    /// asyncio: `capture_call_graph`.
    public static @Nullable CallGraph captureCallGraph() {
        Fiber<?> task = Caller.requireLoop("capture a call graph").owner.currentTask();
        return task == null ? null : CallGraphs.of(task);
    }

    /// Returns where a future or task is, and who awaits it, and so on.
    public static CallGraph captureCallGraph(Future<?> future) {
        Promise<?> promise = Promise.of(future);
        promise.loop.owner.requireHeld("capture a call graph");
        return CallGraphs.of(promise);
    }

    /// Prints where the calling task is and who awaits it to standard output; nothing in a
    /// callback. asyncio: `print_call_graph`.
    public static void printCallGraph() {
        CallGraph graph = captureCallGraph();
        if (graph != null) {
            System.out.println(graph);
        }
    }

    /// Prints where a future or task is and who awaits it.
    public static void printCallGraph(Future<?> future, PrintStream out) {
        out.println(captureCallGraph(future));
    }

    /// Creates a future of the running loop. asyncio: `loop.create_future`.
    public static <T extends @Nullable Object> Future<T> createFuture() {
        return NamedPromise.create(Caller.requireLoop("create a future"), null);
    }

    /// Creates a future of the running loop with a name for messages and dumps.
    public static <T extends @Nullable Object> Future<T> createFuture(String name) {
        return NamedPromise.create(Caller.requireLoop("create a future"), Objects.requireNonNull(name, "name"));
    }

    // ------------------------------------------------------------------ other threads

    /// Calls `body`, which may block, on a virtual thread of its own and suspends the calling task
    /// until it returns. Context variables are those of the caller. Cancelling the task interrupts
    /// the thread and does not wait for it. asyncio: `to_thread`.
    ///
    /// @return what `body` returns
    /// @throws X what `body` throws, as it is
    public static <T extends @Nullable Object, X extends Exception> T toThread(Body<T, X> body) throws X {
        return Offload.onFreshThread(Caller.requireTask("call toThread"), Objects.requireNonNull(body, "body"));
    }

    /// Calls `body`, which may block, on a virtual thread of its own, without a result.
    ///
    /// @throws X what `body` throws, as it is
    public static <X extends Exception> void toThread(VoidBody<X> body) throws X {
        toThread(Objects.requireNonNull(body, "body").returningNull());
    }

    /// Calls `body`, which may block, on a virtual thread of its own. Throws what it throws,
    /// checked or not.
    public static <T extends @Nullable Object> T toThread(Callable<T> body) {
        return Offload.onFreshThread(Caller.requireTask("call toThread"), Objects.requireNonNull(body, "body"));
    }

    /// Has `body` called by `executor` and returns the future of its result. For work that needs a
    /// processor. Cancelling the future cancels the call, or interrupts its thread.
    /// asyncio: `loop.run_in_executor`.
    ///
    /// @param executor any executor, or null for the loop's default: as many threads as processors
    /// @throws java.util.concurrent.RejectedExecutionException if the executor refuses
    public static <T extends @Nullable Object> Future<T> runInExecutor(@Nullable Executor executor, Callable<T> body) {
        Loop loop = Caller.requireLoop("run in an executor");
        return executor == null ? Offload.submitToDefault(loop, body) : Offload.submit(loop, executor, body);
    }

    /// Has `body` called by `executor`.
    public static <T extends @Nullable Object> Future<T> runInExecutor(@Nullable Executor executor, Coroutine<T> body) {
        return runInExecutor(executor, (Callable<T>) body);
    }

    /// Has `body` called by `executor`, without a result.
    public static Future<@Nullable Void> runInExecutor(@Nullable Executor executor, VoidCoroutine body) {
        return runInExecutor(executor, (Callable<@Nullable Void>)
                Objects.requireNonNull(body, "body").returningNull());
    }

    /// Has `body` called by the loop's default executor: as many threads as processors.
    public static <T extends @Nullable Object> Future<T> runInExecutor(Callable<T> body) {
        return runInExecutor(null, body);
    }

    /// Has `body` called by the loop's default executor.
    public static <T extends @Nullable Object> Future<T> runInExecutor(Coroutine<T> body) {
        return runInExecutor(null, body);
    }

    /// Has `body` called by the loop's default executor, without a result.
    public static Future<@Nullable Void> runInExecutor(VoidCoroutine body) {
        return runInExecutor(null, body);
    }

    /// Has `loop` run a coroutine as a task; any thread may call this, the loop's own included.
    /// Cancelling the result cancels the task. asyncio: `run_coroutine_threadsafe`.
    ///
    /// @throws IllegalStateException if the loop is closed
    public static <T extends @Nullable Object> CompletableFuture<T> runCoroutineThreadsafe(
            Coroutine<T> coroutine, EventLoop loop) {
        return Handout.submit(ProgramLoop.kernelOf(loop), coroutine);
    }

    /// Has `loop` run a coroutine without a result.
    public static CompletableFuture<@Nullable Void> runCoroutineThreadsafe(VoidCoroutine coroutine, EventLoop loop) {
        return runCoroutineThreadsafe(
                Objects.requireNonNull(coroutine, "coroutine").returningNull(), loop);
    }
}
