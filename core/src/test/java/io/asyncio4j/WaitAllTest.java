package io.asyncio4j;

import static io.asyncio4j.Asyncio.*;
import static io.asyncio4j.ReturnWhen.ALL_COMPLETED;
import static io.asyncio4j.ReturnWhen.FIRST_COMPLETED;
import static io.asyncio4j.ReturnWhen.FIRST_EXCEPTION;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.testing.VirtualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `waitAll`.
final class WaitAllTest {
    private static Task<Integer> after(int millis) {
        return createTask(() -> {
            sleep(ofMillis(millis));
            return millis;
        });
    }

    private static Task<Integer> failAfter(int millis) {
        return createTask(() -> {
            sleep(ofMillis(millis));
            throw new IllegalStateException("after " + millis);
        });
    }

    private static void assertTime(int millis) {
        assertThat(runningLoop().time()).isEqualTo(ofMillis(millis).toNanos());
    }

    @Test
    void waitsForAllInTheOrderGiven() {
        VirtualTime.runVirtually(() -> {
            Task<Integer> three = after(3);
            Task<Integer> failed = failAfter(2);
            Done<Integer> done = waitAll(List.of(three, failed, three), null, ALL_COMPLETED);
            assertThat(done.done()).containsExactly(three, failed);
            assertThat(done.pending()).isEmpty();
            assertThat(failed.exception()).hasMessage("after 2");
            assertTime(3);
        });
    }

    @Test
    void theFirstThatIsDoneEndsTheWait() {
        VirtualTime.runVirtually(() -> {
            Task<Integer> slow = after(5);
            Task<Integer> fast = after(1);
            Done<Integer> done = waitAll(List.of(slow, fast), null, FIRST_COMPLETED);
            assertThat(done.done()).containsExactly(fast);
            assertThat(done.pending()).containsExactly(slow);
            assertThat(slow.isDone()).isFalse();
            assertTime(1);
        });
    }

    @Test
    void theFirstFailureEndsTheWaitAndACancellationDoesNot() {
        VirtualTime.runVirtually(() -> {
            Task<Integer> cancelled = after(9);
            Task<Integer> failed = failAfter(2);
            Task<Integer> slow = after(5);
            runningLoop().callLater(ofMillis(1), () -> cancelled.cancel());
            Done<Integer> done = waitAll(List.of(slow, failed, cancelled, after(1)), null, FIRST_EXCEPTION);
            assertThat(done.done()).hasSize(3).contains(failed, cancelled);
            assertThat(done.pending()).containsExactly(slow);
            assertThat(failed.exception()).hasMessage("after 2");
            assertTime(2);
            waitAll(List.of(slow), null, FIRST_EXCEPTION);
            assertTime(5);
        });
    }

    @Test
    void theTimeoutEndsTheWaitAndCancelsNothing() {
        VirtualTime.runVirtually(() -> {
            Task<Integer> slow = after(5);
            Done<Integer> done = waitAll(List.of(after(1), slow), ofMillis(2), ALL_COMPLETED);
            assertThat(done.done()).hasSize(1);
            assertThat(done.pending()).containsExactly(slow);
            assertThat(slow.await()).isEqualTo(5);
        });
    }

    @Test
    void aTimeoutOfZeroLetsWhatIsReadyRun() {
        VirtualTime.runVirtually(() -> {
            Task<Integer> quick = createTask(() -> 1);
            assertThat(waitAll(List.of(quick, after(1)), Duration.ZERO, ALL_COMPLETED)
                            .done())
                    .containsExactly(quick);
            assertTime(0);
        });
    }

    @Test
    void cancellingTheWaitLeavesTheFuturesAlone() {
        VirtualTime.runVirtually(() -> {
            Task<Integer> slow = after(5);
            Task<Done<Integer>> waiter = createTask(() -> waitAll(List.of(slow), ofMillis(9), ALL_COMPLETED));
            sleep(ofMillis(1));
            waiter.cancel();
            assertThatThrownBy(waiter::await).isInstanceOf(CancelledError.class);
            assertThat(slow.await()).isEqualTo(5);
        });
    }

    @Test
    void nothingToWaitForIsAnError() {
        VirtualTime.runVirtually(() -> assertThatThrownBy(() -> waitAll(List.<Task<Integer>>of(), null, ALL_COMPLETED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("waitAll was given no futures to wait for; check isEmpty() first"));
    }

    @Test
    void aFutureOfAnotherLoopIsRefused() {
        EventLoop other = EventLoop.create(new VirtualClock());
        Future<Integer> foreign = other.createFuture();
        VirtualTime.runVirtually(() -> assertThatThrownBy(() -> waitAll(List.of(foreign), null, ALL_COMPLETED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot wait for Future[pending]: it belongs to another event loop;"
                        + " use runCoroutineThreadsafe(...) there"));
        other.close();
    }
}
