package io.asyncio4j;

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.testing.VirtualClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `gather` and `gatherOutcomes`.
final class GatherTest {
    private final List<String> log = new ArrayList<>();

    private String after(int millis, String value) {
        sleep(ofMillis(millis));
        log.add(value);
        return value;
    }

    private String failAfter(int millis, String message) throws IOException {
        sleep(ofMillis(millis));
        throw new IOException(message);
    }

    @Test
    void valuesComeInTheOrderGiven() {
        VirtualTime.runVirtually(() -> {
            Task<String> given = createTask(() -> after(2, "b"));
            assertThat(gather(() -> after(3, "a"), given, () -> after(1, "c")).await())
                    .containsExactly("a", "b", "c");
            assertThat(log).containsExactly("c", "b", "a");
        });
    }

    @Test
    void coroutinesWithoutResultsAreGathered() {
        VirtualTime.runVirtually(() -> {
            assertThat(gather(() -> sleep(ofMillis(2)), () -> sleep(ofMillis(1)))
                            .await())
                    .containsExactly(null, null);
            assertThat(gatherOutcomes(() -> sleep(ofMillis(1))).await()).containsExactly(new Outcome<>(null, null));
            assertThat(runningLoop().time()).isEqualTo(ofMillis(3).toNanos());
        });
    }

    @Test
    void nothingGatheredIsDoneAtOnce() {
        VirtualTime.runVirtually(() -> {
            assertThat(gather(List.<Task<String>>of()).result()).isEmpty();
            assertThat(gatherOutcomes(List.<Task<String>>of()).result()).isEmpty();
        });
    }

    @Test
    void whatIsDoneAlreadyIsGatheredAtOnce() {
        VirtualTime.runVirtually(() -> {
            Future<Integer> one = createFuture();
            Future<Integer> two = createFuture();
            one.setResult(1);
            two.setResult(2);
            assertThat(gather(List.of(two, one)).result()).containsExactly(2, 1);
        });
    }

    @Test
    void aFailureThatIsThereAlreadyIsTheOutcomeAtOnce() {
        VirtualTime.runVirtually(() -> {
            Future<Integer> failed = createFuture();
            failed.setException(new IOException("early"));
            Future<Integer> pending = createFuture();
            assertThat(gather(pending, failed).exception())
                    .isInstanceOf(IOException.class)
                    .hasMessage("early");
            assertThat(pending.isDone()).isFalse();
        });
    }

    @Test
    void theWaiterGoesOnTwoIterationsAfterTheLastChild() {
        VirtualTime.runVirtually(() -> {
            Future<Integer> child = createFuture();
            Future<List<Integer>> all = gather(child, child);
            child.setResult(1);
            runningLoop().callSoon(() -> {
                log.add("tick 1");
                runningLoop().callSoon(() -> log.add("tick 2"));
            });
            all.await();
            log.add("gathered");
            assertThat(log).containsExactly("tick 1", "gathered");
            sleep(ZERO);
            assertThat(log).containsExactly("tick 1", "gathered", "tick 2");
        });
    }

    @Test
    void theFirstFailureIsTheOutcomeAndTheOthersGoOn() {
        VirtualTime.runVirtually(() -> {
            Task<String> slow = createTask(() -> after(5, "slow"));
            Future<List<String>> all = gather(slow, createTask(() -> failAfter(1, "first")), () -> failAfter(2, "x"));
            assertThatThrownBy(all::await).isInstanceOf(IOException.class).hasMessage("first");
            assertThat(slow.isDone()).isFalse();
            assertThat(all.cancel()).isFalse();
            assertThat(slow.await()).isEqualTo("slow");
        });
    }

    @Test
    void laterFailuresAreNotReported() {
        List<String> reports = new ArrayList<>();
        try (Runner runner = new Runner(new VirtualClock())) {
            runner.loop().setExceptionHandler((loop, problem) -> reports.add(problem.message()));
            runner.run(() -> {
                assertThatThrownBy(gather(() -> failAfter(1, "one"), () -> failAfter(2, "two"))::await)
                        .hasMessage("one");
                sleep(ofMillis(5));
            });
        }
        assertThat(reports).isEmpty();
    }

    @Test
    void aCancelledChildIsAFailureAndDoesNotCancelTheGathering() {
        VirtualTime.runVirtually(() -> {
            Task<String> child = createTask(() -> after(5, "never"));
            Future<List<String>> all = gather(child, () -> after(1, "other"));
            sleep(ZERO);
            child.cancel("enough");
            assertThatThrownBy(all::await).isInstanceOf(CancelledError.class).hasMessage("enough");
            assertThat(all.isCancelled()).isFalse();
            assertThat(all.exception()).isInstanceOf(CancelledError.class);
        });
    }

    @Test
    void outcomesKeepFailuresAndCancellations() {
        VirtualTime.runVirtually(() -> {
            Future<String> cancelled = createFuture();
            cancelled.cancel("not needed");
            List<Outcome<String>> outcomes = gatherOutcomes(() -> after(1, "a"), () -> failAfter(2, "b"), cancelled)
                    .await();
            assertThat(outcomes.get(0)).isEqualTo(new Outcome<>("a", null));
            assertThat(outcomes.get(0).isFailure()).isFalse();
            assertThat(outcomes.get(0).result()).isEqualTo("a");
            assertThat(outcomes.get(1).isFailure()).isTrue();
            assertThatThrownBy(outcomes.get(1)::result)
                    .isInstanceOf(IOException.class)
                    .hasMessage("b");
            assertThat(outcomes.get(2).exception())
                    .isInstanceOf(CancelledError.class)
                    .hasMessage("not needed");
        });
    }

    @Test
    void cancellingTheWaiterCancelsTheChildren() {
        VirtualTime.runVirtually(() -> {
            Task<String> left = createTask("left", () -> after(5, "left"));
            Task<String> right = createTask("right", () -> after(5, "right"));
            Task<List<String>> waiter = createTask(() -> gather(left, right).await());
            sleep(ofMillis(1));
            waiter.cancel("stop");
            assertThatThrownBy(waiter::await).isInstanceOf(CancelledError.class).hasMessage("stop");
            assertThat(left.isCancelled()).isTrue();
            assertThat(right.isCancelled()).isTrue();
            assertThat(log).isEmpty();
        });
    }

    @Test
    void aCancelledGatheringOfOutcomesFailsWhenItsChildrenHaveEnded() {
        VirtualTime.runVirtually(() -> {
            Task<String> stubborn = createTask(() -> {
                try {
                    return after(5, "never");
                } catch (CancelledError refused) {
                    return after(3, "refused");
                }
            });
            Future<List<Outcome<String>>> all = gatherOutcomes(stubborn);
            sleep(ofMillis(1));
            assertThat(all.cancel("stop")).isTrue();
            assertThatThrownBy(all::await).isInstanceOf(CancelledError.class);
            assertThat(stubborn.result()).isEqualTo("refused");
            assertThat(runningLoop().time()).isEqualTo(ofMillis(4).toNanos());
        });
    }

    @Test
    void aFutureGivenTwiceCountsOnceAndACoroutineGivenTwiceRunsTwice() {
        VirtualTime.runVirtually(() -> {
            Coroutine<String> coroutine = () -> after(1, "c");
            Task<String> task = createTask(() -> after(1, "t"));
            assertThat(gather(task, task, coroutine, coroutine).await()).containsExactly("t", "t", "c", "c");
            assertThat(log).containsExactly("t", "c", "c");
        });
    }

    @Test
    void tasksThatGatherEachOtherCanBeCancelled() {
        VirtualTime.runVirtually(() -> {
            Future<Task<String>> second = createFuture();
            Task<String> first = createTask(() -> gather(second.await()).await().getFirst());
            second.setResult(createTask(() -> gather(first).await().getFirst()));
            sleep(ofMillis(1));
            assertThat(first.cancel()).isTrue();
        });
    }

    @Test
    void aFutureOfAnotherLoopIsRefused() {
        EventLoop other = EventLoop.create(new VirtualClock());
        Future<String> foreign = other.createFuture();
        VirtualTime.runVirtually(() -> assertThatThrownBy(() -> gather(foreign))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot gather Future[pending]: it belongs to another event loop;"
                        + " use runCoroutineThreadsafe(...) there"));
        other.close();
    }

    @Test
    void aGatheringTellsHowManyItWaitsFor() {
        VirtualTime.runVirtually(() -> {
            Future<List<String>> all = gather(createFuture(), createFuture());
            assertThat(all).hasToString("Gathering[of 2, pending]");
            Task<List<String>> waiter = createTask("w", () -> all.await());
            sleep(ZERO);
            assertThat(waiter).hasToString("Task['w', waiting for a gather of 2]");
            waiter.cancel();
        });
    }
}
