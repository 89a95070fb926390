package io.asyncio4j;

import static io.asyncio4j.Asyncio.*;
import static io.asyncio4j.VirtualTime.runVirtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.base.Throwing;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A group or a timeout tells its own cancellation of the task from those of others, whichever
/// comes first.
final class OwnCancellationTest {
    private final List<String> log = new ArrayList<>();

    private static void cleanUpSlowly() {
        try {
            sleep(ofHours(1));
        } finally {
            sleep(ofMillis(10));
        }
    }

    /// Opens a group that its body cancels after a millisecond, and that takes ten more to end.
    private static void cancelledGroup() {
        taskGroup(group -> {
            group.createTask(() -> cleanUpSlowly());
            sleep(ofMillis(1));
            group.cancel();
        });
    }

    private static void fail(Throwable failure) {
        throw Throwing.sneaky(failure);
    }

    /// Opens such a group in a task whose name is `main`.
    private static Task<Void> start(VoidCoroutine body) {
        return createTask("main", body);
    }

    private static void assertCancelled(Task<?> task, String message) {
        assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage(message);
        assertThat(task.isCancelled()).isTrue();
    }

    // ------------------------------------------------------------------ a group that was cancelled

    @Test
    void aTimeoutReachesAGroupThatEndsAfterCancel() {
        runVirtually(() -> {
            assertThatThrownBy(() -> timeout(ofMillis(5), () -> cancelledGroup()))
                    .isInstanceOf(TimeoutException.class);
            assertThat(currentTask().cancelling()).isZero();
            sleep(ofMillis(1));
        });
    }

    @Test
    void aCancellationReachesAGroupThatEndsAfterCancelWithItsMessage() {
        runVirtually(() -> {
            Task<Void> task = start(() -> cancelledGroup());
            sleep(ofMillis(5));
            task.cancel("outside");
            assertCancelled(task, "outside");
            assertThat(task.cancelling()).isEqualTo(1);
        });
    }

    @Test
    void aCancellationReachesAGroupThatAChildHasCancelled() {
        runVirtually(() -> {
            Task<Void> task = start(() -> taskGroup(group -> {
                group.createTask(() -> cleanUpSlowly());
                group.createTask(() -> {
                    sleep(ofMillis(1));
                    group.cancel();
                });
            }));
            sleep(ofMillis(5));
            task.cancel("outside");
            assertCancelled(task, "outside");
        });
    }

    @Test
    void aCancellationReachesAGroupWhoseBodyWasEndedByCancel() {
        runVirtually(() -> {
            Task<Void> task = start(() -> taskGroup(group -> {
                group.createTask(() -> cleanUpSlowly());
                sleep(ofMillis(1));
                group.cancel();
                sleep(ofHours(1));
            }));
            sleep(ofMillis(5));
            task.cancel("outside");
            assertCancelled(task, "outside");
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCancellationInTheSameIterationReachesIt(boolean groupFirst) {
        runVirtually(() -> {
            List<TaskGroup> groups = new ArrayList<>();
            Task<Void> task = start(() -> taskGroup(group -> {
                groups.add(group);
                sleep(ofHours(1));
            }));
            sleep(ofMillis(1));
            if (groupFirst) {
                groups.getFirst().cancel();
                task.cancel();
            } else {
                task.cancel();
                groups.getFirst().cancel();
            }
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
            assertThat(task.cancelling()).isEqualTo(1);
        });
    }

    @Test
    void aCancellationThatIsPendingWhenTheGroupOpensReachesIt() {
        runVirtually(() -> {
            Task<Void> task = start(() -> {
                currentTask().cancel("before");
                taskGroup(group -> {
                    group.cancel();
                });
                log.add("the group ends");
                sleep(ofMillis(1));
                log.add("never");
            });
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
            assertThat(log).containsExactly("the group ends");
        });
    }

    @Test
    void theFailuresOfAGroupThatWasCancelledComeBeforeACancellation() {
        runVirtually(() -> {
            var failure = new IOException("body");
            Task<Void> task = start(() -> {
                assertThatThrownBy(() -> taskGroup(group -> {
                            group.createTask(() -> cleanUpSlowly());
                            sleep(ofMillis(1));
                            group.cancel();
                            fail(failure);
                        }))
                        .isInstanceOf(ExceptionGroup.class)
                        .hasCause(failure);
                log.add("failed");
                sleep(ofMillis(1));
                log.add("never");
            });
            sleep(ofMillis(5));
            task.cancel();
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
            assertThat(log).containsExactly("failed");
        });
    }

    @Test
    void cancelInTheCleanupOfACancelledTaskEndsTheGroupOnly() {
        runVirtually(() -> {
            Task<Void> task = start(() -> {
                try {
                    sleep(ofHours(1));
                } catch (CancelledError error) {
                    taskGroup(group -> {
                        group.createTask(() -> sleep(ofHours(1)));
                        sleep(ZERO);
                        group.cancel();
                        sleep(ofHours(1));
                    });
                    log.add("first");
                    taskGroup(group -> {
                        group.cancel();
                    });
                    sleep(ofMillis(1));
                    log.add("second");
                    throw error;
                }
            });
            sleep(ofMillis(1));
            task.cancel("outside");
            assertCancelled(task, "outside");
            assertThat(log).containsExactly("first", "second");
        });
    }

    @Test
    void cancelOfAGroupThatShutsDownAlreadyChangesNothing() {
        runVirtually(() -> {
            Task<Void> task = start(() -> taskGroup(group -> {
                group.createTask(() -> {
                    try {
                        sleep(ofHours(1));
                    } finally {
                        group.cancel();
                    }
                });
                sleep(ZERO);
                fail(new CancelledError("the body's own"));
            }));
            assertCancelled(task, "the body's own");
            assertThat(task.cancelling()).isZero();
        });
    }

    @Test
    void nestedGroupsThatAreCancelledTogetherEndEachWithItsOwn() {
        runVirtually(() -> {
            taskGroup(outer -> {
                taskGroup(inner -> {
                    inner.createTask(() -> cleanUpSlowly());
                    sleep(ofMillis(1));
                    inner.cancel();
                    outer.cancel();
                });
                log.add("never");
            });
            log.add("after");
            assertThat(currentTask().cancelling()).isZero();
            sleep(ofMillis(1));
        });
        assertThat(log).containsExactly("after");
    }

    // ------------------------------------------------------------------ eager children

    @Test
    void anEagerChildThatCancelsItsGroupIsCancelledToo() {
        runVirtually(() -> {
            taskGroup(group -> {
                Task<Void> child = group.createTask(TaskOptions.defaults().eagerStart(true), () -> {
                    group.cancel();
                    sleep(ofHours(1));
                });
                assertThat(child.cancelling()).isEqualTo(1);
            });
            assertThat(runningLoop().time()).isZero();
            assertThat(currentTask().cancelling()).isZero();
        });
    }

    @Test
    void anEagerChildThatCancelsItsGroupMayEndAtOnce() {
        runVirtually(() -> {
            taskGroup(group -> {
                Task<String> child = group.createTask(TaskOptions.defaults().eagerStart(true), () -> {
                    group.cancel();
                    return "done";
                });
                assertThat(child.result()).isEqualTo("done");
                assertThatThrownBy(() -> sleep(ZERO)).isInstanceOf(CancelledError.class);
            });
            assertThat(currentTask().cancelling()).isZero();
        });
    }

    @Test
    void aChildThatATaskFactoryMakesTooLateIsCancelledAndRefused() {
        runVirtually(() -> {
            List<Task<?>> made = new ArrayList<>();
            Future<Void> ended = createFuture();
            runningLoop().setTaskFactory((loop, body, options) -> {
                if ("late".equals(options.name())) {
                    ended.await();
                }
                Task<?> task = TaskFactory.standard().create(loop, body, options);
                made.add(task);
                return task;
            });
            List<Task<Void>> others = new ArrayList<>();
            taskGroup(group -> {
                others.add(Asyncio.createTask("other", () -> {
                    group.createTask("late", () -> sleep(ofHours(1)));
                }));
                sleep(ofMillis(1));
            });
            ended.setResult(null);
            assertThatThrownBy(() -> others.getFirst().await())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Task 'late' was added to the task group of task 'Task-1' after the group had ended, by"
                            + " a task factory that waited");
            sleep(ofMillis(1));
            assertThat(made.getLast().isCancelled()).isTrue();
        });
    }

    // ------------------------------------------------------------------ timeouts

    @ParameterizedTest
    @ValueSource(longs = {0, -5, 1})
    void aTimeoutDoesNotTakeACancellationThatWasAskedForBeforeForItsOwn(long millis) {
        runVirtually(() -> {
            Task<Void> task = start(() -> {
                currentTask().cancel("before");
                timeout(ofMillis(millis), () -> sleep(ofHours(1)));
            });
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
            assertThat(task.cancelling()).isEqualTo(1);
        });
    }

    @Test
    void nestedTimeoutsOfZeroLeaveACancellationFromBeforeToOthers() {
        runVirtually(() -> {
            Task<Void> task = start(() -> {
                currentTask().cancel();
                timeout(ZERO, () -> timeoutAt(-1L, () -> waitFor(() -> sleep(ofHours(1)), ofMillis(1))));
            });
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
            assertThat(task.cancelling()).isEqualTo(1);
        });
    }

    @Test
    void aTimeoutThatExpiresWhileACancellationFromBeforeIsOnItsWayLeavesThatToOthers() {
        runVirtually(() -> {
            Task<Void> child = createTask(() -> cleanUpSlowly());
            sleep(ZERO);
            Task<Void> task = start(() -> {
                currentTask().cancel();
                timeout(ofMillis(5), () -> child.await());
            });
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
            assertThat(runningLoop().time()).isEqualTo(ofMillis(5).toNanos());
        });
    }

    @Test
    void aTimeoutMovedIntoThePastLeavesACancellationFromBeforeToOthers() {
        runVirtually(() -> {
            Task<Void> task = start(() -> {
                currentTask().cancel();
                timeout((Duration) null, deadline -> {
                    deadline.reschedule(-1L);
                    sleep(ofHours(1));
                });
            });
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
        });
    }

    @Test
    void aCancellationFromBeforeThatWasTakenBackIsNobodys() {
        runVirtually(() -> {
            Task<Void> task = start(() -> {
                currentTask().cancel();
                timeout(ZERO, () -> {
                    currentTask().uncancel();
                    sleep(ofHours(1));
                });
            });
            assertThatThrownBy(task::await).isInstanceOf(TimeoutException.class);
            assertThat(task.cancelling()).isZero();
        });
    }

    @Test
    void aTimeoutInTheCleanupOfACancelledTaskIsOne() {
        runVirtually(() -> {
            Task<Void> task = start(() -> {
                try {
                    sleep(ofHours(1));
                } finally {
                    assertThatThrownBy(() -> timeout(ZERO, () -> sleep(ofHours(1))))
                            .isInstanceOf(TimeoutException.class);
                    sleep(ofMillis(1));
                    log.add("cleaned up");
                }
            });
            sleep(ofMillis(1));
            task.cancel();
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
            assertThat(log).containsExactly("cleaned up");
        });
    }

    @Test
    void waitForWithoutTimeLeavesACancellationFromBeforeToOthers() {
        runVirtually(() -> {
            Task<Void> task = start(() -> {
                currentTask().cancel();
                waitFor(() -> sleep(ofHours(1)), ZERO);
            });
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
            assertThat(task.cancelling()).isEqualTo(1);
        });
    }
}
