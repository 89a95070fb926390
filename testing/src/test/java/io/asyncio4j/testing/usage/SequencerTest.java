package io.asyncio4j.testing.usage;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.testing.Tasks.waitUntilAllBlocked;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.CancelledError;
import io.asyncio4j.DeadlockException;
import io.asyncio4j.Task;
import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.testing.Recorder;
import io.asyncio4j.testing.Sequencer;
import io.asyncio4j.testing.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Blocks in several tasks that run in a given order.
final class SequencerTest {
    private final Sequencer order = new Sequencer();
    private final Recorder events = new Recorder();

    @AsyncTest(schedules = 50)
    void blocksRunInTheOrderOfTheirNumbers() {
        taskGroup(tg -> {
            tg.createTask(() -> {
                try (var _ = order.at(1)) {
                    sleep(ofSeconds(1));
                    events.add("one");
                }
                try (var _ = order.at(3)) {
                    events.add("three");
                }
            });
            tg.createTask(() -> {
                try (var _ = order.at(2)) {
                    events.add("two");
                }
                order.at(4, () -> {
                    sleep(ofSeconds(1));
                    events.add("four");
                });
            });
            tg.createTask(() -> {
                sleep(ofSeconds(5));
                try (var _ = order.at(0)) {
                    events.add("zero");
                }
            });
        });

        assertThat(events.timed()).containsExactly("5s zero", "6s one", "6s two", "6s three", "7s four");
        assertThat(order).hasToString("Sequencer[turn 5]");
    }

    @AsyncTest
    void whoseTurnItIsDoesNotSuspend() {
        List<String> trace = new ArrayList<>();
        runningLoop().callSoon(() -> trace.add("callback"));
        try (var _ = order.at(0)) {
            trace.add("zero");
        }
        order.at(1, () -> trace.add("one"));
        sleep(ZERO);

        assertThat(trace).containsExactly("zero", "one", "callback");
    }

    @AsyncTest
    void aTurnIsTakenOnce() {
        createTask("first", () -> order.at(0, () -> {})).await();

        assertThatThrownBy(() -> order.at(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Turn 0 was taken before, by task 'first'; give each block a number of its own");
        assertThatThrownBy(() -> order.at(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no turn -1; turns are numbered from 0");
    }

    @AsyncTest
    void aTaskThatIsCancelledWhileItWaitsBreaksTheSequence() {
        Task<?> one = createTask("one", () -> order.at(1, () -> {}));
        Task<?> two = createTask("two", () -> order.at(2, () -> {}));
        waitUntilAllBlocked();
        one.cancel();

        assertThatThrownBy(() -> await(one)).isInstanceOf(CancelledError.class);
        assertThatThrownBy(() -> await(two))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The sequence is broken: task 'one' was cancelled while it waited for turn 1");
        assertThatThrownBy(() -> order.at(0))
                .hasMessage("The sequence is broken: task 'one' was cancelled while it waited for turn 1");
        assertThat(order).hasToString("Sequencer[turn 0, broken: task 'one' was cancelled while it waited for turn 1]");
    }

    @AsyncTest
    void aBlockThatFailsBreaksTheSequence() {
        Task<?> one = createTask("one", () -> order.at(1, () -> {}));
        waitUntilAllBlocked();

        IOException failure = new IOException("disk full");
        assertThatThrownBy(() -> order.at(0, () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThatThrownBy(() -> await(one))
                .hasMessage("The sequence is broken: the block of turn 0, in task"
                        + " 'aBlockThatFailsBreaksTheSequence()', failed")
                .hasCause(failure);
    }

    @AsyncTest
    void closingTwiceIsHarmless() {
        var zero = order.at(0);
        zero.close();
        var one = order.at(1);
        zero.close();

        assertThat(order).hasToString("Sequencer[turn 1]");
        one.close();
    }

    @AsyncTest
    void onlyTasksHaveTurns() {
        List<String> messages = new ArrayList<>();
        runningLoop().callSoon(() -> {
            try {
                order.at(0);
            } catch (IllegalStateException e) {
                messages.add(e.getMessage());
            }
        });
        sleep(ZERO);

        assertThat(messages).containsExactly("Only a task can wait for turn 0; this is a callback");
    }

    @Test
    void aGapInTheNumbersIsADeadlockThatNamesIt() {
        assertThatThrownBy(() -> VirtualTime.run(() -> order.at(1, () -> {})))
                .isInstanceOf(DeadlockException.class)
                .hasMessageContaining("Task 'Task-1' waits for turn 1, as turn 0 was not taken");
    }

    @Test
    void whoHoldsATurnIsKnown() {
        assertThatThrownBy(() -> VirtualTime.run(() -> {
                    createTask("one", () -> order.at(1, () -> {}));
                    order.at(0, () -> order.at(2, () -> {}));
                }))
                .isInstanceOf(DeadlockException.class)
                .hasMessageContaining("Task 'one' waits for turn 1, as turn 0 of task 'Task-1' is not over")
                .hasMessageContaining("Task 'Task-1' waits for turn 2, as turn 0 of task 'Task-1' is not over");
    }
}
