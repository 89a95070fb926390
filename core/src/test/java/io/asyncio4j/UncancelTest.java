package io.asyncio4j;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.currentTask;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.VirtualTime.runVirtually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class UncancelTest {
    @Test
    void cancellingCountsWhatWasNotTakenBack() {
        runVirtually(() -> {
            Task<?> task = currentTask();
            assertThat(task.cancelling()).isZero();
            task.cancel();
            task.cancel();
            assertThat(task.cancelling()).isEqualTo(2);
            assertThat(task.uncancel()).isEqualTo(1);
            assertThat(task.uncancel()).isZero();
            assertThat(task.uncancel()).isZero();
            assertThat(task.cancelling()).isZero();
        });
    }

    @Test
    void theLastUncancelDropsACancellationThatWasNotDelivered() {
        runVirtually(() -> {
            Task<?> task = currentTask();
            task.cancel();
            task.uncancel();
            sleep(Duration.ofSeconds(1));
            assertThat(task.isDone()).isFalse();
        });
    }

    @Test
    void anUncancelThatIsNotTheLastLeavesTheCancellationOnItsWay() {
        runVirtually(() -> {
            Task<?> task = currentTask();
            task.cancel();
            task.cancel();
            task.uncancel();
            assertThatThrownBy(() -> sleep(Duration.ofSeconds(1))).isInstanceOf(CancelledError.class);
            sleep(Duration.ofSeconds(1));
            assertThat(task.cancelling()).isEqualTo(1);
        });
    }

    @Test
    void aTaskThatHasNotStartedRunsWhenItsCancellationIsTakenBack() {
        runVirtually(() -> {
            Task<Integer> task = createTask(() -> 1);
            task.cancel();
            task.uncancel();
            assertThat(task.await()).isEqualTo(1);
        });
    }

    @Test
    void aCancellationThatHasReachedTheAwaitedFutureCannotBeTakenBack() {
        runVirtually(() -> {
            Task<Void> task = createTask(() -> sleep(Duration.ofSeconds(1)));
            sleep(Duration.ZERO);
            task.cancel();
            assertThat(task.uncancel()).isZero();
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
        });
    }

    @Test
    void catchAndUncancelIsHowATimeoutTellsItsOwnCancellationFromAnother() {
        runVirtually(() -> {
            Task<String> task = createTask(() -> {
                try {
                    sleep(Duration.ofDays(1));
                    return "slept";
                } catch (CancelledError error) {
                    return currentTask().uncancel() == 0 ? "mine" : "another's as well";
                }
            });
            sleep(Duration.ZERO);
            task.cancel();
            assertThat(task.await()).isEqualTo("mine");
            assertThat(task.cancelling()).isZero();
        });
    }
}
