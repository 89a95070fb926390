package io.asyncio4j;

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.testing.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `shield`.
final class ShieldTest {
    private final List<String> reports = new ArrayList<>();

    private void run(VoidCoroutine main) {
        try (Runner runner = new Runner(new VirtualClock())) {
            runner.loop()
                    .setExceptionHandler((loop, problem) -> reports.add(
                            problem.message() + " / " + problem.exception().getMessage()));
            runner.run(main);
        }
    }

    private static int failAfter(int millis) {
        sleep(ofMillis(millis));
        throw new IllegalArgumentException("inner");
    }

    @Test
    void theValueComesThrough() {
        run(() -> {
            assertThat(shield(() -> sleep(ofMillis(1), "x")).await()).isEqualTo("x");
            shield(() -> sleep(ofMillis(1))).await();
            assertThatThrownBy(shield(() -> failAfter(1))::await).hasMessage("inner");
        });
        assertThat(reports).isEmpty();
    }

    @Test
    void whatIsDoneIsItsOwnShield() {
        run(() -> {
            Future<String> done = createFuture();
            done.setResult("x");
            assertThat(shield(done)).isSameAs(done);
        });
    }

    @Test
    void cancellingTheWaiterLeavesTheInnerTaskAlone() {
        run(() -> {
            Task<String> inner = createTask(() -> sleep(ofMillis(5), "kept"));
            Task<String> waiter = createTask(() -> shield(inner).await());
            sleep(ofMillis(1));
            waiter.cancel("stop");
            assertThatThrownBy(waiter::await).isInstanceOf(CancelledError.class).hasMessage("stop");
            assertThat(inner.await()).isEqualTo("kept");
        });
        assertThat(reports).isEmpty();
    }

    @Test
    void cancellingTheInnerTaskCancelsTheShield() {
        run(() -> {
            Task<String> inner = createTask(() -> sleep(ofMillis(5), "never"));
            Future<String> outer = shield(inner);
            sleep(ZERO);
            inner.cancel("stop");
            assertThatThrownBy(outer::await).isInstanceOf(CancelledError.class).hasMessage(null);
            assertThat(outer.isCancelled()).isTrue();
        });
    }

    @Test
    void aFailureAfterTheShieldWasCancelledIsReportedOnce() {
        run(() -> {
            Task<Integer> inner = createTask("inner", () -> failAfter(5));
            Future<Integer> first = shield(inner);
            Future<Integer> second = shield(inner);
            first.cancel();
            second.cancel();
            sleep(ofMillis(9));
        });
        assertThat(reports)
                .containsExactly("The failure of task 'inner' reaches nobody: the shield that waited for it was"
                        + " cancelled / inner");
    }

    @Test
    void aShieldThatWasGivenAnOutcomeIsReported() {
        run(() -> {
            Future<Integer> inner = createFuture();
            Future<Integer> outer = shield(inner);
            inner.setResult(1);
            outer.setResult(2);
            sleep(ZERO);
        });
        assertThat(reports)
                .containsExactly("The shield of a future cannot end as that has / The shield of a future cannot end as"
                        + " that has: Future[result=2] was given an outcome already; leave that to shield()");
    }
}
