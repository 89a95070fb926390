package io.asyncio4j;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.toThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.sync.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The report of tasks that the end of a run cancels.
final class UnfinishedTasksTest {
    private static final String PROPERTY = "asyncio4j.reportUnfinishedTasks";
    private static final Duration DAY = Duration.ofDays(1);

    private static List<List<String>> reportsOf(boolean debug, VoidCoroutine main) {
        try (CapturedLog log = new CapturedLog()) {
            try (Runner runner = new Runner(RunnerOptions.defaults().debug(debug))) {
                runner.run(main);
            }
            return log.lines().stream()
                    .filter(line -> line.contains("not done"))
                    .map(message -> message.replaceAll(", \\d+\\.\\d s left", "")
                            .lines()
                            .filter(line -> !line.contains("created at"))
                            .toList())
                    .toList();
        }
    }

    @Test
    void debugModeNamesThemAndWhatTheyWaitFor() {
        var reports = reportsOf(true, () -> {
            createTask("poller", () -> sleep(DAY));
            createTask("reader", () -> new Event("data").await());
        });
        assertThat(reports)
                .containsExactly(List.of(
                        "WARNING 2 tasks were not done when the main task had ended, so the end of the run cancels"
                                + " them:",
                        "  Task 'poller' waits for a sleep",
                        "  Task 'reader' waits for event 'data', not set",
                        "Await them in the main task, or create them in a task group, which waits for its tasks:"
                                + " taskGroup(group -> group.createTask(...))."));
    }

    @Test
    void onlySomeOfManyAreNamed() {
        var reports = reportsOf(true, () -> {
            for (int i = 1; i <= 12; i++) {
                createTask("task " + i, () -> sleep(DAY));
            }
        });
        assertThat(reports).hasSize(1);
        assertThat(reports.getFirst())
                .hasSize(13)
                .startsWith(
                        "WARNING 12 tasks were not done when the main task had ended, so the end of the run cancels"
                                + " them:",
                        "  Task 'task 1' waits for a sleep")
                .contains("  and 2 more");
    }

    @Test
    void aFailureOfTheMainTaskDoesNotHideThem() {
        try (CapturedLog log = new CapturedLog()) {
            assertThatThrownBy(() -> {
                        try (Runner runner = new Runner(RunnerOptions.defaults().debug(true))) {
                            runner.run(() -> {
                                createTask("left", () -> sleep(DAY));
                                throw new IOException("broken");
                            });
                        }
                    })
                    .hasMessage("broken");
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("WARNING 1 task was not done when the main task had ended, so"
                            + " the end of the run cancels it:"))
                    .hasSize(1);
        }
    }

    @Test
    void outsideDebugModeThePropertyOfTheLauncherAsksForIt() {
        VoidCoroutine main = () -> createTask("left", () -> sleep(DAY));
        assertThat(reportsOf(false, main)).isEmpty();
        System.setProperty(PROPERTY, "true");
        try {
            assertThat(reportsOf(false, main))
                    .containsExactly(List.of(
                            "WARNING 1 task was not done when the main task had ended, so the end of the run cancels"
                                    + " it:",
                            "  Task 'left' waits for a sleep",
                            "Await it in the main task, or create it in a task group, which waits for its tasks:"
                                    + " taskGroup(group -> group.createTask(...))."));
        } finally {
            System.clearProperty(PROPERTY);
        }
    }

    @Test
    void nothingIsSaidWhereAllAreDone() {
        assertThat(reportsOf(true, () -> createTask(() -> sleep(Duration.ZERO)).await()))
                .isEmpty();
    }

    @Test
    void nothingIsSaidWhereTheRunWasEndedFromOutside() {
        Thread caller = Thread.currentThread();
        assertThat(reportsOf(true, () -> {
                    createTask("left", () -> sleep(DAY));
                    try {
                        toThread(() -> {
                            awaitIdle(caller);
                            caller.interrupt();
                        });
                        sleep(DAY);
                    } catch (CancelledError cancelled) {
                        Asyncio.currentTask().uncancel();
                    }
                }))
                .isEmpty();
        assertThat(Thread.interrupted()).isTrue();
    }

    /// Waits until the loop of `thread` waits, so that an interrupt is for the loop and not for a
    /// step.
    private static void awaitIdle(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void nothingIsSaidOfADeadlockWhichNamesTheTasksItself() {
        try (CapturedLog log = new CapturedLog()) {
            assertThatThrownBy(() -> {
                        try (Runner runner = new Runner(RunnerOptions.defaults().debug(true))) {
                            runner.run(() -> new Event("never").await());
                        }
                    })
                    .isInstanceOf(DeadlockException.class);
            assertThat(log.lines()).noneMatch(line -> line.contains("not done"));
        }
    }

    @Test
    void nothingIsSaidOfTasksThatAModuleHasMadeForItself() {
        assertThat(reportsOf(true, () -> EventLoop.access().markOwn(createTask("closing", () -> sleep(DAY)))))
                .isEmpty();
    }

    @Test
    void plainRunSaysNothing() {
        try (CapturedLog log = new CapturedLog()) {
            run(() -> {
                createTask("left", () -> sleep(DAY));
            });
            assertThat(log.lines()).isEmpty();
        }
    }
}
