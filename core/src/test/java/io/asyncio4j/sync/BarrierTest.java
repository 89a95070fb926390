package io.asyncio4j.sync;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.sync.VirtualTime.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.CancelledError;
import io.asyncio4j.Task;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BarrierTest {
    private final Barrier barrier = new Barrier("start", 3);
    private final List<String> log = new ArrayList<>();

    private Task<Integer> arriving(String name) {
        return createTask(name, () -> {
            int place = barrier.await();
            log.add(name + place);
            return place;
        });
    }

    private static String failure(Task<?> task) {
        Throwable failure = task.exception();
        assertThat(failure).isExactlyInstanceOf(BrokenBarrierException.class);
        return failure.getMessage();
    }

    @Test
    void letsAllGoWhenTheLastHasCome() {
        VirtualTime.run(() -> {
            arriving("a");
            arriving("b");
            pass(3);
            assertThat(log).isEmpty();
            assertThat(barrier.waiting()).isEqualTo(2);
            assertThat(barrier).hasToString("Barrier['start', filling, 2 of 3 waiting]");
            assertThat(barrier.await()).isEqualTo(2);
            assertThat(barrier).hasToString("Barrier['start', draining, 0 of 3 waiting]");
            assertThat(log).isEmpty();
            pass(3);
            assertThat(log).containsExactly("a0", "b1");
            assertThat(barrier).hasToString("Barrier['start', filling, 0 of 3 waiting]");
        });
    }

    @Test
    void aBarrierForOneNeverSuspends() {
        Barrier alone = new Barrier(1);
        VirtualTime.run(() -> {
            createTask(() -> log.add("other"));
            assertThat(alone.await()).isZero();
            assertThat(alone.await()).isZero();
            assertThat(log).isEmpty();
        });
    }

    @Test
    void canBeUsedAgainAndAgain() {
        VirtualTime.run(() -> {
            List<Task<?>> tasks = new ArrayList<>();
            for (String name : List.of("a", "b", "c")) {
                tasks.add(createTask(name, () -> {
                    for (int round = 0; round < 3; round++) {
                        log.add(round + ":" + barrier.await());
                    }
                }));
            }
            tasks.forEach(Task::await);
            assertThat(log.subList(0, 3)).containsExactlyInAnyOrder("0:0", "0:1", "0:2");
            assertThat(log.subList(3, 6)).containsExactlyInAnyOrder("1:0", "1:1", "1:2");
            assertThat(log.subList(6, 9)).containsExactlyInAnyOrder("2:0", "2:1", "2:2");
        });
    }

    @Test
    void tasksThatComeWhileItDrainsAreForTheNextRound() {
        VirtualTime.run(() -> {
            arriving("a");
            arriving("b");
            pass();
            arriving("c");
            arriving("d");
            arriving("e");
            pass();
            assertThat(barrier).hasToString("Barrier['start', draining, 0 of 3 waiting]");
            pass(8);
            assertThat(log).containsExactly("c2", "a0", "b1");
            assertThat(barrier).hasToString("Barrier['start', filling, 2 of 3 waiting]");
            arriving("f");
            pass(4);
            assertThat(log).containsExactly("c2", "a0", "b1", "f2", "d0", "e1");
        });
    }

    @Test
    void aCancelledTaskLeavesAndAnotherTakesItsPlace() {
        VirtualTime.run(() -> {
            Task<?> a = arriving("a");
            arriving("b");
            pass();
            a.cancel("bored");
            assertThatThrownBy(a::await)
                    .isExactlyInstanceOf(CancelledError.class)
                    .hasMessage("bored");
            assertThat(barrier.waiting()).isEqualTo(1);
            assertThat(barrier.isBroken()).isFalse();
            arriving("c");
            pass();
            arriving("d");
            pass(4);
            assertThat(log).containsExactly("d2", "b1", "c1"); // the place of one who left is given again
        });
    }

    @Test
    void resetBreaksItForTasksThatWaitAndForThoseOnly() {
        VirtualTime.run(() -> {
            Task<?> a = arriving("a");
            Task<?> b = arriving("b");
            pass();
            barrier.reset();
            assertThat(barrier).hasToString("Barrier['start', resetting, 0 of 3 waiting]");
            assertThat(barrier.isBroken()).isFalse();
            arriving("c");
            arriving("d");
            arriving("e");
            pass(8);
            assertThat(failure(a))
                    .isEqualTo("Task 'a' cannot wait at barrier 'start': it was reset meanwhile; wait again with the"
                            + " others");
            assertThat(failure(b))
                    .isEqualTo("Task 'b' cannot wait at barrier 'start': it was reset meanwhile; wait again with the"
                            + " others");
            assertThat(log).containsExactlyInAnyOrder("c0", "d1", "e2");
        });
    }

    @Test
    void resettingAnEmptyOneChangesNothing() {
        VirtualTime.run(() -> {
            barrier.reset();
            assertThat(barrier).hasToString("Barrier['start', filling, 0 of 3 waiting]");
        });
    }

    // A leaves first and resets the barrier before B has left.
    @Test
    void resetWhileItDrainsBreaksItForThoseThatHaveNotLeft() {
        VirtualTime.run(() -> {
            createTask("a", () -> {
                log.add("a" + barrier.await());
                barrier.reset();
                log.add(barrier.toString());
            });
            Task<?> b = arriving("b");
            pass();
            assertThat(barrier.await()).isEqualTo(2);
            pass(2);
            assertThat(log).containsExactly("a0", "Barrier['start', resetting, 0 of 3 waiting]");
            assertThat(failure(b))
                    .isEqualTo("Task 'b' cannot wait at barrier 'start': it was reset meanwhile; wait again with the"
                            + " others");
            assertThat(barrier).hasToString("Barrier['start', filling, 0 of 3 waiting]");
        });
    }

    @Test
    void abortBreaksItUntilItIsReset() {
        VirtualTime.run(() -> {
            Task<?> a = arriving("a");
            pass();
            barrier.abort();
            assertThat(barrier.isBroken()).isTrue();
            assertThat(barrier).hasToString("Barrier['start', broken]");
            pass(2);
            assertThat(failure(a))
                    .isEqualTo("Task 'a' cannot wait at barrier 'start': it was aborted meanwhile; reset() it before it"
                            + " is used again");
            assertThatThrownBy(barrier::await)
                    .isExactlyInstanceOf(BrokenBarrierException.class)
                    .hasMessage("Task 'Task-1' cannot wait at barrier 'start': it is broken; reset() it before it is"
                            + " used again");
            barrier.reset();
            assertThat(barrier.isBroken()).isFalse();
            arriving("b");
            arriving("c");
            arriving("d");
            pass(4);
            assertThat(log).containsExactlyInAnyOrder("b0", "c1", "d2");
        });
    }

    @Test
    void aTaskThatFailsCanAbortForTheOthers() {
        VirtualTime.run(() -> {
            Task<?> a = arriving("a");
            Task<?> b = createTask("b", () -> {
                try {
                    throw new IllegalArgumentException("bad");
                } finally {
                    barrier.abort();
                }
            });
            pass(4);
            assertThat(b.exception()).hasMessage("bad");
            assertThat(a.exception()).isExactlyInstanceOf(BrokenBarrierException.class);
        });
    }

    @Test
    void aTaskCancelledWhileItWaitsForTheDrainingLeavesNoTrace() {
        VirtualTime.run(() -> {
            arriving("a");
            arriving("b");
            pass();
            arriving("c");
            Task<?> d = arriving("d");
            pass();
            d.cancel();
            pass(6);
            assertThat(d.isCancelled()).isTrue();
            assertThat(log).containsExactly("c2", "a0", "b1");
            assertThat(barrier).hasToString("Barrier['start', filling, 0 of 3 waiting]");
        });
    }

    @Test
    void needsAParty() {
        assertThat(barrier.parties()).isEqualTo(3);
        assertThatThrownBy(() -> new Barrier(0))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("Thread 'main' cannot create an unnamed barrier: the number of parties is 0; give 1 or"
                        + " more");
        assertThatThrownBy(() -> new Barrier("start", -4))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("Thread 'main' cannot create barrier 'start': the number of parties is -4; give 1 or"
                        + " more");
    }

    @Test
    void onlyATaskCanUseIt() {
        assertThatThrownBy(barrier::await)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("Thread 'main' cannot wait at barrier 'start': only a task can wait; in a test, use"
                        + " @AsyncTest of asyncio4j-testing in place of @Test, or start one with Asyncio.run(...)");
        assertThatThrownBy(barrier::reset)
                .hasMessage("Thread 'main' cannot reset barrier 'start': only a task can wait; in a test, use"
                        + " @AsyncTest of asyncio4j-testing in place of @Test, or start one with Asyncio.run(...)");
        assertThatThrownBy(barrier::abort)
                .hasMessage("Thread 'main' cannot abort barrier 'start': only a task can wait; in a test, use"
                        + " @AsyncTest of asyncio4j-testing in place of @Test, or start one with Asyncio.run(...)");
    }
}
