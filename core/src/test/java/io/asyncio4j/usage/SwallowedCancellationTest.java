package io.asyncio4j.usage;

import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.Asyncio.timeout;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.CancelledError;
import io.asyncio4j.Runner;
import io.asyncio4j.RunnerOptions;
import io.asyncio4j.Task;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.testing.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Debug mode tells of tasks that were cancelled and go on.
final class SwallowedCancellationTest {
    private final List<String> problems = new ArrayList<>();

    private void debug(VoidCoroutine main) {
        RunnerOptions options = RunnerOptions.defaults()
                .clock(new VirtualClock())
                .debug(true)
                .exceptionHandler((_, problem) -> problems.add(problem.message()
                        .replaceAll("\\.lambda\\$\\w+\\$\\d+", ".lambda")
                        .replaceAll("\\.java:\\d+", ".java")));
        try (Runner runner = new Runner(options)) {
            runner.run(main);
        }
    }

    /// Runs a task, cancels it while it waits, and lets it end.
    private void cancelOnce(VoidCoroutine body) {
        debug(() -> {
            Task<?> task = createTask("stubborn", body);
            sleep(ofMillis(1));
            task.cancel();
            Asyncio.waitAll(List.of(task), null, io.asyncio4j.ReturnWhen.ALL_COMPLETED);
        });
    }

    private static void ignoreCancellation() {
        try {
            waitForEver();
        } catch (CancelledError ignored) {
            // as a library may do that catches Throwable
        }
        sleep(ofMillis(1500));
    }

    private static void waitForEver() {
        createFuture("the end").await();
    }

    @Test
    void whoCaughtItIsToldWhenTheTaskHasEnded() {
        cancelOnce(SwallowedCancellationTest::ignoreCancellation);
        assertThat(problems)
                .containsExactly("Task 'stubborn' was cancelled and swallowed it: the CancelledError was thrown at"
                                     + " io.asyncio4j.usage.SwallowedCancellationTest.waitForEver(SwallowedCancellationTest.java),"
                                     + " caught in io.asyncio4j.usage.SwallowedCancellationTest.ignoreCancellation,"
                                     + " which went on at"
                                     + " io.asyncio4j.usage.SwallowedCancellationTest.ignoreCancellation(SwallowedCancellationTest.java);"
                                     + " the task went on for 1.5 s with 1 await and ended with a result. Let a"
                                     + " CancelledError pass on, or call uncancel() if the task is to go on. The task"
                                     + " was created at"
                                     + " io.asyncio4j.usage.SwallowedCancellationTest.lambda(SwallowedCancellationTest.java)");
    }

    @Test
    void aTaskThatEndsAtOnceHasSwallowedItToo() {
        cancelOnce(() -> {
            try {
                waitForEver();
            } catch (CancelledError ignored) {
                // and that is all
            }
        });
        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .contains("was thrown at io.asyncio4j.usage.SwallowedCancellationTest.waitForEver(")
                        .contains(" and caught; the task went on for 0 ms with 0 awaits and ended with a result."));
    }

    @Test
    void aTaskThatNeverEndsIsToldOfOnceWhileItGoesOn() {
        debug(() -> {
            Task<?> task = createTask("stubborn", () -> {
                for (int i = 0; i < 100; i++) {
                    try {
                        sleep(ofSeconds(1));
                    } catch (CancelledError ignored) {
                        // go on
                    }
                }
            });
            sleep(ofMillis(500));
            task.cancel();
            sleep(ofSeconds(50));
            assertThat(problems)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem)
                            .startsWith("Task 'stubborn' was cancelled and goes on: the CancelledError was thrown at")
                            .contains("; the task went on for 5.0 s with 6 awaits. Let a CancelledError pass on,"));
            Asyncio.waitAll(List.of(task), null, io.asyncio4j.ReturnWhen.ALL_COMPLETED);
        });
        assertThat(problems).hasSize(1);
    }

    @Test
    void aTaskCancelledWhereItDoesNotWaitYet() {
        debug(() -> {
            Task<?> task = createTask("stubborn", () -> {
                Asyncio.currentTask().cancel();
                try {
                    sleep(ZERO);
                } catch (CancelledError ignored) {
                    // go on
                }
            });
            task.await();
        });
        assertThat(problems).hasSize(1);
    }

    // ------------------------------------------------------------------ what is right

    @Test
    void cleaningUpIsNotSwallowing() {
        cancelOnce(() -> {
            try {
                waitForEver();
            } finally {
                sleep(ofSeconds(3));
            }
        });
        assertThat(problems).isEmpty();
    }

    @Test
    void takingItBackIsNotSwallowing() {
        cancelOnce(() -> {
            try {
                waitForEver();
            } catch (CancelledError error) {
                Asyncio.currentTask().uncancel();
            }
            sleep(ofDays(1));
        });
        assertThat(problems).isEmpty();
    }

    @Test
    void timeoutsAndGroupsTakeTheirsBack() {
        debug(() -> {
            assertThatThrownBy(() -> timeout(ofMillis(1), () -> waitForEver())).isInstanceOf(TimeoutException.class);
            taskGroup(tg -> {
                tg.createTask(() -> waitForEver());
                tg.cancel();
                waitForEver();
            });
            sleep(ofDays(1));
        });
        assertThat(problems).isEmpty();
    }

    @Test
    void aTaskWhoseChildSwallowsItHasNot() {
        cancelOnce(() -> createTask("child", SwallowedCancellationTest::ignoreCancellation)
                .await());
        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem).startsWith("Task 'child' was"));
    }

    @Test
    void withoutDebugModeNothingIsKept() {
        try (Runner runner = new Runner(RunnerOptions.defaults()
                .clock(new VirtualClock())
                .debug(false)
                .exceptionHandler((_, problem) -> problems.add(problem.message())))) {
            runner.run(() -> {
                Task<?> task = createTask(SwallowedCancellationTest::ignoreCancellation);
                sleep(ofMillis(1));
                task.cancel();
                task.await();
            });
        }
        assertThat(problems).isEmpty();
    }
}
