package io.asyncio4j.testing.junit;

import io.asyncio4j.Asyncio;
import io.asyncio4j.EventLoop;
import io.asyncio4j.ReturnWhen;
import io.asyncio4j.Runner;
import io.asyncio4j.RunnerOptions;
import io.asyncio4j.Task;
import io.asyncio4j.TaskOptions;
import io.asyncio4j.TaskSnapshot;
import io.asyncio4j.spi.Clock;
import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.testing.Tasks;
import io.asyncio4j.testing.VirtualClock;
import io.asyncio4j.testing.outcome.OverdueError;
import io.asyncio4j.testing.outcome.Thrown;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The loop of one test: runs the test's methods, one after the other, each within its limits of
/// time, and in the end finds what they have left behind.
///
/// Used by one thread, JUnit's, and run by another of its own, which is given up if it hangs.
final class TestLoop {
    /// In real time, for what takes none unless the machine is busy: an answer of the loop, the end
    /// of a cancelled task.
    private static final long GRACE_MILLIS = 5000;

    private static final String NEW_LINE = System.lineSeparator();

    private final TestSettings settings;
    private final Runner runner;
    private final TestThread thread;
    private final LeftBehind leftBehind = new LeftBehind();
    private final @Nullable VirtualClock clock;
    private final @Nullable TimeLimit limit;

    /// The loop as its tasks see it, once one has run; asking the runner would give it away, and no
    /// deadlock would be certain any more.
    private final CompletableFuture<LoopAccess> access = new CompletableFuture<>();

    /// The task of the method that runs, or ran last.
    private volatile @Nullable Task<?> main;

    /// Whether a method was ended from outside, so that what it has left behind says nothing. The
    /// test's thread only.
    private boolean unwound;

    /// Whether the thread is given up. JUnit's thread only.
    private boolean lost;

    /// @param options have a virtual clock, or none for real time
    TestLoop(TestSettings settings, RunnerOptions options) {
        this.settings = settings;
        this.clock = options.clock() instanceof VirtualClock virtual ? virtual : null;
        this.limit = clock == null ? null : new TimeLimit(clock);
        RunnerOptions debugging = options.debug(true).exceptionHandler((_, problem) -> leftBehind.add(problem));
        this.runner = new Runner(debugging.clock(limit == null ? Clock.system() : limit));
        this.thread = new TestThread("test " + settings.test());
        thread.start();
    }

    /// Returns the clock; null in real time.
    @Nullable
    VirtualClock clock() {
        return clock;
    }

    /// Returns the loop, for the program.
    EventLoop eventLoop() {
        return runner.loop();
    }

    /// Runs a method of the test as a task; throws what it throws. Does nothing if the loop hangs.
    ///
    /// @param name the method
    void run(String name, Thrown.Action method) throws Throwable {
        if (!lost) {
            await("'" + name + "'", thread.submit(() -> runAsTask(name, method)));
        }
    }

    /// Closes the loop.
    ///
    /// @throws AssertionError if the test has left something behind
    void close() throws Throwable {
        try {
            if (!lost) {
                await("Cleaning up after '" + settings.test() + "'", thread.submit(this::closeRunner));
                leftBehind.failIfAny(settings.test());
            }
        } finally {
            thread.end();
        }
    }

    // ------------------------------------------------------------------ on JUnit's thread

    private void await(String what, CompletableFuture<@Nullable Void> done) throws Throwable {
        try {
            done.get(settings.realTimeout().duration().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw Objects.requireNonNull(e.getCause());
        } catch (TimeoutException e) {
            throw overdue(what, done);
        } catch (InterruptedException e) {
            thread.interrupt();
            lost = !endsSoon(done);
            throw e;
        }
    }

    private OverdueError overdue(String what, CompletableFuture<@Nullable Void> done) {
        String tasks = askLoop();
        lost = !endsSoon(done);
        return new OverdueError(
                what + " was not done after " + settings.realTimeout() + " of real time (realTimeout)" + tasks
                        + (lost
                                ? NEW_LINE + "It does not end when cancelled, so its thread is left behind and nothing"
                                        + " else of this test is run."
                                : ""));
    }

    /// Has the loop tell what its tasks are about, and cancel the method that runs.
    private String askLoop() {
        if (!endsSoon(access)) {
            return ", and has not begun.";
        }
        LoopAccess loop = access.join();
        CompletableFuture<String> answer = new CompletableFuture<>();
        loop.post(() -> {
            answer.complete(describeTasks(loop));
            Objects.requireNonNull(main).cancel("the test's time is over");
        });
        return endsSoon(answer)
                ? ". Its tasks:" + answer.join()
                : ", and its loop is blocked. Its tasks:" + describeTasks(loop);
    }

    private static boolean endsSoon(CompletableFuture<?> future) {
        try {
            future.get(GRACE_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String describeTasks(LoopAccess loop) {
        return loop.tasks().stream().map(task -> NEW_LINE + task.describe("  ")).collect(Collectors.joining());
    }

    // ------------------------------------------------------------------ on the test's thread

    private void runAsTask(String name, Thrown.Action method) throws Throwable {
        main = null;
        restartLimit();
        try {
            runner.run(TaskOptions.named(name), () -> {
                main = Asyncio.currentTask();
                access.complete(EventLoop.access());
                return perform(method);
            });
        } catch (Throwable thrown) {
            Task<?> task = main;
            throw task == null || task.isDone() ? thrown : unwind(name, task, thrown);
        }
    }

    private static @Nullable Void perform(Thrown.Action method) {
        try {
            method.run();
            return null;
        } catch (Throwable thrown) {
            throw Thrown.<RuntimeException>sneaky(thrown);
        }
    }

    /// The run has ended before the method: in a deadlock, or since its time was over. Returns what
    /// the test fails with.
    private Throwable unwind(String name, Task<?> task, Throwable thrown) {
        unwound = true;
        Throwable failure = thrown;
        if (limit != null && limit.isOver()) {
            failure = new AssertionError("'" + name + "' was not done after " + settings.timeout()
                    + " of virtual time (timeout). Its tasks:" + describeTasks(access.join()));
        }
        task.cancel();
        restartLimit();
        try {
            runner.run(() -> {
                Asyncio.waitAll(List.of(task), null, ReturnWhen.ALL_COMPLETED);
            });
        } catch (Throwable still) {
            failure.addSuppressed(still);
        }
        return failure;
    }

    private void closeRunner() {
        restartLimit();
        if (access.isDone() && !unwound) {
            runner.run(this::findTasks);
        }
        restartLimit();
        runner.close();
    }

    /// What can still run without any time passing may do so: a task that was cancelled, say.
    private void findTasks() {
        Tasks.waitUntilAllBlocked();
        for (TaskSnapshot task : EventLoop.access().tasks()) {
            if (task.state() != TaskSnapshot.State.RUNNING) {
                leftBehind.add(task);
            }
        }
    }

    private void restartLimit() {
        if (limit != null) {
            limit.restart(settings.timeout().duration());
        }
    }
}
