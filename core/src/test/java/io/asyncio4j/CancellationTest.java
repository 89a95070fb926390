package io.asyncio4j;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.currentTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.VirtualTime.elapsed;
import static io.asyncio4j.VirtualTime.runVirtually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CancellationTest {
    private static final Duration LONG = Duration.ofDays(1);

    @Test
    void aWaitingTaskGetsTheErrorAtItsAwaitAndItsFutureIsCancelled() {
        runVirtually(() -> {
            Future<Void> future = createFuture();
            var caught = new ArrayList<Throwable>();
            Task<Void> task = createTask(() -> {
                try {
                    future.await();
                } catch (CancelledError error) {
                    caught.add(error);
                    throw error;
                }
            });
            sleep(Duration.ZERO);
            assertThat(task.cancel()).isTrue();
            assertThat(future.isCancelled()).isTrue();
            assertThat(task.isDone()).isFalse();
            assertThatThrownBy(task::await).isSameAs(caught.getFirst());
            assertThat(task.isCancelled()).isTrue();
            assertThat(task.isDone()).isTrue();
        });
    }

    @Test
    void aTaskThatHasNotStartedNeverRuns() {
        var trace = new Trace();
        runVirtually(() -> {
            Task<Void> task = createTask(() -> trace.add("ran"));
            assertThat(task.cancel()).isTrue();
            assertThat(task.isDone()).isFalse();
            sleep(Duration.ZERO);
            assertThat(task.isCancelled()).isTrue();
        });
        trace.assertIs("");
    }

    @Test
    void aSleepingTaskEndsAtOnceAndLeavesNoTimer() {
        runVirtually(() -> {
            Task<Void> task = createTask(() -> sleep(LONG));
            sleep(Duration.ZERO);
            task.cancel();
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
            sleep(Duration.ofSeconds(1));
            assertThat(elapsed()).isEqualTo(Duration.ofSeconds(1));
            assertThat(Innards.of(runningLoop()).timers.isEmpty()).isTrue();
        });
    }

    @Test
    void aYieldingTaskGetsTheErrorAtItsYield() {
        var trace = new Trace();
        runVirtually(() -> {
            Task<Void> task = createTask(() -> {
                trace.add("before");
                sleep(Duration.ZERO);
                trace.add("after");
            });
            sleep(Duration.ZERO);
            task.cancel();
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
        });
        trace.assertIs("before");
    }

    @Test
    void aRunningTaskGetsTheErrorAtItsNextAwait() {
        var trace = new Trace();
        runVirtually(() -> {
            Task<Void> task = createTask(() -> {
                currentTask().cancel("self");
                trace.add("going on");
                sleep(LONG);
                trace.add("never");
            });
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage("self");
            assertThat(elapsed()).isEqualTo(Duration.ZERO);
        });
        trace.assertIs("going on");
    }

    @Test
    void aRunningTaskThatNeverAwaitsAgainEndsCancelledAndItsResultIsLost() {
        runVirtually(() -> {
            Task<Integer> task = createTask(() -> {
                currentTask().cancel("late");
                return 1;
            });
            sleep(Duration.ZERO);
            assertThat(task.isCancelled()).isTrue();
            assertThatThrownBy(task::result).isInstanceOf(CancelledError.class).hasMessage("late");
            assertThatThrownBy(task::exception)
                    .isInstanceOf(CancelledError.class)
                    .hasMessage("late");
        });
    }

    @Test
    void aRunningTaskThatFailsAfterItWasCancelledHasFailed() {
        var failure = new IOException("broken");
        runVirtually(() -> {
            Task<Void> task = createTask(() -> {
                currentTask().cancel();
                throw failure;
            });
            assertThatThrownBy(task::await).isSameAs(failure);
            assertThat(task.isCancelled()).isFalse();
        });
    }

    @Test
    void awaitingAFutureThatIsDoneIsNoPlaceForACancellation() {
        runVirtually(() -> {
            Future<Integer> done = createFuture();
            done.setResult(5);
            currentTask().cancel();
            assertThat(done.await()).isEqualTo(5);
            assertThatThrownBy(() -> sleep(Duration.ZERO)).isInstanceOf(CancelledError.class);
        });
    }

    @Test
    void aTaskWhoseResultIsOnItsWayIsStillCancelled() {
        runVirtually(() -> {
            Future<Integer> future = createFuture();
            Task<Integer> task = createTask(() -> future.await());
            sleep(Duration.ZERO);
            future.setResult(1);
            assertThat(task.cancel("too late for the result")).isTrue();
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage("too late for the result");
            assertThat(future.result()).isEqualTo(1);
        });
    }

    @Test
    void cancellingWhatIsDoneDoesNothing() {
        runVirtually(() -> {
            Task<Integer> task = createTask(() -> 1);
            task.await();
            assertThat(task.cancel()).isFalse();
            assertThat(task.cancelling()).isZero();
            assertThat(task.isCancelled()).isFalse();
            assertThat(task.result()).isEqualTo(1);
        });
    }

    @Test
    void theMessageReachesTheBody() {
        runVirtually(() -> {
            Task<Void> task = createTask(() -> {
                assertThatThrownBy(() -> sleep(LONG))
                        .isInstanceOf(CancelledError.class)
                        .hasMessage("shutting down");
            });
            sleep(Duration.ZERO);
            task.cancel("shutting down");
            task.await();
        });
    }

    @Test
    void withoutAMessageTheErrorHasNone() {
        runVirtually(() -> {
            Task<Void> task = createTask(() -> sleep(LONG));
            sleep(Duration.ZERO);
            task.cancel();
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage(null);
        });
    }

    @Test
    void onlyTheFirstWhoAsksGetsTheErrorWithItsMessage() {
        runVirtually(() -> {
            Task<Void> task = createTask(() -> sleep(LONG));
            sleep(Duration.ZERO);
            task.cancel("why");
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage("why");
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage(null);
            assertThatThrownBy(task::result).isInstanceOf(CancelledError.class).hasMessage(null);
            assertThatThrownBy(task::exception)
                    .isInstanceOf(CancelledError.class)
                    .hasMessage(null);
        });
    }

    @Test
    void cancelledTwiceItGetsOneErrorWithTheFirstMessage() {
        runVirtually(() -> {
            var caught = new ArrayList<String>();
            Task<Integer> task = createTask(() -> {
                for (int i = 0; i < 2; i++) {
                    try {
                        sleep(Duration.ofSeconds(1));
                    } catch (CancelledError error) {
                        caught.add(error.getMessage());
                    }
                }
                return 1;
            });
            sleep(Duration.ZERO);
            assertThat(task.cancel("first")).isTrue();
            assertThat(task.cancel("second")).isTrue();
            assertThat(task.cancelling()).isEqualTo(2);
            assertThat(task.await()).isEqualTo(1);
            assertThat(caught).containsExactly("first");
            assertThat(task.cancelling()).isEqualTo(2);
        });
    }

    @Test
    void cancelledTwiceBeforeItStartsItGetsTheLastMessage() {
        runVirtually(() -> {
            Task<Void> task = createTask(() -> {});
            task.cancel("first");
            task.cancel("second");
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage("second");
        });
    }

    @Test
    void aSwallowedCancellationLetsTheTaskGoOn() {
        runVirtually(() -> {
            Task<String> task = createTask(() -> {
                try {
                    sleep(LONG);
                } catch (CancelledError swallowed) {
                    sleep(Duration.ofSeconds(2));
                }
                return "went on";
            });
            sleep(Duration.ZERO);
            task.cancel();
            assertThat(task.await()).isEqualTo("went on");
            assertThat(elapsed()).isEqualTo(Duration.ofSeconds(2));
            assertThat(task.cancelling()).isEqualTo(1);
            assertThat(task.isCancelled()).isFalse();
        });
    }

    @Test
    void itCanBeCancelledAgainAfterItSwallowedOne() {
        runVirtually(() -> {
            Task<Void> task = createTask(() -> {
                try {
                    sleep(LONG);
                } catch (CancelledError swallowed) {
                    sleep(LONG);
                }
            });
            sleep(Duration.ZERO);
            task.cancel();
            sleep(Duration.ZERO);
            assertThat(task.isDone()).isFalse();
            task.cancel();
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
            assertThat(task.cancelling()).isEqualTo(2);
        });
    }

    @Test
    void catchingExceptionDoesNotSwallowIt() {
        runVirtually(() -> {
            Task<Void> task = createTask(() -> {
                try {
                    sleep(LONG);
                } catch (Exception e) {
                    throw new AssertionError("swallowed", e);
                }
            });
            sleep(Duration.ZERO);
            task.cancel();
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
        });
    }

    @Test
    void aFinallyBlockCanAwait() {
        var trace = new Trace();
        runVirtually(() -> {
            Task<Void> task = createTask(() -> {
                try {
                    sleep(LONG);
                } finally {
                    sleep(Duration.ofSeconds(3));
                    trace.add("cleaned");
                }
            });
            sleep(Duration.ZERO);
            task.cancel();
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
            assertThat(elapsed()).isEqualTo(Duration.ofSeconds(3));
        });
        trace.assertIs("cleaned");
    }

    @Test
    void aFailureWhileCleaningUpTakesThePlaceOfTheCancellation() {
        var failure = new IOException("broken");
        runVirtually(() -> {
            Task<Void> task = createTask(() -> {
                try {
                    sleep(LONG);
                } catch (CancelledError error) {
                    throw failure;
                }
            });
            sleep(Duration.ZERO);
            task.cancel();
            assertThatThrownBy(task::await).isSameAs(failure);
            assertThat(task.isCancelled()).isFalse();
        });
    }

    @Test
    void aBodyThatThrowsACancelledErrorIsCancelled() {
        var error = new CancelledError("my own");
        runVirtually(() -> {
            Task<Void> task = createTask(() -> {
                throw error;
            });
            assertThatThrownBy(task::await).isSameAs(error);
            assertThat(task.isCancelled()).isTrue();
            assertThat(task.cancelling()).isZero();
        });
    }

    @Test
    void aChainOfAwaitingTasksIsCancelledFromItsEnd() {
        runVirtually(() -> {
            Future<Void> future = createFuture();
            Task<Void> c = createTask("c", () -> future.await());
            Task<Void> b = createTask("b", () -> c.await());
            Task<Void> a = createTask("a", () -> b.await());
            sleep(Duration.ZERO);
            a.cancel("stop");
            assertThat(List.of(a.cancelling(), b.cancelling(), c.cancelling())).containsExactly(1, 1, 1);
            assertThat(future.isCancelled()).isTrue();
            assertThatThrownBy(a::await).isInstanceOf(CancelledError.class).hasMessage("stop");
            assertThat(List.of(a, b, c)).allMatch(Future::isCancelled);
        });
    }

    @Test
    void anAwaitedTaskThatSwallowsTheCancellationSavesTheOneThatAwaitsIt() {
        runVirtually(() -> {
            Task<String> inner = createTask(() -> {
                try {
                    sleep(LONG);
                } catch (CancelledError swallowed) {
                    return "saved";
                }
                return "slept";
            });
            Task<String> outer = createTask(() -> inner.await());
            sleep(Duration.ZERO);
            outer.cancel();
            assertThat(outer.await()).isEqualTo("saved");
            assertThat(outer.cancelling()).isEqualTo(1);
        });
    }

    @Test
    void cancellingWhatATaskAwaitsCancelsTheTask() {
        runVirtually(() -> {
            Task<Void> inner = createTask(() -> sleep(LONG));
            Task<Void> outer = createTask(() -> inner.await());
            sleep(Duration.ZERO);
            inner.cancel("inner");
            assertThatThrownBy(outer::await).isInstanceOf(CancelledError.class).hasMessage("inner");
            assertThat(outer.isCancelled()).isTrue();
            assertThat(outer.cancelling()).isZero();
        });
    }

    @Test
    void twoTasksThatAwaitEachOtherCanBeCancelled() {
        runVirtually(() -> {
            var tasks = new ArrayList<Task<Void>>();
            tasks.add(createTask("a", () -> tasks.get(1).await()));
            tasks.add(createTask("b", () -> tasks.get(0).await()));
            sleep(Duration.ZERO);
            tasks.getFirst().cancel("untie");
            assertThatThrownBy(() -> tasks.get(0).await()).isInstanceOf(CancelledError.class);
            assertThatThrownBy(() -> tasks.get(1).await()).isInstanceOf(CancelledError.class);
            assertThat(tasks).allMatch(Future::isCancelled);
        });
    }

    @Test
    void aTaskOutsideACircleThatAwaitsItCanBeCancelled() {
        runVirtually(() -> {
            var tasks = new ArrayList<Task<Void>>();
            tasks.add(createTask("a", () -> tasks.get(1).await()));
            tasks.add(createTask("b", () -> tasks.get(0).await()));
            Task<Void> outsider = createTask("outsider", () -> tasks.get(0).await());
            sleep(Duration.ZERO);
            outsider.cancel();
            assertThatThrownBy(outsider::await).isInstanceOf(CancelledError.class);
            assertThat(outsider.isCancelled()).isTrue();
            tasks.get(0).cancel();
            assertThatThrownBy(() -> await(tasks.get(1))).isInstanceOf(CancelledError.class);
        });
    }
}
