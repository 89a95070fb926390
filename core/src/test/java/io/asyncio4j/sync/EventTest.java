package io.asyncio4j.sync;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.sync.VirtualTime.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.CancelledError;
import io.asyncio4j.Task;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EventTest {
    private final Event event = new Event("ready");
    private final List<String> log = new ArrayList<>();

    private Task<?> awaiting(String name) {
        return createTask(name, () -> {
            event.await();
            log.add(name);
        });
    }

    @Test
    void wakesAllWaitersInTheOrderTheyCame() {
        VirtualTime.run(() -> {
            awaiting("a");
            awaiting("b");
            awaiting("c");
            pass();
            assertThat(log).isEmpty();
            event.set();
            assertThat(log).isEmpty();
            pass();
            assertThat(log).containsExactly("a", "b", "c");
        });
    }

    @Test
    void waitingForASetEventDoesNotSuspend() {
        event.set();
        VirtualTime.run(() -> {
            createTask(() -> log.add("other"));
            event.await();
            assertThat(log).isEmpty();
        });
    }

    @Test
    void staysSetUntilCleared() {
        assertThat(event.isSet()).isFalse();
        event.set();
        event.set();
        assertThat(event.isSet()).isTrue();
        event.clear();
        assertThat(event.isSet()).isFalse();
    }

    @Test
    void aWokenWaiterReturnsThoughTheEventWasClearedMeanwhile() {
        VirtualTime.run(() -> {
            awaiting("a");
            pass();
            event.set();
            event.clear();
            awaiting("b");
            pass(2);
            assertThat(log).containsExactly("a");
        });
    }

    @Test
    void aCancelledWaiterLeavesAndTheOthersAreWoken() {
        VirtualTime.run(() -> {
            Task<?> a = awaiting("a");
            awaiting("b");
            pass();
            a.cancel();
            event.set();
            assertThatThrownBy(a::await).isExactlyInstanceOf(CancelledError.class);
            pass();
            assertThat(log).containsExactly("b");
            assertThat(event).hasToString("Event['ready', set]");
        });
    }

    @Test
    void aWaiterThatIsWokenAndCancelledIsCancelled() {
        VirtualTime.run(() -> {
            Task<?> a = awaiting("a");
            pass();
            event.set();
            a.cancel();
            pass();
            assertThat(a.isCancelled()).isTrue();
            assertThat(log).isEmpty();
        });
    }

    @Test
    void onlyATaskCanWait() {
        event.set();
        assertThatThrownBy(event::await)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("Thread 'main' cannot wait for event 'ready': only a task can wait; in a test, use"
                        + " @AsyncTest of asyncio4j-testing in place of @Test, or start one with Asyncio.run(...)");
        VirtualTime.run(() -> {
            runningLoop()
                    .callSoon(() -> assertThatThrownBy(event::await)
                            .hasMessage(
                                    "A callback cannot wait for event 'ready': only a task can wait; create one with"
                                            + " createTask(...)")
                            .satisfies(error -> log.add("refused")));
            pass(2);
        });
        assertThat(log).containsExactly("refused");
    }

    @Test
    void tellsItsNameItsStateAndWhoWaits() {
        assertThat(new Event()).hasToString("Event[not set]");
        VirtualTime.run(() -> {
            awaiting("a");
            pass();
            assertThat(event).hasToString("Event['ready', not set, 1 waiting]");
            event.set();
            assertThat(event).hasToString("Event['ready', set, 1 waiting]");
        });
    }
}
