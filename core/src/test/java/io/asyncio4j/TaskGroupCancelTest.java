package io.asyncio4j;

import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.currentTask;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.VirtualTime.elapsed;
import static io.asyncio4j.VirtualTime.runVirtually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// Groups that are cancelled: with the task that opened them, or by `cancel()`.
final class TaskGroupCancelTest {
    private static final Duration LONG = Duration.ofDays(1);

    private final IOException failure = new IOException("broken");
    private final Trace trace = new Trace();

    // ------------------------------------------------------------------ from outside

    @Test
    void cancellingTheOpenerWhileItLeavesCancelsTheChildrenAndPassesOn() {
        runVirtually(() -> {
            var children = new ArrayList<Task<Void>>();
            Task<Void> opener = createTask(() -> taskGroup(group -> {
                children.add(group.createTask(() -> sleep(LONG)));
                children.add(group.createTask(() -> sleep(LONG)));
            }));
            sleep(Duration.ofSeconds(1));
            opener.cancel("outside");
            assertThatThrownBy(opener::await).isInstanceOf(CancelledError.class).hasMessage("outside");
            assertThat(children).hasSize(2).allMatch(Future::isCancelled);
            assertThat(opener.cancelling()).isEqualTo(1);
        });
    }

    @Test
    void cancellingTheOpenerInTheBodyCancelsTheChildrenAndPassesOn() {
        runVirtually(() -> {
            var children = new ArrayList<Task<Void>>();
            Task<Void> opener = createTask(() -> taskGroup(group -> {
                children.add(group.createTask(() -> sleep(LONG)));
                sleep(LONG);
            }));
            sleep(Duration.ofSeconds(1));
            opener.cancel("outside");
            assertThatThrownBy(opener::await).isInstanceOf(CancelledError.class).hasMessage("outside");
            assertThat(children).allMatch(Future::isCancelled);
        });
    }

    @Test
    void aSecondCancellationDoesNotHurryChildrenThatCleanUp() {
        runVirtually(() -> {
            Task<Void> opener = createTask(() -> taskGroup(group -> {
                group.createTask(() -> {
                    try {
                        sleep(LONG);
                    } finally {
                        sleep(Duration.ofSeconds(2));
                        trace.add("cleaned");
                    }
                });
            }));
            sleep(Duration.ZERO);
            sleep(Duration.ZERO);
            opener.cancel("one");
            sleep(Duration.ofSeconds(1));
            opener.cancel("two");
            assertThatThrownBy(opener::await).isInstanceOf(CancelledError.class).hasMessage("one");
            assertThat(elapsed()).isEqualTo(Duration.ofSeconds(2));
            assertThat(opener.cancelling()).isEqualTo(2);
        });
        trace.assertIs("cleaned");
    }

    @Test
    void aChildThatFailsWhileTheOpenerIsCancelledComesFirst() {
        runVirtually(() -> {
            Task<Void> opener = createTask(
                    "opener",
                    () -> taskGroup(group -> {
                        group.createTask(() -> {
                            try {
                                sleep(LONG);
                            } catch (CancelledError error) {
                                throw failure;
                            }
                        });
                    }));
            sleep(Duration.ofSeconds(1));
            opener.cancel();
            assertThatThrownBy(opener::await)
                    .isInstanceOf(ExceptionGroup.class)
                    .hasMessage("unhandled errors in the task group of task 'opener' (1 exception)")
                    .hasCause(failure);
            assertThat(opener.cancelling()).isEqualTo(1);
        });
    }

    @Test
    void aCancellationBesidesAFailureReachesTheOpenerAtItsNextAwait() {
        runVirtually(() -> {
            Future<Void> raised = createFuture();
            Task<Void> opener = createTask(() -> {
                var failures = catchThrowableOfType(
                        ExceptionGroup.class,
                        () -> taskGroup(group -> {
                            group.createTask(() -> {
                                raised.setResult(null);
                                throw failure;
                            });
                            sleep(Duration.ofSeconds(1));
                            trace.add("never");
                        }));
                assertThat(failures.exceptions()).containsExactly(failure);
                assertThat(currentTask().cancelling()).isEqualTo(1);
                trace.add("caught");
                sleep(Duration.ofSeconds(1));
                trace.add("never");
            });
            raised.await();
            assertThat(opener.cancelling()).isZero();
            opener.cancel();
            assertThat(opener.cancelling()).isEqualTo(1);
            assertThatThrownBy(opener::await).isInstanceOf(CancelledError.class);
            assertThat(opener.isCancelled()).isTrue();
            assertThat(opener.cancelling()).isEqualTo(1);
            assertThat(elapsed()).isEqualTo(Duration.ZERO);
        });
        trace.assertIs("caught");
    }

    @Test
    void aCancellationSwallowedBeforeTheGroupKeepsItsCountAndComesAgainAfterAFailure() {
        runVirtually(() -> {
            Task<Void> opener = createTask(() -> {
                try {
                    sleep(LONG);
                } catch (CancelledError swallowed) {
                    trace.add("swallowed");
                }
                assertThatThrownBy(() -> taskGroup(group -> {
                            group.createTask(() -> {
                                throw failure;
                            });
                        }))
                        .isInstanceOf(ExceptionGroup.class);
                assertThat(currentTask().cancelling()).isEqualTo(1);
                trace.add("caught");
            });
            sleep(Duration.ZERO);
            opener.cancel();
            assertThatThrownBy(opener::await).isInstanceOf(CancelledError.class);
            assertThat(opener.cancelling()).isEqualTo(1);
        });
        trace.assertIs("swallowed caught");
    }

    @Test
    void aBodyThatThrowsACancelledErrorOfItsOwnCancelsTheChildrenAndThrowsIt() {
        var error = new CancelledError("my own");
        runVirtually(() -> {
            var children = new ArrayList<Task<Void>>();
            TaskGroup.VoidBody body = group -> {
                children.add(group.createTask(() -> sleep(LONG)));
                throw error;
            };
            assertThatThrownBy(() -> taskGroup(body)).isSameAs(error);
            assertThat(children).allMatch(Future::isCancelled);
            assertThat(currentTask().cancelling()).isZero();
        });
    }

    @Test
    void nestedGroupsAreCancelledFromTheInside() {
        runVirtually(() -> {
            Task<Void> opener = createTask(() -> {
                try {
                    taskGroup(outer -> {
                        outer.createTask(() -> noteCancellation("outer-child"));
                        try {
                            taskGroup(inner -> {
                                inner.createTask(() -> noteCancellation("inner-child"));
                            });
                        } finally {
                            trace.add("inner");
                        }
                    });
                } finally {
                    trace.add("outer");
                }
            });
            sleep(Duration.ofSeconds(1));
            opener.cancel();
            assertThatThrownBy(opener::await).isInstanceOf(CancelledError.class);
        });
        trace.assertIs("inner-child inner outer-child outer");
    }

    private void noteCancellation(String name) {
        try {
            sleep(LONG);
        } finally {
            trace.add(name);
        }
    }

    // ------------------------------------------------------------------ cancel()

    @Test
    void cancelFromTheBodyEndsTheGroupAtTheBodysNextAwaitWithoutAnError() {
        runVirtually(() -> {
            var children = new ArrayList<Task<Void>>();
            String result = taskGroup(group -> {
                children.add(group.createTask(() -> sleep(LONG)));
                sleep(Duration.ofSeconds(1));
                group.cancel();
                trace.add("going-on");
                sleep(LONG);
                trace.add("never");
                return "lost";
            });
            assertThat(result).isNull();
            assertThat(children).allMatch(Future::isCancelled);
            assertThat(currentTask().cancelling()).isZero();
            assertThat(elapsed()).isEqualTo(Duration.ofSeconds(1));
            sleep(Duration.ofSeconds(1));
        });
        trace.assertIs("going-on");
    }

    @Test
    void aBodyThatReturnsAfterCancelKeepsItsResult() {
        runVirtually(() -> {
            String result = taskGroup(group -> {
                group.createTask(() -> sleep(LONG));
                group.cancel();
                return "kept";
            });
            assertThat(result).isEqualTo("kept");
            assertThat(currentTask().cancelling()).isZero();
            sleep(Duration.ofSeconds(1));
        });
    }

    @Test
    void cancelFromAChildEndsTheGroup() {
        runVirtually(() -> {
            taskGroup(group -> {
                group.createTask(() -> noteCancellation("sibling"));
                group.createTask(() -> {
                    sleep(Duration.ofSeconds(1));
                    group.cancel();
                    noteCancellation("itself");
                });
                noteCancellation("body");
            });
            assertThat(elapsed()).isEqualTo(Duration.ofSeconds(1));
            assertThat(currentTask().cancelling()).isZero();
        });
        trace.assertIs("sibling body itself");
    }

    @Test
    void cancelFromOutsideEndsTheGroupOnly() {
        runVirtually(() -> {
            Future<TaskGroup> opened = createFuture();
            Task<String> opener = createTask(() -> {
                taskGroup(group -> {
                    group.createTask(() -> noteCancellation("child"));
                    opened.setResult(group);
                });
                return "after the group";
            });
            TaskGroup group = opened.await();
            sleep(Duration.ofSeconds(1));
            group.cancel();
            assertThat(opener.await()).isEqualTo("after the group");
            assertThat(opener.cancelling()).isZero();
        });
        trace.assertIs("child");
    }

    @Test
    void cancellingAGroupTwiceIsCancellingItOnce() {
        runVirtually(() -> {
            taskGroup(group -> {
                Task<Void> child = group.createTask(() -> noteCancellation("child"));
                sleep(Duration.ZERO);
                group.cancel();
                group.cancel();
                assertThat(child.cancelling()).isEqualTo(1);
                assertThat(currentTask().cancelling()).isEqualTo(1);
            });
            assertThat(currentTask().cancelling()).isZero();
        });
        trace.assertIs("child");
    }

    @Test
    void cancellingAGroupThatHasEndedDoesNothing() {
        runVirtually(() -> {
            TaskGroup ended = taskGroup(group -> group);
            ended.cancel();
            assertThat(currentTask().cancelling()).isZero();
            sleep(Duration.ofSeconds(1));
        });
    }

    @Test
    void failuresAreStillThrownAfterCancel() {
        runVirtually(() -> {
            assertThatThrownBy(() -> taskGroup(group -> {
                        group.createTask(() -> {
                            try {
                                sleep(LONG);
                            } catch (CancelledError error) {
                                throw failure;
                            }
                        });
                        sleep(Duration.ZERO);
                        group.cancel();
                    }))
                    .isInstanceOf(ExceptionGroup.class)
                    .hasCause(failure);
            assertThat(currentTask().cancelling()).isZero();
        });
    }

    @Test
    void cancelDoesNotHideACancellationFromOutside() {
        runVirtually(() -> {
            Task<Void> opener = createTask(() -> taskGroup(group -> {
                group.createTask(() -> sleep(LONG));
                sleep(Duration.ofSeconds(1));
                group.cancel();
                sleep(LONG);
            }));
            sleep(Duration.ofSeconds(1));
            opener.cancel("outside");
            assertThatThrownBy(opener::await).isInstanceOf(CancelledError.class);
            assertThat(opener.cancelling()).isEqualTo(1);
        });
    }
}
