package io.asyncio4j.sync;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.sync.VirtualTime.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.CancelledError;
import io.asyncio4j.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QueueTest {
    private final List<String> log = new ArrayList<>();

    private Task<?> getting(Queue<Integer> queue, String name) {
        return createTask(name, () -> log.add(name + queue.get()));
    }

    private Task<?> putting(Queue<Integer> queue, int item) {
        return createTask("put" + item, () -> {
            queue.put(item);
            log.add("put" + item);
        });
    }

    @Test
    void handsItemsOnInTheOrderTheyWerePut() {
        Queue<Integer> queue = new Queue<>();
        VirtualTime.run(() -> {
            createTask(() -> log.add("other"));
            queue.put(1);
            queue.putNowait(3);
            queue.put(2);
            assertThat(queue.size()).isEqualTo(3);
            assertThat(List.of(queue.get(), queue.getNowait(), queue.get())).containsExactly(1, 3, 2);
            assertThat(queue.isEmpty()).isTrue();
            assertThat(log).isEmpty(); // nothing suspended
        });
    }

    @Test
    void getWaitsForAnItem() {
        Queue<Integer> queue = new Queue<>();
        VirtualTime.run(() -> {
            Task<?> task = getting(queue, "a");
            sleep(Duration.ofSeconds(1));
            assertThat(task.isDone()).isFalse();
            queue.putNowait(1);
            pass();
            assertThat(log).containsExactly("a1");
        });
    }

    @Test
    void putWaitsForRoom() {
        Queue<Integer> queue = new Queue<>("jobs", 1);
        VirtualTime.run(() -> {
            queue.put(1);
            assertThat(queue.isFull()).isTrue();
            putting(queue, 2);
            putting(queue, 3);
            pass();
            assertThat(queue).hasToString("Queue['jobs', 1 of 1 items, 2 waiting to put, 1 unfinished]");
            assertThat(queue.get()).isEqualTo(1);
            pass();
            assertThat(log).containsExactly("put2");
            assertThat(queue.getNowait()).isEqualTo(2);
            assertThat(queue.isEmpty()).isTrue();
            assertThat(queue.get()).isEqualTo(3);
            assertThat(log).containsExactly("put2", "put3");
        });
    }

    @Test
    void itemsGoToWaitingTasksInTheOrderTheyCame() {
        Queue<Integer> queue = new Queue<>("jobs");
        VirtualTime.run(() -> {
            getting(queue, "a");
            getting(queue, "b");
            getting(queue, "c");
            pass();
            assertThat(queue).hasToString("Queue['jobs', 0 items, 3 waiting to get]");
            queue.putNowait(1);
            queue.putNowait(2);
            queue.putNowait(3);
            pass();
            assertThat(log).containsExactly("a1", "b2", "c3");
        });
    }

    @Test
    void aTaskThatTakesAnItemAtOnceCanForestallAWokenOne() {
        Queue<Integer> queue = new Queue<>();
        VirtualTime.run(() -> {
            getting(queue, "a");
            pass();
            queue.putNowait(1);
            assertThat(queue.get()).isEqualTo(1);
            pass(2);
            assertThat(log).isEmpty();
            queue.putNowait(2);
            pass();
            assertThat(log).containsExactly("a2");
        });
    }

    @Test
    void aWaitingConsumerAndProducerNeverWaitForEachOther() {
        Queue<Integer> queue = new Queue<>(1);
        VirtualTime.run(() -> {
            createTask(() -> {
                for (int i = 0; i < 5; i++) {
                    queue.put(i);
                }
            });
            for (int i = 0; i < 5; i++) {
                assertThat(queue.get()).isEqualTo(i);
            }
        });
    }

    // CPython's bpo-26923: A is woken by an item and cancelled; the item goes to B.
    @Test
    void aWokenConsumerThatIsCancelledPassesTheItemOn() {
        Queue<Integer> queue = new Queue<>();
        VirtualTime.run(() -> {
            Task<?> a = getting(queue, "a");
            getting(queue, "b");
            pass();
            queue.putNowait(1);
            a.cancel();
            pass(2);
            assertThat(a.isCancelled()).isTrue();
            assertThat(log).containsExactly("b1");
        });
    }

    @Test
    void anItemIsNotLostWhenTheOnlyConsumerIsCancelled() {
        Queue<Integer> queue = new Queue<>();
        VirtualTime.run(() -> {
            Task<?> a = getting(queue, "a");
            pass();
            queue.putNowait(1);
            a.cancel();
            pass();
            assertThat(a.isCancelled()).isTrue();
            assertThat(queue.getNowait()).isEqualTo(1);
        });
    }

    @Test
    void anItemGoesPastAConsumerCancelledBefore() {
        Queue<Integer> queue = new Queue<>();
        VirtualTime.run(() -> {
            Task<?> a = getting(queue, "a");
            getting(queue, "b");
            pass();
            a.cancel();
            queue.putNowait(1);
            pass();
            assertThat(log).containsExactly("b1");
            assertThat(queue).hasToString("Queue[0 items, 1 unfinished]");
        });
    }

    @Test
    void aCancelledConsumerThatWasForestalledDoesNotWakeTheNext() {
        Queue<Integer> queue = new Queue<>();
        VirtualTime.run(() -> {
            Task<?> a = getting(queue, "a");
            getting(queue, "b");
            pass();
            queue.putNowait(1);
            queue.getNowait();
            a.cancel();
            pass(2);
            assertThat(queue).hasToString("Queue[0 items, 1 waiting to get, 1 unfinished]");
        });
    }

    @Test
    void aWokenProducerThatIsCancelledPassesTheRoomOn() {
        Queue<Integer> queue = new Queue<>(1);
        VirtualTime.run(() -> {
            queue.put(1);
            Task<?> b = putting(queue, 2);
            Task<?> c = putting(queue, 3);
            pass();
            assertThat(queue.getNowait()).isEqualTo(1);
            b.cancel();
            c.await();
            assertThat(b.isCancelled()).isTrue();
            assertThat(queue.getNowait()).isEqualTo(3);
            assertThat(queue.isEmpty()).isTrue();
        });
    }

    @Test
    void aCancelledProducerDoesNotPutItsItem() {
        Queue<Integer> queue = new Queue<>(1);
        VirtualTime.run(() -> {
            queue.put(1);
            Task<?> task = putting(queue, 2);
            pass();
            task.cancel("enough");
            assertThatThrownBy(task::await)
                    .isExactlyInstanceOf(CancelledError.class)
                    .hasMessage("enough");
            assertThat(queue).hasToString("Queue[1 of 1 items, 1 unfinished]");
        });
    }

    @Test
    void manyCancelledConsumersDoNotKeepAnItemFromTheLast() {
        Queue<Integer> queue = new Queue<>(1);
        VirtualTime.run(() -> {
            List<Task<?>> tasks = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                tasks.add(getting(queue, "task " + i + " got "));
            }
            pass();
            for (int i = 8; i >= 0; i--) {
                tasks.get(i).cancel();
            }
            queue.putNowait(7);
            pass();
            assertThat(log).containsExactly("task 9 got 7");
        });
    }

    @Test
    void joinWaitsUntilEveryItemIsDone() {
        Queue<Integer> queue = new Queue<>("jobs");
        VirtualTime.run(() -> {
            queue.join();
            for (int i = 0; i < 6; i++) {
                queue.putNowait(i);
            }
            for (String name : List.of("a", "b")) {
                createTask(name, () -> {
                    for (int item : queue) {
                        sleep(Duration.ofSeconds(1));
                        log.add(name + item);
                        queue.taskDone();
                    }
                });
            }
            createTask("waiting", () -> {
                queue.join();
                log.add("joined");
            });
            pass();
            assertThat(queue).hasToString("Queue['jobs', 4 items, 1 waiting to join, 6 unfinished]");
            queue.join();
            pass();
            assertThat(log).containsExactly("a0", "b1", "a2", "b3", "a4", "b5", "joined");
            queue.shutdown();
        });
    }

    @Test
    void nullIsAnItemLikeAnyOther() {
        Queue<Integer> queue = new Queue<>();
        LifoQueue<Integer> stack = new LifoQueue<>();
        VirtualTime.run(() -> {
            queue.put(null);
            queue.put(1);
            assertThat(queue.get()).isNull();
            stack.put(1);
            stack.put(null);
            assertThat(stack.get()).isNull();
        });
    }

    @Test
    void aFullOrEmptyQueueRefusesAtOnceWhatCannotWait() {
        Queue<Integer> queue = new Queue<>("jobs", 1);
        VirtualTime.run(() -> {
            assertThatThrownBy(queue::getNowait)
                    .isExactlyInstanceOf(QueueEmptyException.class)
                    .hasMessage("Task 'Task-1' cannot get from queue 'jobs': it is empty; use get(), which waits for an"
                            + " item");
            queue.putNowait(1);
            assertThatThrownBy(() -> queue.putNowait(2))
                    .isExactlyInstanceOf(QueueFullException.class)
                    .hasMessage("Task 'Task-1' cannot put into queue 'jobs': it is full (1 of 1); use put(...), which"
                            + " waits for room");
        });
    }

    @Test
    void taskDoneTooOftenIsAnError() {
        Queue<Integer> queue = new Queue<>("jobs");
        VirtualTime.run(() -> {
            queue.put(1);
            queue.taskDone();
            assertThatThrownBy(queue::taskDone)
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("Task 'Task-1' cannot call taskDone() of queue 'jobs': all its items are done already;"
                            + " call it once for each get()");
        });
    }

    @Test
    void aNegativeSizeIsAnErrorAndZeroIsNoLimit() {
        assertThat(new Queue<>().maxSize()).isZero();
        assertThat(new Queue<>(4).maxSize()).isEqualTo(4);
        assertThat(new Queue<>(0).isFull()).isFalse();
        assertThatThrownBy(() -> new Queue<>("jobs", -1))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("Thread 'main' cannot create queue 'jobs': the maximal size is -1; give 1 or more, or 0 for"
                        + " no limit");
    }

    @Test
    void onlyATaskCanWaitButAnyoneCanPutBeforeALoopRuns() {
        Queue<Integer> queue = new Queue<>("jobs");
        queue.putNowait(1);
        assertThatThrownBy(queue::get)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("Thread 'main' cannot get from queue 'jobs': only a task can wait; in a test, use"
                        + " @AsyncTest of asyncio4j-testing in place of @Test, or start one with Asyncio.run(...)");
        assertThatThrownBy(() -> queue.put(2))
                .hasMessage("Thread 'main' cannot put into queue 'jobs': only a task can wait; in a test, use"
                        + " @AsyncTest of asyncio4j-testing in place of @Test, or start one with Asyncio.run(...)");
        assertThatThrownBy(queue::join)
                .hasMessage("Thread 'main' cannot join queue 'jobs': only a task can wait; in a test, use"
                        + " @AsyncTest of asyncio4j-testing in place of @Test, or start one with Asyncio.run(...)");
        VirtualTime.run(() -> {
            runningLoop().callSoon(() -> queue.putNowait(2));
            assertThat(queue.get()).isEqualTo(1);
            assertThat(queue.get()).isEqualTo(2);
        });
    }

    @Test
    void keepsTheOrderOfMoreItemsThanItHadRoomFor() {
        Asyncio.run(() -> {
            Queue<Integer> queue = new Queue<>();
            Queue<Integer> stack = new LifoQueue<>();
            for (int i = 0; i < 50; i++) {
                queue.putNowait(i);
                stack.putNowait(i);
                if (i < 10) {
                    queue.putNowait(queue.getNowait());
                }
            }
            List<Integer> taken = new ArrayList<>();
            while (!queue.isEmpty()) {
                taken.add(queue.getNowait());
            }
            assertThat(taken).hasSize(50).doesNotHaveDuplicates().endsWith(47, 48, 49);
            assertThat(stack.getNowait()).isEqualTo(49);
        });
    }
}
