package io.asyncio4j.kernel;

import static io.asyncio4j.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.DeadlockException;
import io.asyncio4j.ExceptionGroup;
import io.asyncio4j.Future;
import io.asyncio4j.Innards;
import io.asyncio4j.ReturnWhen;
import io.asyncio4j.Runner;
import io.asyncio4j.Task;
import io.asyncio4j.diagnose.Watchdog;
import io.asyncio4j.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The failure of a task that nobody awaits is logged while the program runs.
final class LeftAloneFailureTest {
    private static final String SO_FAR = " has failed, and nobody has awaited it so far: java.io.IOException: broken";

    private final Runner runner = new Runner(new VirtualClock());
    private final List<String> logged = new ArrayList<>();
    private final CompletableFuture<String> firstLogged = new CompletableFuture<>();
    private final Logger logger = Logger.getLogger("io.asyncio4j");
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            if (record.getMessage().contains("so far")) {
                assertThat(record.getThrown()).isNull();
                logged.add(record.getLevel() + " " + record.getMessage());
                firstLogged.complete(record.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        runner.loop().setExceptionHandler((loop, problem) -> {});
    }

    @AfterEach
    void stop() {
        runner.close();
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    /// Returns what was logged up to now.
    private List<String> logged() {
        CountDownLatch reported = new CountDownLatch(1);
        Watchdog.report(reported::countDown); // comes after what is to be logged already
        try {
            reported.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return List.copyOf(logged);
    }

    private static Task<Void> createFailingTask(String name) {
        return createTask(name, () -> {
            throw new IOException("broken");
        });
    }

    /// Looks at the failures as the watchdog does, a while from now.
    private void lookIn(Duration time) {
        Innards.of(runner.loop()).failures.look(System.nanoTime() + time.toNanos());
    }

    private static void someIterations() {
        for (int i = 0; i < 4; i++) {
            sleep(Duration.ZERO);
        }
    }

    @Test
    void itIsLoggedOnceWhenItHasBeenLeftAloneForAboutASecond() {
        runner.run(() -> {
            Failures failures = Innards.of(runner.loop()).failures;
            failures.patienceNanos = TimeUnit.DAYS.toNanos(2); // so that a slow machine is not late
            Task<Void> lost = createFailingTask("lost");
            someIterations();
            lookIn(Duration.ZERO);
            lookIn(Duration.ofDays(1));
            assertThat(logged()).isEmpty();
            failures.patienceNanos = Failures.PATIENCE_NANOS;
            lookIn(Duration.ofSeconds(1));
            lookIn(Duration.ofSeconds(2));
            assertThat(logged()).containsExactly("WARNING Task 'lost'" + SO_FAR);
            assertThatThrownBy(lost::await).hasMessage("broken");
        });
        assertThat(Failures.PATIENCE_NANOS).isLessThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(750));
    }

    @Test
    void itIsNotLoggedBeforeWhoWaitsHasHadATurn() {
        runner.run(() -> {
            Task<Void> lost = createFailingTask("lost");
            sleep(Duration.ZERO);
            lookIn(Duration.ofSeconds(1));
            sleep(Duration.ZERO);
            lookIn(Duration.ofSeconds(1));
            assertThat(logged()).isEmpty();
            assertThatThrownBy(lost::await).hasMessage("broken");
            someIterations();
            lookIn(Duration.ofSeconds(1));
            assertThat(logged()).isEmpty();
        });
    }

    @Test
    void inDebugModeItIsLoggedAtOnce() {
        runner.loop().setDebug(true);
        runner.run(() -> {
            Task<Void> lost = createFailingTask("lost");
            someIterations();
            assertThat(logged()).containsExactly("WARNING Task 'lost'" + SO_FAR);
            assertThatThrownBy(lost::await).hasMessage("broken");
        });
    }

    @Test
    void inDebugModeItIsLoggedAlsoByALoopThatHasNothingElseToDo() {
        runner.loop().setDebug(true);
        runner.run(() -> {
            createFailingTask("lost");
            sleep(Duration.ofSeconds(1));
            assertThat(logged()).hasSize(1);
        });
    }

    @Test
    void inDebugModeWhoAwaitsSoonIsInTime() {
        runner.loop().setDebug(true);
        runner.run(() -> {
            assertThatThrownBy(() -> createFailingTask("awaited").await()).hasMessage("broken");
            assertThatThrownBy(() -> gather(createFailingTask("gathered")).await())
                    .hasMessage("broken");
            for (Future<Void> done : waitAll(List.of(createFailingTask("waited")), null, ReturnWhen.ALL_COMPLETED)
                    .done()) {
                assertThatThrownBy(done::result).hasMessage("broken");
            }
            for (Future<Void> done : asCompleted(List.of(createFailingTask("completed")), null)) {
                assertThatThrownBy(done::await).hasMessage("broken");
            }
            assertThatThrownBy(() -> shield(createFailingTask("shielded")).await())
                    .hasMessage("broken");
            assertThatThrownBy(() -> waitFor(createFailingTask("timed"), Duration.ofSeconds(1)))
                    .hasMessage("broken");
            assertThatThrownBy(() -> taskGroup(group -> {
                        group.createTask(() -> {
                            throw new IOException("broken");
                        });
                    }))
                    .isInstanceOf(ExceptionGroup.class);
            createFailingTask("called back").addDoneCallback(Future::exception);
            someIterations();
            sleep(Duration.ofSeconds(1));
        });
        assertThat(logged()).isEmpty();
    }

    @Test
    void aGatherThatNobodyAwaitsIsLoggedInPlaceOfItsTasks() {
        runner.run(() -> {
            gather(createFailingTask("left"), createFailingTask("right"));
            sleep(Duration.ofSeconds(1));
            lookIn(Duration.ofSeconds(1));
            assertThat(logged()).containsExactly("WARNING A gather of 2" + SO_FAR);
        });
    }

    @Test
    void aFutureThatFailsIsNotLogged() {
        runner.run(() -> {
            Future<Void> future = createFuture();
            future.setException(new IOException("broken"));
            sleep(Duration.ofSeconds(1));
            lookIn(Duration.ofSeconds(1));
            assertThatThrownBy(future::await).hasMessage("broken");
        });
        assertThat(logged()).isEmpty();
    }

    @Test
    void severalAreLoggedInOrderAndTheHandlerIsCalledAsWithout() {
        List<String> problems = new ArrayList<>();
        runner.loop().setExceptionHandler((loop, problem) -> problems.add(problem.message()));
        List<Task<Void>> kept = new ArrayList<>();
        runner.run(() -> {
            kept.add(createFailingTask("first"));
            kept.add(createFailingTask("second"));
            kept.add(createFailingTask("third"));
            sleep(Duration.ofSeconds(1));
            assertThat(kept.get(1).exception()).hasMessage("broken");
            lookIn(Duration.ofSeconds(1));
            assertThat(logged()).containsExactly("WARNING Task 'first'" + SO_FAR, "WARNING Task 'third'" + SO_FAR);
            kept.add(createFailingTask("fourth"));
            sleep(Duration.ofSeconds(1));
            lookIn(Duration.ofSeconds(1));
            assertThat(logged()).hasSize(3).contains("WARNING Task 'fourth'" + SO_FAR);
            assertThat(problems).isEmpty();
        });
        runner.close();
        String unnoticed = " was not noticed: nobody awaited it or asked for its exception";
        assertThat(problems)
                .containsExactly(
                        "The failure of task 'first'" + unnoticed,
                        "The failure of task 'third'" + unnoticed,
                        "The failure of task 'fourth'" + unnoticed);
        assertThat(kept).allMatch(Future::isDone);
    }

    @Test
    void theWatchdogLooksWhileTheLoopWaits() {
        runner.close();
        try (var real = new Runner()) {
            real.loop().setExceptionHandler((loop, problem) -> {});
            Innards.of(real.loop()).failures.patienceNanos = 0;
            real.run(() -> {
                createFailingTask("lost");
                assertThat(await(firstLogged)).isEqualTo("Task 'lost'" + SO_FAR);
            });
        }
    }

    @Test
    void anExceptionOfSeveralLinesIsLoggedInOne() {
        runner.run(() -> {
            Task<Void> lost = createTask("lost", () -> {
                throw new IllegalStateException("one\ntwo");
            });
            sleep(Duration.ofSeconds(1));
            lookIn(Duration.ofSeconds(1));
            assertThat(logged())
                    .containsExactly("WARNING Task 'lost' has failed, and nobody has awaited it so far:"
                            + " java.lang.IllegalStateException: one");
            assertThat(lost.exception()).hasMessage("one\ntwo");
        });
    }

    @Test
    void aLoopWithAFailureIsInADeadlockAllTheSame() {
        assertThatThrownBy(() -> run(() -> {
                    createFailingTask("lost");
                    createFuture().await();
                }))
                .isInstanceOf(DeadlockException.class);
    }
}
