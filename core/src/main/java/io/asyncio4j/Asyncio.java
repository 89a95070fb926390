package io.asyncio4j;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
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
public final class Asyncio {
    private Asyncio() {}

    // ------------------------------------------------------------------ running

    /// Runs a coroutine on a new loop in the calling thread. When it is done, tasks that are left
    /// are cancelled and waited for, and the loop is closed. See [Runner] for Ctrl-C. asyncio:
    /// `run`.
    ///
    /// @return the result; what the coroutine throws is thrown
    /// @throws IllegalStateException if a loop runs in this thread
    public static <T extends @Nullable Object> T run(Coroutine<T> main) {
        Caller.requireNoLoop();
        try (Runner runner = new Runner()) {
            return runner.run(main);
        }
    }

    /// Runs a coroutine without a result.
    public static void run(VoidCoroutine main) {
        run(Throwing.requireCoroutine(main).returningNull());
    }

    /// Returns the loop that runs the caller. asyncio: `get_running_loop`.
    public static EventLoop runningLoop() {
        return Caller.requireLoop("get the running loop").facade();
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

    /// Waits for a coroutine without a result.
    public static void await(VoidCoroutine coroutine) {
        await(Throwing.requireCoroutine(coroutine).returningNull());
    }

    /// Waits for a stage that another thread completes, such as a `CompletableFuture`. Cancelling
    /// the calling task cancels the stage; a stage that is cancelled throws [CancelledError] here.
    /// Throws what the stage failed with, without the `CompletionException` that stages wrap around
    /// the failure of a stage before them; one that the program threw arrives as it is. asyncio:
    /// awaiting `wrap_future(f)`.
    public static <T extends @Nullable Object> T await(CompletionStage<? extends T> stage) {
        return Bridge.await(Objects.requireNonNull(stage, "stage"));
    }

    /// Suspends the calling task for `duration`. Zero or less lets everything that is ready run
    /// once. A duration too long for a `long` of nanoseconds, 292 years, never ends. asyncio:
    /// `sleep`.
    public static void sleep(Duration duration) {
        Task<?> task = Caller.requireTask("sleep");
        if (!duration.isPositive()) {
            task.yieldOnce();
            return;
        }
        Loop loop = task.loop;
        long when = Times.after(loop.time(), duration);
        Sleep over = new Sleep(loop, when);
        Alarm alarm = new Alarm(over, when);
        loop.timers.add(alarm);
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

    /// Creates a task. One that starts eagerly runs until it first suspends before this returns.
    public static <T extends @Nullable Object> Task<T> createTask(TaskOptions options, Coroutine<T> coroutine) {
        return Caller.requireLoop("create a task").maker.create(coroutine, options, null);
    }

    /// Creates a task without a result.
    public static Task<@Nullable Void> createTask(TaskOptions options, VoidCoroutine coroutine) {
        return createTask(options, Throwing.requireCoroutine(coroutine).returningNull());
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
    @SuppressWarnings("overloads") // a lambda with braces is one or the other
    public static void taskGroup(TaskGroup.VoidBody body) {
        Objects.requireNonNull(body, "body");
        TaskGroup.<@Nullable Void>open(group -> {
            body.run(group);
            return null;
        });
    }

    // ------------------------------------------------------------------ several at once

    /// Makes a task of each awaitable that is not a future, and returns the future of all values,
    /// in the order given. The first failure, or cancellation, of one is the outcome; the others go
    /// on. Cancelling the future cancels those that are not done.
    ///
    /// Where all are done already, so is the result. A future given twice counts once; a coroutine
    /// given twice runs twice. asyncio: `gather`.
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T extends @Nullable Object> Future<List<T>> gather(Awaitable<? extends T>... awaitables) {
        return Gathering.values(Arrays.asList(awaitables));
    }

    /// Gathers the values of `awaitables`, in the order of its iterator.
    public static <T extends @Nullable Object> Future<List<T>> gather(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        return Gathering.values(awaitables);
    }

    /// Gathers coroutines without results.
    public static Future<List<@Nullable Void>> gather(VoidCoroutine... coroutines) {
        return Gathering.values(Gathering.returningNull(coroutines));
    }

    /// Like [#gather], and a failure or a cancellation is an outcome like a value, so that all are
    /// waited for. asyncio: `gather(..., return_exceptions=True)`.
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomes(
            Awaitable<? extends T>... awaitables) {
        return Gathering.outcomes(Arrays.asList(awaitables));
    }

    /// Gathers the outcomes of `awaitables`, in the order of its iterator.
    public static <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomes(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        return Gathering.outcomes(awaitables);
    }

    /// Gathers the outcomes of coroutines without results.
    public static Future<List<Outcome<@Nullable Void>>> gatherOutcomes(VoidCoroutine... coroutines) {
        return Gathering.outcomes(Gathering.returningNull(coroutines));
    }

    /// Waits for `futures` until as many are done as `returnWhen` asks for, or `timeout` has
    /// passed. Throws nothing of theirs, and cancels none. asyncio: `wait`.
    ///
    /// @param timeout how long to wait, or null for as long as it takes
    /// @throws IllegalArgumentException if there are no futures
    public static <T extends @Nullable Object> Done<T> waitAll(
            Collection<? extends Future<T>> futures, @Nullable Duration timeout, ReturnWhen returnWhen) {
        return Waiting.waitFor(futures, timeout, returnWhen);
    }

    /// Makes a task of each awaitable that is not a future, and returns an [Iterable] of all of
    /// them in the order in which they are done, whose iterator suspends. asyncio: `as_completed`.
    ///
    /// @param timeout how long to wait for all of them, or null for as long as it takes; when it is
    ///     over, the iterator throws [TimeoutException]; nothing is cancelled
    public static <T extends @Nullable Object> Completions<T> asCompleted(
            Collection<? extends Awaitable<T>> awaitables, @Nullable Duration timeout) {
        return Completions.of(awaitables, timeout);
    }

    /// Makes a task of `awaitable` if it is not a future, and returns a future that ends as it
    /// does. Cancelling that leaves the task alone; should the task then fail, the loop's exception
    /// handler is told. What is done already is returned itself. asyncio: `shield`.
    public static <T extends @Nullable Object> Future<T> shield(Awaitable<T> awaitable) {
        return Shield.of(awaitable);
    }

    /// Shields a coroutine without a result.
    public static Future<@Nullable Void> shield(VoidCoroutine coroutine) {
        return Shield.of(Throwing.requireCoroutine(coroutine).returningNull());
    }

    // ------------------------------------------------------------------ timeouts

    /// Runs `body` in the calling task, which is cancelled if that takes longer than `delay`; then
    /// the [CancelledError] that leaves the body becomes a [TimeoutException]. asyncio:
    /// `async with timeout(delay)`.
    ///
    /// @param delay how long the body may take; zero or less: it ends at its first await; null: no
    ///     limit
    /// @throws TimeoutException if the body was cancelled by this timeout
    public static <T extends @Nullable Object> T timeout(@Nullable Duration delay, Coroutine<T> body) {
        Objects.requireNonNull(body, "body");
        return Timeout.after(delay, timeout -> body.await());
    }

    /// Runs `body` with a timeout and without a result.
    public static void timeout(@Nullable Duration delay, VoidCoroutine body) {
        timeout(delay, Throwing.requireCoroutine(body).returningNull());
    }

    /// Runs `body` with a timeout, which it is given to look at and to move.
    public static <T extends @Nullable Object> T timeout(@Nullable Duration delay, TimeoutBody<T> body) {
        return Timeout.after(delay, body);
    }

    /// Runs `body` with a timeout, which it is given, and without a result.
    @SuppressWarnings("overloads") // a lambda with braces is one or the other
    public static void timeout(@Nullable Duration delay, Timeout.VoidBody body) {
        Timeout.after(delay, body.returningNull());
    }

    /// Runs `body` in the calling task, which is cancelled when the loop's time reaches `when`.
    /// Otherwise as [#timeout]. asyncio: `async with timeout_at(when)`.
    ///
    /// @param when in nanoseconds of [EventLoop#time], or null for no limit
    /// @throws TimeoutException if the body was cancelled by this timeout
    public static <T extends @Nullable Object> T timeoutAt(@Nullable Long when, Coroutine<T> body) {
        Objects.requireNonNull(body, "body");
        return Timeout.at(when, timeout -> body.await());
    }

    /// Runs `body` with a deadline and without a result.
    public static void timeoutAt(@Nullable Long when, VoidCoroutine body) {
        timeoutAt(when, Throwing.requireCoroutine(body).returningNull());
    }

    /// Runs `body` with a deadline, which it is given to look at and to move.
    public static <T extends @Nullable Object> T timeoutAt(@Nullable Long when, TimeoutBody<T> body) {
        return Timeout.at(when, body);
    }

    /// Runs `body` with a deadline, which it is given, and without a result.
    @SuppressWarnings("overloads") // a lambda with braces is one or the other
    public static void timeoutAt(@Nullable Long when, Timeout.VoidBody body) {
        Timeout.at(when, body.returningNull());
    }

    /// Waits for `awaitable`, and cancels it if that takes longer than `delay`. A coroutine runs in
    /// the calling task; if there is no time at all, it never starts. asyncio: `wait_for`.
    ///
    /// @param delay null: no limit
    /// @throws TimeoutException if it was cancelled because of this limit, and did not refuse
    public static <T extends @Nullable Object> T waitFor(Awaitable<T> awaitable, @Nullable Duration delay) {
        return Timeout.waitFor(awaitable, delay);
    }

    /// Waits for a coroutine without a result, no longer than `delay`.
    public static void waitFor(VoidCoroutine coroutine, @Nullable Duration delay) {
        Timeout.waitFor(Throwing.requireCoroutine(coroutine).returningNull(), delay);
    }

    // ------------------------------------------------------------------ who runs

    /// Returns the calling task, or null in a callback. asyncio: `current_task`.
    public static @Nullable Task<?> currentTask() {
        return Caller.requireLoop("get the current task").currentTask();
    }

    /// Returns the tasks of the running loop that are not done, in the order of creation.
    /// asyncio: `all_tasks`.
    public static List<Task<?>> allTasks() {
        return Caller.requireLoop("list the tasks").tasks.list();
    }

    /// Returns where the calling task is, and who awaits it, and so on; null in a callback.
    /// asyncio: `capture_call_graph`.
    public static @Nullable CallGraph captureCallGraph() {
        Task<?> task = Caller.requireLoop("capture a call graph").currentTask();
        return task == null ? null : CallGraph.of(task);
    }

    /// Returns where a future or task is, and who awaits it, and so on.
    public static CallGraph captureCallGraph(Future<?> future) {
        future.loop.requireHeld("capture a call graph");
        return CallGraph.of(future);
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
        return NamedFuture.create(Caller.requireLoop("create a future"), null);
    }

    /// Creates a future of the running loop with a name for messages and dumps.
    public static <T extends @Nullable Object> Future<T> createFuture(String name) {
        return NamedFuture.create(Caller.requireLoop("create a future"), Objects.requireNonNull(name, "name"));
    }

    // ------------------------------------------------------------------ other threads

    /// Calls `body`, which may block, on a virtual thread of its own and suspends the calling task
    /// until it returns. Context variables are those of the caller. Cancelling the task interrupts
    /// the thread and does not wait for it. asyncio: `to_thread`.
    ///
    /// @return what `body` returns; what it throws is thrown as it is
    public static <T extends @Nullable Object> T toThread(Callable<T> body) {
        return Bridge.onFreshThread(Caller.requireTask("call toThread"), Objects.requireNonNull(body, "body"));
    }

    /// Calls `body`, which may block, on a virtual thread of its own, without a result.
    public static void toThread(VoidCoroutine body) {
        toThread(Throwing.requireCoroutine(body).returningNull()::await);
    }

    /// Has `body` called by `executor` and returns the future of its result. For work that needs a
    /// processor. Cancelling the future cancels the call, or interrupts its thread.
    /// asyncio: `loop.run_in_executor`.
    ///
    /// @param executor any executor, or null for the loop's default: as many threads as processors
    /// @throws java.util.concurrent.RejectedExecutionException if the executor refuses
    public static <T extends @Nullable Object> Future<T> runInExecutor(@Nullable Executor executor, Callable<T> body) {
        Loop loop = Caller.requireLoop("run in an executor");
        return executor == null ? Bridge.submitToDefault(loop, body) : Bridge.submit(loop, executor, body);
    }

    /// Has `body` called by `executor`, without a result.
    public static Future<@Nullable Void> runInExecutor(@Nullable Executor executor, VoidCoroutine body) {
        return runInExecutor(executor, Throwing.requireCoroutine(body).returningNull()::await);
    }

    /// Has `loop` run a coroutine as a task; any thread may call this, the loop's own included.
    /// Cancelling the result cancels the task. asyncio: `run_coroutine_threadsafe`.
    ///
    /// @throws IllegalStateException if the loop is closed
    public static <T extends @Nullable Object> CompletableFuture<T> runCoroutineThreadsafe(
            Coroutine<T> coroutine, EventLoop loop) {
        return Bridge.submit(loop.kernel, coroutine);
    }

    /// Has `loop` run a coroutine without a result.
    public static CompletableFuture<@Nullable Void> runCoroutineThreadsafe(VoidCoroutine coroutine, EventLoop loop) {
        return runCoroutineThreadsafe(Throwing.requireCoroutine(coroutine).returningNull(), loop);
    }
}
