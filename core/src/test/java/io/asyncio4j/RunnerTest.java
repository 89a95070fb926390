package io.asyncio4j;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.currentTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.runInExecutor;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.VirtualTime.elapsed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.testing.VirtualClock;
import io.asyncio4j.threads.DefaultExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RunnerTest {
    private static final Duration LONG = Duration.ofDays(1);

    private final Runner runner = new Runner(new VirtualClock());
    private final Trace trace = new Trace();

    @AfterEach
    void close() {
        runner.close();
    }

    @Test
    void runReturnsTheResultOfTheMainCoroutine() {
        assertThat(run(() -> 1 + 1)).isEqualTo(2);
        run(() -> trace.add("ran"));
        trace.assertIs("ran");
    }

    @Test
    void runThrowsWhatTheMainCoroutineThrows() {
        var failure = new IOException("broken");
        assertThatThrownBy(() -> run(() -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    void runThrowsWhenTheMainTaskIsCancelled() {
        assertThatThrownBy(() -> run(() -> {
                    currentTask().cancel("enough");
                    sleep(LONG);
                }))
                .isInstanceOf(CancelledError.class)
                .hasMessage("enough");
    }

    @Test
    void severalRunsShareTheLoopAndTheContext() {
        var variable = new ContextVar<>("variable", "default");
        try (runner) {
            EventLoop first = runner.run(() -> {
                variable.set("first");
                return runningLoop();
            });
            String seen = runner.run(() -> {
                assertThat(runningLoop()).isSameAs(first);
                assertThat(currentTask().name()).isEqualTo("Task-2");
                return variable.get();
            });
            assertThat(seen).isEqualTo("first");
            assertThat(runner.loop()).isSameAs(first);
        }
        assertThat(variable.get()).isEqualTo("default");
    }

    @Test
    void aRunCanHaveAContextOfItsOwn() {
        var variable = new ContextVar<>("variable", "default");
        try (runner) {
            var context = new Context();
            runner.run(() -> variable.set("given"), context);
            assertThat(context.get(variable)).isEqualTo("given");
            assertThat(runner.run(() -> variable.get())).isEqualTo("default");
        }
    }

    @Test
    void tasksThatAreLeftGoOnInTheNextRun() {
        try (runner) {
            Task<String> left = runner.run(() -> createTask(() -> sleep(Duration.ofSeconds(1), "done")));
            assertThat(left.isDone()).isFalse();
            assertThat(runner.run(() -> left.await())).isEqualTo("done");
        }
    }

    @Test
    void closeCancelsWhatIsLeftAndWaitsForIt() {
        Task<Void> left = runner.run(() -> createTask(() -> {
            try {
                sleep(LONG);
            } finally {
                sleep(Duration.ofSeconds(3));
                trace.add("cleaned:" + elapsed().toSeconds());
            }
        }));
        runner.run(() -> sleep(Duration.ofSeconds(1)));
        runner.close();
        trace.assertIs("cleaned:4");
        assertThat(left.isCancelled()).isTrue();
        assertThat(runner.loop().isClosed()).isTrue();
        runner.close();
    }

    @Test
    void tasksThatWereCreatedButNeverRanAreCancelledByClose() {
        Task<Void> left = runner.loop().createTask(() -> trace.add("ran"));
        runner.close();
        assertThat(left.isCancelled()).isTrue();
        trace.assertIs("");
    }

    @Test
    void aTaskThatFailsWhileItIsCancelledByCloseIsReported() {
        var failure = new IOException("broken");
        var problems = new ArrayList<EventLoop.ExceptionContext>();
        runner.loop().setExceptionHandler((loop, problem) -> problems.add(problem));
        Task<Void> left = runner.run(() -> createTask("left", () -> {
            try {
                sleep(LONG);
            } catch (CancelledError error) {
                throw failure;
            }
        }));
        runner.run(() -> sleep(Duration.ZERO));
        runner.close();
        assertThat(problems)
                .containsExactly(new EventLoop.ExceptionContext(
                        "Task 'left' failed while it was cancelled at the end of the run", failure, left, null));
    }

    @Test
    void callbacksThatAreReadyWhenTheMainTaskEndsStillRun() {
        try (runner) {
            runner.run(() -> runningLoop().callSoon(() -> {
                trace.add("first");
                runningLoop().callSoon(() -> trace.add("second"));
            }));
        }
        trace.assertIs("first second");
    }

    @Test
    void closeShutsTheDefaultExecutorDown() {
        ExecutorService executor = runner.run(() -> {
            runInExecutor(null, () -> 1).await();
            return DefaultExecutor.of(Innards.of(runningLoop())).get();
        });
        assertThat(executor.isShutdown()).isFalse();
        runner.close();
        assertThat(executor.isTerminated()).isTrue();
    }

    @Test
    void aRunnerThatNeverRanCanBeClosed() {
        runner.close();
        assertThat(runner.loop().isClosed()).isTrue();
    }

    @Test
    void aClosedRunnerRefusesToRun() {
        runner.close();
        assertThatThrownBy(() -> runner.run(() -> trace.add("ran")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The runner is closed; make a new one");
        trace.assertIs("");
    }

    @Test
    void runInsideARunningLoopIsRefused() {
        var messages = new ArrayList<String>();
        try (runner) {
            runner.run(() -> {
                List<Runnable> nested =
                        List.of(() -> run(() -> trace.add("ran")), () -> runner.run(() -> trace.add("ran")));
                for (Runnable attempt : nested) {
                    assertThatThrownBy(attempt::run)
                            .isInstanceOf(IllegalStateException.class)
                            .satisfies(e -> messages.add(e.getMessage()));
                }
            });
        }
        assertThat(messages)
                .hasSize(2)
                .containsOnly("Cannot run an event loop in task 'Task-1': one runs there already; await the coroutine,"
                        + " or create a task for it");
        trace.assertIs("");
    }

    @Test
    void aRunnerCannotBeClosedByItsOwnTask() {
        try (runner) {
            runner.run(() -> {
                assertThatThrownBy(runner::close).isInstanceOf(IllegalStateException.class);
                trace.add("refused");
            });
            runner.run(() -> trace.add("goes-on"));
        }
        trace.assertIs("refused goes-on");
    }

    @Test
    void loopsInARowAreIndependent() {
        EventLoop first = run(() -> runningLoop());
        EventLoop second = run(() -> runningLoop());
        assertThat(first).isNotSameAs(second);
        assertThat(first.isClosed()).isTrue();
        assertThat(run(() -> currentTask().name())).isEqualTo("Task-1");
    }

    @Test
    void theMainTaskMayHaveANameAndStillRunsInTheRunnersContext() {
        ContextVar<String> user = new ContextVar<>("user");
        try (Runner runner = new Runner(new VirtualClock())) {
            runner.run(() -> {
                user.set("alice");
            });

            assertThat(runner.run(
                            TaskOptions.named("main"),
                            () -> Asyncio.currentTask().name() + " for " + user.get()))
                    .isEqualTo("main for alice");
        }
    }
}
