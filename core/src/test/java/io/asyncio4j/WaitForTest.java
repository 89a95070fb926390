package io.asyncio4j;

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `waitFor`.
final class WaitForTest {
    private final List<String> log = new ArrayList<>();

    @Test
    void aCoroutineRunsInTheCallingTask() {
        VirtualTime.runVirtually(() -> {
            assertThat(waitFor(() -> currentTask(), ofMillis(1))).isSameAs(currentTask());
            waitFor(() -> log.add("void"), null);
            assertThat(waitFor(() -> sleep(ofMillis(9), "x"), null)).isEqualTo("x");
        });
    }

    @Test
    void aLateTaskIsCancelledAndWaitedFor() {
        VirtualTime.runVirtually(() -> {
            currentTask().setName("main");
            Task<String> late = createTask(() -> {
                try {
                    return sleep(ofMillis(9), "never");
                } finally {
                    sleep(ofMillis(2));
                }
            });
            assertThatThrownBy(() -> waitFor(late, ofMillis(1)))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("Timed out after PT0.001S in task 'main'");
            assertThat(late.isCancelled()).isTrue();
            assertThat(runningLoop().time()).isEqualTo(ofMillis(3).toNanos());
        });
    }

    @Test
    void noTimeAtAllNeverStartsTheCoroutine() {
        VirtualTime.runVirtually(() -> {
            currentTask().setName("main");
            assertThatThrownBy(() -> waitFor(() -> log.add("started"), ZERO))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("Timed out after PT0S in task 'main'");
            assertThat(log).isEmpty();
        });
    }

    @Test
    void noTimeAtAllIsEnoughForWhatIsDone() {
        VirtualTime.runVirtually(() -> {
            Future<String> done = createFuture();
            done.setResult("x");
            assertThat(waitFor(done, ZERO)).isEqualTo("x");
            Future<String> cancelled = createFuture();
            cancelled.cancel();
            assertThatThrownBy(() -> waitFor(cancelled, ofMillis(-1))).isInstanceOf(CancelledError.class);
        });
    }

    @Test
    void aTaskMayRefuseAndGiveItsValue() {
        VirtualTime.runVirtually(() -> {
            Task<String> stubborn = createTask(() -> {
                try {
                    return sleep(ofMillis(9), "never");
                } catch (CancelledError refused) {
                    return "refused";
                }
            });
            sleep(ZERO);
            assertThat(waitFor(stubborn, ZERO)).isEqualTo("refused");
        });
    }

    @Test
    void cancellingTheWaitForCancelsTheTask() {
        VirtualTime.runVirtually(() -> {
            Task<String> inner = createTask(() -> sleep(ofMillis(9), "never"));
            Task<String> waiter = createTask(() -> waitFor(inner, ofMillis(5)));
            sleep(ofMillis(1));
            waiter.cancel("stop");
            assertThatThrownBy(waiter::await).isInstanceOf(CancelledError.class).hasMessage("stop");
            assertThat(inner.isCancelled()).isTrue();
        });
    }

    @Test
    void aWaitWithoutTimeCanBeCancelledItself() {
        VirtualTime.runVirtually(() -> {
            Task<String> stubborn = createTask(() -> {
                try {
                    return sleep(ofMillis(9), "never");
                } catch (CancelledError refused) {
                    return sleep(ofMillis(5), "refused");
                }
            });
            sleep(ZERO);
            Task<String> waiter = createTask(() -> waitFor(stubborn, ZERO));
            sleep(ofMillis(1));
            waiter.cancel();
            assertThatThrownBy(waiter::await).isInstanceOf(CancelledError.class);
            assertThat(stubborn.isDone()).isFalse();
            assertThat(stubborn.await()).isEqualTo("refused");
        });
    }
}
