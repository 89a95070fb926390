package io.asyncio4j.assembly;

import io.asyncio4j.Body;
import io.asyncio4j.Context;
import io.asyncio4j.Coroutine;
import io.asyncio4j.Future;
import io.asyncio4j.Handle;
import io.asyncio4j.LoopStatistics;
import io.asyncio4j.Task;
import io.asyncio4j.TaskFactory;
import io.asyncio4j.TaskOptions;
import io.asyncio4j.TimerHandle;
import io.asyncio4j.VoidBody;
import io.asyncio4j.base.Times;
import io.asyncio4j.diagnose.StepObserver;
import io.asyncio4j.kernel.Awaitables;
import io.asyncio4j.kernel.ExceptionReports;
import io.asyncio4j.kernel.Loop;
import io.asyncio4j.kernel.NamedPromise;
import io.asyncio4j.kernel.ProgramLoop;
import io.asyncio4j.kernel.Promise;
import io.asyncio4j.kernel.ScheduledCall;
import io.asyncio4j.kernel.TimedCall;
import io.asyncio4j.threads.DefaultExecutor;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/// The program's hold on a loop. Where it is dropped without being closed, what is left of the loop
/// is ended.
final class LoopHandle extends ProgramLoop {
    private static final System.Logger LOG = System.getLogger("io.asyncio4j");
    private static final Cleaner CLEANER = Cleaner.create();

    private final Loop kernel;

    LoopHandle(Loop kernel) {
        super(kernel);
        this.kernel = kernel;
        kernel.setHandle(this);
        CLEANER.register(this, () -> closeDropped(kernel));
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

    @Override
    public Handle callSoon(Runnable callback) {
        return callSoon(callback, Context.copyCurrent());
    }

    @Override
    public Handle callSoon(Runnable callback, Context context) {
        requireUsable("call soon");
        ScheduledCall handle = new ScheduledCall(kernel, Objects.requireNonNull(callback, "callback"), context);
        kernel.ready.add(handle);
        return handle;
    }

    @Override
    public Handle callSoonThreadsafe(Runnable callback) {
        return callSoonThreadsafe(callback, Context.copyCurrent());
    }

    @Override
    public Handle callSoonThreadsafe(Runnable callback, Context context) {
        ScheduledCall handle = new ScheduledCall(kernel, Objects.requireNonNull(callback, "callback"), context);
        kernel.requireOpen();
        kernel.post(handle);
        return handle;
    }

    @Override
    public TimerHandle callLater(Duration delay, Runnable callback) {
        return callLater(delay, callback, Context.copyCurrent());
    }

    @Override
    public TimerHandle callLater(Duration delay, Runnable callback, Context context) {
        return callAt(Times.after(time(), delay), callback, context);
    }

    @Override
    public TimerHandle callAt(long when, Runnable callback) {
        return callAt(when, callback, Context.copyCurrent());
    }

    @Override
    public TimerHandle callAt(long when, Runnable callback, Context context) {
        return TimedCall.set(kernel, when, callback, context);
    }

    @Override
    public long time() {
        return kernel.time();
    }

    @Override
    public Duration timeAsDuration() {
        return Duration.ofNanos(time());
    }

    private void requireUsable(String what) {
        kernel.requireOpen();
        kernel.owner.requireHeld(what);
    }

    // ------------------------------------------------------------------ futures and tasks

    @Override
    public <T extends @Nullable Object> Future<T> createFuture() {
        return NamedPromise.create(kernel, null);
    }

    @Override
    public <T extends @Nullable Object> Future<T> createFuture(String name) {
        return NamedPromise.create(kernel, Objects.requireNonNull(name, "name"));
    }

    @Override
    public <T extends @Nullable Object> Task<T> createTask(TaskOptions options, Coroutine<T> coroutine) {
        return kernel.maker.create(coroutine, options);
    }

    @Override
    public void setTaskFactory(@Nullable TaskFactory factory) {
        kernel.owner.requireHeld("set the task factory");
        kernel.maker.setTaskFactory(factory);
    }

    @Override
    public @Nullable TaskFactory taskFactory() {
        return kernel.maker.taskFactory();
    }

    // ------------------------------------------------------------------ running

    @Override
    public <T extends @Nullable Object> T runUntilComplete(Future<T> future) {
        Promise<T> promise = Promise.of(future);
        if (promise.loop != kernel) {
            throw new IllegalArgumentException(
                    "Cannot run until " + future + " is done: it belongs to another event loop");
        }
        try {
            return kernel.runUntilComplete(promise);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T runUntilComplete(Body<T, X> coroutine) throws X {
        return runUntilComplete(createTask(Awaitables.coroutine(coroutine)));
    }

    @Override
    public <X extends Exception> void runUntilComplete(VoidBody<X> coroutine) throws X {
        runUntilComplete(createTask(Awaitables.coroutine(coroutine)));
    }

    @Override
    public void runForever() {
        try {
            kernel.run();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void stop() {
        kernel.owner.requireHeld("stop the loop");
        kernel.stop();
    }

    @Override
    public void close() {
        kernel.close();
    }

    @Override
    public boolean isRunning() {
        return kernel.isRunning();
    }

    @Override
    public boolean isClosed() {
        return kernel.isClosed();
    }

    // ------------------------------------------------------------------ errors, executor, debug

    @Override
    public void setExceptionHandler(@Nullable ExceptionHandler handler) {
        kernel.owner.requireHeld("set the exception handler");
        kernel.problems.setHandler(handler);
    }

    @Override
    public @Nullable ExceptionHandler exceptionHandler() {
        return kernel.problems.handler();
    }

    @Override
    public void defaultExceptionHandler(ExceptionContext problem) {
        ExceptionReports.log(Objects.requireNonNull(problem, "problem"));
    }

    @Override
    public void callExceptionHandler(ExceptionContext problem) {
        kernel.owner.requireHeld("call the exception handler");
        kernel.report(Objects.requireNonNull(problem, "problem"));
    }

    @Override
    public void setDefaultExecutor(ExecutorService executor) {
        requireUsable("set the default executor");
        DefaultExecutor.of(kernel).set(Objects.requireNonNull(executor, "executor"));
    }

    @Override
    public void setDebug(boolean debug) {
        kernel.owner.requireHeld("set debug mode");
        kernel.setDebug(debug);
    }

    @Override
    public void setAccounting(boolean on) {
        kernel.owner.requireHeld("turn accounting on or off");
        StepObserver.of(kernel).setAccounting(on);
    }

    @Override
    public boolean isAccounting() {
        return StepObserver.of(kernel).isOn();
    }

    @Override
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

    @Override
    public void setSlowCallbackDuration(Duration limit) {
        kernel.owner.requireHeld("set the slow callback duration");
        StepObserver.of(kernel).slowSteps.setLimit(limit);
    }

    @Override
    public Duration slowCallbackDuration() {
        return StepObserver.of(kernel).slowSteps.limit();
    }

    @Override
    public boolean isDebug() {
        return kernel.isDebug();
    }

    @Override
    public String toString() {
        return "EventLoop[running=" + isRunning() + ", closed=" + isClosed() + ", tasks=" + kernel.tasks.size() + "]";
    }
}
