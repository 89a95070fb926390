package io.asyncio4j;

import static io.asyncio4j.Asyncio.*;
import static io.asyncio4j.VirtualTime.runVirtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// However deeply groups and gathers are nested, cancelling them and their failures need no deeper
/// stack.
final class DeepNestingTest {
    private static final int LEVELS = 20_000;

    /// Fewer, since an exception takes longer to make than a future.
    private static final int GROUPS = 5_000;

    private final IllegalStateException failure = new IllegalStateException("bottom");

    // ------------------------------------------------------------------ futures

    private static Future<?> nest(Future<?> innermost) {
        Future<?> future = innermost;
        for (int i = 0; i < LEVELS; i++) {
            future = i % 4 == 3 ? shield(future) : gather(future);
        }
        return future;
    }

    @Test
    void gathersOfGathersAreCancelled() {
        runVirtually(() -> {
            Future<Void> innermost = createFuture();
            Future<?> future = innermost;
            for (int i = 0; i < LEVELS; i++) {
                future = gather(future);
            }
            assertThat(future.cancel("stop")).isTrue();
            assertThat(innermost.isCancelled()).isTrue();
            assertThatThrownBy(future::await).isInstanceOf(CancelledError.class).hasMessage("stop");
        });
    }

    @Test
    void gathersOfShieldsOfGathersFailWithTheFailureItself() {
        runVirtually(() -> {
            Future<Void> innermost = createFuture();
            Future<?> outermost = nest(innermost);
            innermost.setException(failure);
            assertThatThrownBy(outermost::await).isSameAs(failure);
            assertThat(failure.getSuppressed()).singleElement().hasToString("awaited by task 'Task-1'");
        });
    }

    @Test
    void aShieldOfShieldsSaysWhatIsWithin() {
        runVirtually(() -> {
            Future<?> future = createFuture();
            for (int i = 0; i < LEVELS; i++) {
                future = shield(future);
            }
            Future<?> outermost = future;
            Task<?> waiting = createTask("waiting", () -> outermost.await());
            sleep(ofMillis(1));
            assertThat(waiting).hasToString("Task['waiting', waiting for a shield of a future]");
            waiting.cancel();
        });
    }

    @Test
    void whoWaitsForTheInnermostIsFound() {
        runVirtually(() -> {
            Future<Void> innermost = createFuture();
            Future<?> outermost = nest(innermost);
            Task<?> waiting = createTask(() -> outermost.await());
            sleep(ofMillis(1));
            assertThat(captureCallGraph(innermost).awaitedBy())
                    .extracting(CallGraph::future)
                    .isEqualTo(List.of(waiting));
            waiting.cancel();
        });
    }

    // ------------------------------------------------------------------ tasks

    private void openGroups(int levels) {
        if (levels == 0) {
            sleep(ofMillis(1));
            throw failure;
        }
        taskGroup(group -> {
            group.createTask(() -> openGroups(levels - 1));
        });
    }

    private Object gatherTasks(int levels) {
        if (levels == 0) {
            sleep(ofHours(1));
            return "never";
        }
        return gather((Coroutine<?>) () -> gatherTasks(levels - 1)).await();
    }

    @Test
    @Tag("slow")
    void nestedGroupsFail() {
        runVirtually(() -> {
            assertThatThrownBy(() -> openGroups(LEVELS)).satisfies(thrown -> {
                Throwable innermost = thrown;
                int levels = 0;
                while (innermost instanceof ExceptionGroup group) {
                    innermost = group.exceptions().getFirst();
                    levels++;
                }
                assertThat(innermost).isSameAs(failure);
                assertThat(levels).isEqualTo(LEVELS);
            });
        });
    }

    @Test
    @Tag("slow")
    void nestedGroupsAreCancelled() {
        runVirtually(() -> {
            Task<Void> task = createTask(() -> openGroups(LEVELS));
            for (int i = 0; i < LEVELS; i++) {
                sleep(ZERO); // one more group opens
            }
            assertThat(allTasks()).hasSizeGreaterThan(LEVELS / 2);
            task.cancel();
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
            assertThat(allTasks()).containsExactly(currentTask());
        });
    }

    @Test
    @Tag("slow")
    void tasksThatGatherTasksAreCancelled() {
        runVirtually(() -> {
            Task<Object> task = createTask(() -> gatherTasks(LEVELS));
            sleep(ofMillis(1));
            assertThat(allTasks()).hasSize(LEVELS + 2);
            task.cancel();
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
            assertThat(allTasks()).containsExactly(currentTask());
        });
    }

    // ------------------------------------------------------------------ exceptions

    /// Returns groups in groups, each but the innermost with a failure besides.
    private ExceptionGroup group(int levels) {
        failure.setStackTrace(new StackTraceElement[0]);
        var group = new ExceptionGroup("level 1", List.of(failure));
        group.setStackTrace(new StackTraceElement[0]);
        for (int level = 2; level <= levels; level++) {
            var other = new IllegalArgumentException("besides");
            other.setStackTrace(new StackTraceElement[0]);
            group = new ExceptionGroup("level " + level, List.of(group, other));
            group.setStackTrace(new StackTraceElement[0]);
        }
        return group;
    }

    private static String printed(Throwable exception) {
        var text = new StringWriter();
        exception.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    @Test
    void deepGroupsPrintEachFailureOnceAndAreNotIndentedForEver() {
        String text = printed(group(GROUPS));
        assertThat(text.lines()).hasSize(2 * GROUPS);
        assertThat(text.lines().filter(line -> line.endsWith("bottom"))).hasSize(1);
        assertThat(text.lines().mapToInt(String::length)).allMatch(length -> length < 200);
    }

    @Test
    void fromSomeLevelOnTheTreeNumbersLevelsInsteadOfIndentingThem() {
        List<String> lines = printed(group(19)).lines().toList();
        String indent = "│   ".repeat(15);
        assertThat(lines.subList(16, 23))
                .containsExactly(
                        indent + "├── io.asyncio4j.ExceptionGroup: level 3 (2 exceptions)",
                        indent + "├── level 17: io.asyncio4j.ExceptionGroup: level 2 (2 exceptions)",
                        indent + "├── level 18: io.asyncio4j.ExceptionGroup: level 1 (1 exception)",
                        indent + "├── level 19: java.lang.IllegalStateException: bottom",
                        indent + "├── level 18: java.lang.IllegalArgumentException: besides",
                        indent + "├── level 17: java.lang.IllegalArgumentException: besides",
                        indent + "└── java.lang.IllegalArgumentException: besides");
    }

    @Test
    void deepGroupsAreShortForToolsThatKnowOnlyCauses() {
        var wrapped = new IllegalStateException("wrapped", group(GROUPS));
        String text = printed(wrapped);
        assertThat(text).contains("Caused by: java.lang.IllegalStateException: bottom");
        assertThat(text.lines().count()).isLessThan(2000);
    }

    @Test
    void deepGroupsAreDividedAndDerived() {
        ExceptionGroup group = group(GROUPS);
        ExceptionGroup.Split parts = group.split(failure::equals);
        assertThat(depth(parts.matching())).isEqualTo(GROUPS);
        assertThat(depth(parts.rest())).isEqualTo(GROUPS - 1);
        assertThat(group.subgroup(Error.class)).isNull();
        assertThat(group.derive(group.exceptions())).hasMessage("level 5000 (2 exceptions)");
    }

    private static int depth(Throwable exception) {
        int levels = 0;
        for (Throwable next = exception;
                next instanceof ExceptionGroup group;
                next = group.exceptions().getFirst()) {
            levels++;
        }
        return levels;
    }

    @Test
    void wideGroupsPrintInTheTimeTheirFailuresTake() {
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < GROUPS; i++) {
            failures.add(group(1));
        }
        assertThat(printed(new ExceptionGroup("wide", failures)).lines().filter(line -> line.endsWith("bottom")))
                .hasSize(GROUPS);
    }
}
