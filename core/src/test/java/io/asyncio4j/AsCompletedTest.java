package io.asyncio4j;

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/// `asCompleted`.
final class AsCompletedTest {
    private final List<String> log = new ArrayList<>();

    private static Task<String> after(int millis) {
        return createTask(() -> sleep(ofMillis(millis), "after " + millis));
    }

    @Test
    void theGivenTasksComeInTheOrderInWhichTheyAreDone() {
        VirtualTime.runVirtually(() -> {
            Task<String> slow = after(3);
            Task<String> fast = after(1);
            Coroutine<String> coroutine = () -> sleep(ofMillis(2), "coroutine");
            List<Future<String>> seen = new ArrayList<>();
            for (Future<String> done : asCompleted(List.of(slow, fast, slow, coroutine), null)) {
                log.add(done.result());
                seen.add(done);
            }
            assertThat(log).containsExactly("after 1", "coroutine", "after 3");
            assertThat(seen.get(0)).isSameAs(fast);
            assertThat(seen.get(2)).isSameAs(slow);
        });
    }

    @Test
    void whatIsDoneAlreadyComesInTheNextIteration() {
        VirtualTime.runVirtually(() -> {
            Future<String> ready = createFuture();
            ready.setResult("ready");
            Iterator<Future<String>> iterator =
                    asCompleted(List.of(ready), null).iterator();
            runningLoop().callSoon(() -> log.add("tick"));
            assertThat(iterator.next()).isSameAs(ready);
            assertThat(log).containsExactly("tick");
            assertThat(iterator.hasNext()).isFalse();
            assertThatThrownBy(iterator::next)
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessage("All futures were taken already; ask hasNext() first");
        });
    }

    @Test
    void theIteratorThrowsWhenTheTimeIsOver() {
        VirtualTime.runVirtually(() -> {
            currentTask().setName("main");
            Completions<String> completions = asCompleted(List.of(after(1), after(9)), ofMillis(5));
            assertThat(completions).hasToString("Completions[2 left, 0 done]");
            assertThatThrownBy(() -> {
                        for (Future<String> done : completions) {
                            log.add(done.result());
                        }
                    })
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("Timed out after PT0.005S in task 'main', waiting for the next of several futures");
            assertThat(log).containsExactly("after 1");
        });
    }

    @Test
    void everyCoroutineLeftThrowsWhenTheTimeIsOver() {
        VirtualTime.runVirtually(() -> {
            for (Coroutine<String> next : asCompleted(List.of(after(9), after(1), after(8)), ofMillis(5))
                    .coroutines()) {
                try {
                    log.add(await(next));
                } catch (TimeoutException late) {
                    log.add("late");
                }
            }
            assertThat(log).containsExactly("after 1", "late", "late");
            assertThat(runningLoop().time()).isEqualTo(ofMillis(5).toNanos());
        });
    }

    @Test
    void aCoroutineThrowsTheFailureOfItsFuture() {
        VirtualTime.runVirtually(() -> {
            Future<String> failed = createFuture();
            failed.setException(new IllegalStateException("failed"));
            Coroutine<String> only =
                    asCompleted(List.of(failed), null).coroutines().iterator().next();
            assertThatThrownBy(only::await).hasMessage("failed");
        });
    }

    @Test
    void manyTasksCanShareTheCoroutines() {
        VirtualTime.runVirtually(() -> {
            List<Task<String>> waiters = new ArrayList<>();
            for (Coroutine<String> next :
                    asCompleted(List.of(after(3), after(1), after(2)), null).coroutines()) {
                waiters.add(createTask(next));
            }
            sleep(ZERO);
            waiters.getFirst().cancel();
            assertThat(gatherOutcomes(waiters).await().stream().map(Outcome::value))
                    .containsExactly(null, "after 1", "after 2");
        });
    }

    @Test
    void aCancelledWaiterPassesItsTurnOn() {
        VirtualTime.runVirtually(() -> {
            Future<String> one = createFuture();
            Completions<String> completions = asCompleted(List.of(one, after(9)), null);
            Iterator<Future<String>> iterator = completions.iterator();
            Task<Future<String>> first = createTask(iterator::next);
            Task<Future<String>> second = createTask(iterator::next);
            sleep(ZERO);
            one.setResult("one");
            sleep(ZERO); // now the first is woken
            first.cancel();
            assertThat(second.await()).isSameAs(one);
            assertThat(first.isCancelled()).isTrue();
        });
    }

    @Test
    void aStreamSuspendsToo() {
        VirtualTime.runVirtually(() -> {
            assertThat(asCompleted(List.of(after(3), after(1), after(2)), null).stream()
                            .map(Future::result)
                            .limit(2)
                            .toList())
                    .containsExactly("after 1", "after 2");
            assertThat(runningLoop().time()).isEqualTo(ofMillis(2).toNanos());
        });
    }

    @Test
    void theTimerIsGoneWhenAllAreDone() {
        VirtualTime.runVirtually(() -> {
            asCompleted(List.of(after(1)), ofMillis(50)).stream().forEach(done -> log.add(done.result()));
            assertThat(asCompleted(List.<Task<String>>of(), ofMillis(9))
                            .iterator()
                            .hasNext())
                    .isFalse();
        });
        assertThat(log).containsExactly("after 1");
    }
}
