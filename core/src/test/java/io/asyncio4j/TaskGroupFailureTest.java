package io.asyncio4j;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.currentTask;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.VirtualTime.elapsed;
import static io.asyncio4j.VirtualTime.runVirtually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.asyncio4j.base.Throwing;
import io.asyncio4j.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Groups in which a child or the body fails.
final class TaskGroupFailureTest {
    private static final Duration LONG = Duration.ofDays(1);

    private final IOException first = new IOException("first");
    private final IOException second = new IOException("second");

    private static ExceptionGroup failuresOf(TaskGroup.VoidBody body) {
        return catchThrowableOfType(ExceptionGroup.class, () -> taskGroup(body));
    }

    @Test
    void theFailureOfAChildCancelsTheOthersAndArrivesInAGroup() {
        runVirtually(() -> {
            var tasks = new ArrayList<Task<Void>>();
            ExceptionGroup failures = failuresOf(group -> {
                tasks.add(group.createTask(() -> sleep(LONG)));
                group.createTask(() -> fail(Duration.ofSeconds(1), first));
                tasks.add(group.createTask(() -> sleep(LONG)));
            });
            assertThat(failures).hasMessage("unhandled errors in the task group of task 'Task-1' (1 exception)");
            assertThat(failures.exceptions()).containsExactly(first);
            assertThat(tasks).allMatch(Future::isCancelled);
            assertThat(elapsed()).isEqualTo(Duration.ofSeconds(1));
            assertThat(currentTask().cancelling()).isZero();
        });
    }

    private static void fail(Duration delay, Throwable failure) {
        sleep(delay);
        throw Throwing.sneaky(failure);
    }

    @Test
    void theFailureOfAChildCancelsTheBodyThatWaits() {
        runVirtually(() -> {
            var trace = new Trace();
            ExceptionGroup failures = failuresOf(group -> {
                group.createTask(() -> fail(Duration.ZERO, first));
                try {
                    sleep(LONG);
                } catch (CancelledError error) {
                    trace.add("body:" + error.getMessage() + ":" + currentTask().cancelling());
                    throw error;
                }
            });
            trace.assertIs("body:null:1");
            assertThat(failures.exceptions()).containsExactly(first);
            assertThat(currentTask().cancelling()).isZero();
            sleep(Duration.ofSeconds(1));
        });
    }

    @Test
    void aBodyThatSwallowsItsCancellationGoesOnAndTheFailureIsStillThrown() {
        runVirtually(() -> {
            var trace = new Trace();
            ExceptionGroup failures = failuresOf(group -> {
                group.createTask(() -> fail(Duration.ZERO, first));
                try {
                    sleep(LONG);
                } catch (CancelledError swallowed) {
                    trace.add("swallowed");
                }
                sleep(Duration.ofSeconds(1));
                trace.add("went-on");
            });
            trace.assertIs("swallowed went-on");
            assertThat(failures.exceptions()).containsExactly(first);
            assertThat(currentTask().cancelling()).isZero();
        });
    }

    @Test
    void theFailureOfTheBodyCancelsTheChildrenAndArrivesInAGroup() {
        runVirtually(() -> {
            var tasks = new ArrayList<Task<Void>>();
            ExceptionGroup failures = failuresOf(group -> {
                tasks.add(group.createTask(() -> sleep(LONG)));
                sleep(Duration.ZERO);
                throw first;
            });
            assertThat(failures.exceptions()).containsExactly(first);
            assertThat(tasks).allMatch(Future::isCancelled);
            assertThat(elapsed()).isEqualTo(Duration.ZERO);
            assertThat(currentTask().cancelling()).isZero();
        });
    }

    @Test
    void aBodyThatFailsWithoutChildrenFailsWithAGroupToo() {
        runVirtually(() -> {
            ExceptionGroup failures = failuresOf(group -> {
                throw first;
            });
            assertThat(failures.exceptions()).containsExactly(first);
        });
    }

    @Test
    void childrenThatHaveNotStartedNeverRunWhenTheBodyFails() {
        var trace = new Trace();
        runVirtually(() -> {
            failuresOf(group -> {
                group.createTask(() -> trace.add("ran"));
                throw first;
            });
        });
        trace.assertIs("");
    }

    @Test
    void severalFailuresArriveInTheOrderInWhichTheyOccurred() {
        runVirtually(() -> {
            ExceptionGroup failures = failuresOf(group -> {
                group.createTask(() -> {
                    try {
                        sleep(LONG);
                    } finally {
                        fail(Duration.ofSeconds(1), second);
                    }
                });
                group.createTask(() -> fail(Duration.ZERO, first));
            });
            assertThat(failures).hasMessage("unhandled errors in the task group of task 'Task-1' (2 exceptions)");
            assertThat(failures.exceptions()).containsExactly(first, second);
            assertThat(failures).hasCause(first);
            assertThat(failures.getSuppressed()).containsExactly(second);
        });
    }

    @Test
    void childrenThatFailInTheSameIterationAllArrive() {
        runVirtually(() -> {
            ExceptionGroup failures = failuresOf(group -> {
                group.createTask(() -> fail(Duration.ofSeconds(1), first));
                group.createTask(() -> fail(Duration.ofSeconds(1), second));
            });
            assertThat(failures.exceptions()).containsExactly(first, second);
        });
    }

    @Test
    void theFailureOfTheBodyComesAfterThoseOfTheChildren() {
        runVirtually(() -> {
            ExceptionGroup failures = failuresOf(group -> {
                group.createTask(() -> fail(Duration.ZERO, first));
                try {
                    sleep(LONG);
                } finally {
                    fail(Duration.ZERO, second);
                }
            });
            assertThat(failures.exceptions()).containsExactly(first, second);
        });
    }

    @Test
    void childrenMayTakeTimeToCleanUp() {
        runVirtually(() -> {
            var trace = new Trace();
            failuresOf(group -> {
                group.createTask(() -> {
                    try {
                        sleep(LONG);
                    } finally {
                        sleep(Duration.ofSeconds(5));
                        trace.add("cleaned");
                    }
                });
                group.createTask(() -> fail(Duration.ofSeconds(1), first));
            });
            trace.assertIs("cleaned");
            assertThat(elapsed()).isEqualTo(Duration.ofSeconds(6));
        });
    }

    @Test
    void aChildThatSwallowsItsCancellationIsWaitedFor() {
        runVirtually(() -> {
            var tasks = new ArrayList<Task<String>>();
            failuresOf(group -> {
                tasks.add(group.createTask(() -> {
                    try {
                        sleep(LONG);
                    } catch (CancelledError swallowed) {
                        sleep(Duration.ofSeconds(3));
                    }
                    return "stubborn";
                }));
                group.createTask(() -> fail(Duration.ofSeconds(1), first));
            });
            assertThat(tasks.getFirst().result()).isEqualTo("stubborn");
            assertThat(elapsed()).isEqualTo(Duration.ofSeconds(4));
        });
    }

    @Test
    void aBodyThatAwaitsTheFailingChildIsCancelledInsteadAndTheFailureArrivesOnce() {
        runVirtually(() -> {
            var trace = new Trace();
            ExceptionGroup failures = failuresOf(group -> {
                Task<Void> child = group.createTask(() -> fail(Duration.ofSeconds(1), first));
                try {
                    child.await();
                } catch (CancelledError error) {
                    trace.add("cancelled");
                    throw error;
                }
            });
            assertThat(failures.exceptions()).containsExactly(first);
            trace.assertIs("cancelled");
        });
    }

    @Test
    void anErrorIsAFailureLikeAnyOther() {
        var error = new AssertionError("no");
        runVirtually(() -> {
            ExceptionGroup failures = failuresOf(group -> {
                group.createTask(() -> {
                    throw error;
                });
            });
            assertThat(failures.exceptions()).containsExactly(error);
        });
    }

    @Test
    void theFailuresOfNestedGroupsAreNested() {
        runVirtually(() -> {
            ExceptionGroup failures = failuresOf(outer -> {
                outer.createTask(
                        "inner",
                        () -> taskGroup(inner -> {
                            inner.createTask(() -> fail(Duration.ZERO, first));
                        }));
                outer.createTask(() -> fail(Duration.ofSeconds(1), second));
            });
            assertThat(failures.exceptions()).hasSize(1);
            assertThat(failures.exceptions().getFirst()).isInstanceOfSatisfying(ExceptionGroup.class, inner -> {
                assertThat(inner).hasMessage("unhandled errors in the task group of task 'inner' (1 exception)");
                assertThat(inner.exceptions()).containsExactly(first);
            });
        });
    }

    @Test
    void aFailureInTheOuterGroupEndsTheInnerOne() {
        runVirtually(() -> {
            var tasks = new ArrayList<Task<Void>>();
            ExceptionGroup failures = failuresOf(outer -> {
                tasks.add(outer.createTask(() -> taskGroup(inner -> {
                    tasks.add(inner.createTask(() -> sleep(LONG)));
                })));
                outer.createTask(() -> fail(Duration.ofSeconds(1), first));
            });
            assertThat(failures.exceptions()).containsExactly(first);
            assertThat(tasks).hasSize(2).allMatch(Future::isCancelled);
        });
    }

    @Test
    void whenBothNestedGroupsFailEachThrowsItsOwn() {
        runVirtually(() -> {
            ExceptionGroup failures = failuresOf(outer -> {
                ExceptionGroup innerFailures = failuresOf(inner -> {
                    inner.createTask(() -> fail(Duration.ZERO, first));
                    outer.createTask(() -> fail(Duration.ZERO, second));
                });
                assertThat(innerFailures.exceptions()).containsExactly(first);
                assertThat(currentTask().cancelling()).isEqualTo(1);
            });
            assertThat(failures.exceptions()).containsExactly(second);
            assertThat(currentTask().cancelling()).isZero();
        });
    }

    @Test
    void anEagerChildThatFailsAtOnceCancelsTheBody() {
        runVirtually(() -> {
            ExceptionGroup failures = failuresOf(group -> {
                group.createTask(TaskOptions.defaults().eagerStart(true), () -> {
                    throw first;
                });
                sleep(LONG);
            });
            assertThat(failures.exceptions()).containsExactly(first);
            assertThat(elapsed()).isEqualTo(Duration.ZERO);
        });
    }

    @Test
    void aTaskThatAddsAFailingTaskIsCancelledByIt() {
        var trace = new Trace();
        runVirtually(() -> {
            ExceptionGroup failures = failuresOf(group -> {
                group.createTask(() -> {
                    group.createTask(() -> {
                        throw first;
                    });
                    try {
                        sleep(Duration.ZERO);
                        sleep(Duration.ZERO);
                    } catch (CancelledError error) {
                        trace.add("cancelled");
                        throw error;
                    }
                });
            });
            assertThat(failures.exceptions()).containsExactly(first);
        });
        trace.assertIs("cancelled");
    }

    @Test
    void aTaskOutsideTheGroupIsNotTouched() {
        runVirtually(() -> {
            Task<String> outside = createTask(() -> sleep(Duration.ofSeconds(9), "untouched"));
            failuresOf(group -> {
                group.createTask(() -> fail(Duration.ofSeconds(1), first));
            });
            assertThat(outside.await()).isEqualTo("untouched");
        });
    }

    @Test
    void failuresInGroupsAreNotReportedAsUnnoticed() {
        var reported = new ArrayList<EventLoop.ExceptionContext>();
        try (Runner runner = new Runner(new VirtualClock())) {
            runner.loop().setExceptionHandler((loop, problem) -> reported.add(problem));
            runner.run(() -> {
                failuresOf(group -> {
                    group.createTask(() -> fail(Duration.ZERO, first));
                    group.createTask(() -> fail(Duration.ZERO, second));
                });
            });
        }
        assertThat(reported).isEqualTo(List.of());
    }
}
