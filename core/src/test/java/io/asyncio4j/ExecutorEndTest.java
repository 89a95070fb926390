package io.asyncio4j;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.runInExecutor;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.toThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/// The end of a run with calls in the default executor that do not end.
final class ExecutorEndTest {
    private static final Duration MOMENT = Duration.ofNanos(1);

    private final CountDownLatch gate = new CountDownLatch(1);
    private final CompletableFuture<Thread> started = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /// Blocks until the gate opens, whatever interrupts it.
    private void stubborn() {
        started.complete(Thread.currentThread());
        boolean interrupted = false;
        while (gate.getCount() > 0) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        ended.complete(null);
    }

    /// Waits in the calling task until the call waits at the gate.
    private void awaitStubborn() {
        toThread(() -> {
            Thread thread = started.join();
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        });
    }

    private static Runner newRunner(RunnerOptions options) {
        Runner runner = new Runner(options);
        runner.executorPatience = MOMENT;
        return runner;
    }

    /// The messages, line by line, without what changes from run to run and the frames of the JDK.
    private static List<List<String>> texts(CapturedLog log) {
        return log.lines().stream()
                .map(message -> message.replaceAll("for (?!300)(\\d+ ms|\\d+\\.\\d s)", "for a while")
                        .replaceAll("java:\\d+\\)", "java)")
                        .replaceAll("executor-\\d+", "executor-0")
                        .lines()
                        .filter(line -> !line.contains("      at java."))
                        .toList())
                .toList();
    }

    @Test
    void aCallThatIgnoresItsInterruptIsNamedWhileItIsWaitedFor() {
        try (CapturedLog log = new CapturedLog(gate::countDown)) {
            try (Runner runner = newRunner(RunnerOptions.defaults())) {
                runner.run(() -> {
                    createTask("report", () -> {
                        runInExecutor(null, this::stubborn);
                    });
                    awaitStubborn();
                });
            }
            assertThat(ended).isDone();
            assertThat(texts(log))
                    .containsExactly(List.of(
                            "WARNING The end of the run has waited for the default executor for a while, and waits for"
                                    + " 300.0 s at most. 1 call has not ended:",
                            "  thread 'asyncio4j-executor-0', called by task 'report', for a while",
                            "      at io.asyncio4j.ExecutorEndTest.stubborn(ExecutorEndTest.java)",
                            "Cancelling such a call interrupts its thread: have it end then."
                                    + " RunnerOptions.executorShutdownTimeout(...) changes the limit."));
        }
    }

    @Test
    void theWaitIsGivenUpAtTheLimit() {
        RunnerOptions options = RunnerOptions.defaults().executorShutdownTimeout(MOMENT.plusNanos(1));
        try (CapturedLog log = new CapturedLog()) {
            try (Runner runner = newRunner(options)) {
                runner.run(() -> {
                    runInExecutor(null, this::stubborn);
                    awaitStubborn();
                });
            }
            assertThat(ended).isNotDone();
            assertThat(texts(log)).hasSize(2);
            assertThat(texts(log).getLast())
                    .containsExactly(
                            "WARNING The end of the run has waited for the default executor for a while, and does not"
                                    + " wait any longer. 1 call goes on:",
                            "  thread 'asyncio4j-executor-0', called by task 'Task-1', for a while",
                            "      at io.asyncio4j.ExecutorEndTest.stubborn(ExecutorEndTest.java)");
        }
        gate.countDown();
        ended.join();
    }

    @Test
    void aLimitOfZeroWaitsForNothing() {
        RunnerOptions options = RunnerOptions.defaults().executorShutdownTimeout(Duration.ZERO);
        try (CapturedLog log = new CapturedLog()) {
            try (Runner runner = newRunner(options)) {
                runner.run(() -> {
                    runInExecutor(null, this::stubborn);
                    awaitStubborn();
                });
            }
            assertThat(texts(log)).hasSize(1);
            assertThat(texts(log).getFirst().getFirst())
                    .isEqualTo("WARNING The end of the run has waited for the default executor for a while, and does"
                            + " not wait any longer. 1 call goes on:");
        }
        gate.countDown();
        ended.join();
    }

    @Test
    void callsThatWaitForAThreadAreNamedToo() {
        ExecutorService single = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("single").factory());
        try (CapturedLog log = new CapturedLog(gate::countDown)) {
            try (Runner runner = newRunner(RunnerOptions.defaults())) {
                runner.run(() -> {
                    runningLoop().setDefaultExecutor(single);
                    runInExecutor(null, this::stubborn);
                    for (int i = 0; i < 11; i++) {
                        runInExecutor(null, () -> {});
                    }
                    awaitStubborn();
                });
            }
            assertThat(texts(log)).hasSize(1);
            assertThat(texts(log).getFirst())
                    .startsWith(
                            "WARNING The end of the run has waited for the default executor for a while, and waits for"
                                    + " 300.0 s at most. 12 calls have not ended:",
                            "  thread 'single', called by task 'Task-1', for a while",
                            "      at io.asyncio4j.ExecutorEndTest.stubborn(ExecutorEndTest.java)",
                            "  a call that no thread is free for, called by task 'Task-1'")
                    .contains("  and 2 more");
        }
    }

    @Test
    void nothingIsSaidOfCallsThatEnd() {
        try (CapturedLog log = new CapturedLog()) {
            try (Runner runner = new Runner()) {
                runner.run(() -> {
                    await(runInExecutor(null, () -> {}));
                    runInExecutor(null, () -> ended.complete(null));
                });
            }
            assertThat(ended).isDone();
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void theCommonPoolNeverEndsAndIsNotWaitedFor() {
        try (CapturedLog log = new CapturedLog()) {
            try (Runner runner = new Runner()) {
                runner.run(() -> {
                    runningLoop().setDefaultExecutor(ForkJoinPool.commonPool());
                    await(runInExecutor(null, () -> {}));
                });
            }
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void aNegativeLimitIsRefused() {
        assertThatThrownBy(() -> RunnerOptions.defaults().executorShutdownTimeout(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The time to wait for the default executor must not be negative, but is PT-1S");
    }
}
