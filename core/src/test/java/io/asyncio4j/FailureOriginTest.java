package io.asyncio4j;

import static io.asyncio4j.Asyncio.*;
import static io.asyncio4j.VirtualTime.runVirtually;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.asyncio4j.base.Throwing;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The failures of a group say which task failed, and so does one that comes from a gather.
final class FailureOriginTest {
    private final IOException left = new IOException("left");
    private final FileNotFoundException right = new FileNotFoundException("right");
    private final IllegalStateException bottom = new IllegalStateException("bottom");

    private static void failWith(Throwable failure) {
        throw Throwing.sneaky(failure);
    }

    /// Returns the lines of the tree that are no frames.
    private static List<String> tree(Throwable exception) {
        var text = new StringWriter();
        exception.printStackTrace(new PrintWriter(text, true));
        return text.toString()
                .lines()
                .filter(line -> !line.contains("\tat ") && !line.contains("Suppressed: awaited by"))
                .toList();
    }

    /// Runs a group with two failing children and a failing body, of which the first has a group of
    /// its own.
    private ExceptionGroup failures() {
        return catchThrowableOfType(
                ExceptionGroup.class,
                () -> taskGroup(group -> {
                    group.createTask("nested", () -> {
                        taskGroup(inner -> {
                            inner.createTask("bottom", () -> failWith(bottom));
                        });
                    });
                    group.createTask("left", () -> {
                        sleep(ofMillis(1));
                        failWith(left);
                    });
                    group.createTask("right", () -> {
                        try {
                            sleep(ofMillis(2));
                        } catch (CancelledError cancelled) {
                            failWith(right);
                        }
                    });
                    try {
                        sleep(ofMillis(5));
                    } catch (CancelledError cancelled) {
                        failWith(new IllegalArgumentException("body"));
                    }
                }));
    }

    @Test
    void eachFailureOfATaskGroupSaysWhichTaskItIsOf() {
        runVirtually(() -> {
            currentTask().setName("main");
            assertThat(tree(failures())).containsExactly("""
                io.asyncio4j.ExceptionGroup: unhandled errors in the task group of task 'main' (3 exceptions)
                ├── in task 'nested': io.asyncio4j.ExceptionGroup: unhandled errors in the task group of task 'nested' (1 exception)
                │   └── in task 'bottom': java.lang.IllegalStateException: bottom
                ├── in task 'right': java.io.FileNotFoundException: right
                └── in the body, task 'main': java.lang.IllegalArgumentException: body
                """.lines().toArray(String[]::new));
        });
    }

    @Test
    void theExceptionsThemselvesAreAsTheyWereThrown() {
        runVirtually(() -> {
            ExceptionGroup failures = failures();
            assertThat(failures.exceptions().get(1)).isSameAs(right).hasMessage("right");
            assertThat(right.getSuppressed()).isEmpty();
        });
    }

    @Test
    void partsOfAGroupSayItToo() {
        runVirtually(() -> {
            currentTask().setName("main");
            ExceptionGroup.Split parts = failures().split(e -> e.equals(bottom) || e.equals(right));
            assertThat(tree(parts.matching())).containsExactly("""
                io.asyncio4j.ExceptionGroup: unhandled errors in the task group of task 'main' (2 exceptions)
                ├── in task 'nested': io.asyncio4j.ExceptionGroup: unhandled errors in the task group of task 'nested' (1 exception)
                │   └── in task 'bottom': java.lang.IllegalStateException: bottom
                └── in task 'right': java.io.FileNotFoundException: right
                """.lines().toArray(String[]::new));
            assertThat(tree(parts.rest())).containsExactly("""
                io.asyncio4j.ExceptionGroup: unhandled errors in the task group of task 'main' (1 exception)
                └── in the body, task 'main': java.lang.IllegalArgumentException: body
                """.lines().toArray(String[]::new));
        });
    }

    @Test
    void aGroupThatIsMadeByHandSaysNothing() {
        assertThat(tree(new ExceptionGroup("by hand", List.of(left))))
                .containsExactly("io.asyncio4j.ExceptionGroup: by hand (1 exception)", "└── java.io.IOException: left");
    }

    @Test
    void aSubclassThatLeavesFailuresOutWhenDerivedSaysNothing() {
        final class FirstOnly extends ExceptionGroup {
            private static final long serialVersionUID = 1L;

            FirstOnly(List<? extends Throwable> failures) {
                super("short", failures);
            }

            @Override
            public ExceptionGroup derive(List<? extends Throwable> others) {
                return new FirstOnly(others.subList(0, 1));
            }
        }
        ExceptionGroup part = new FirstOnly(List.of(left, right, bottom)).subgroup(IOException.class);
        assertThat(tree(part))
                .containsExactly(part.getClass().getName() + ": short (1 exception)", "└── java.io.IOException: left");
    }

    @Test
    void aGroupThatStandsInTheTreeTwiceIsPrintedOnce() {
        var shared = new ExceptionGroup("shared", List.of(left));
        assertThat(tree(new ExceptionGroup("outer", List.of(shared, shared))))
                .containsExactly(
                        "io.asyncio4j.ExceptionGroup: outer (2 exceptions)",
                        "├── io.asyncio4j.ExceptionGroup: shared (1 exception)",
                        "│   └── java.io.IOException: left",
                        "└── io.asyncio4j.ExceptionGroup: shared (1 exception), see above");
    }

    @Test
    void aFailureThatComesFromAGatherSaysWhichTaskItIsOf() {
        runVirtually(() -> {
            currentTask().setName("main");
            Task<Void> failing = createTask("left", () -> failWith(left));
            Task<Void> other = createTask("right", () -> sleep(ofMillis(1)));
            assertThat(catchThrowable(() -> gather(other, gather(failing)).await()))
                    .isSameAs(left)
                    .hasMessage("left");
            assertThat(left.getSuppressed())
                    .singleElement()
                    .hasToString("awaited by task 'main' in a gather of 2, where task 'left' failed");
            gather(other).await();
        });
    }
}
