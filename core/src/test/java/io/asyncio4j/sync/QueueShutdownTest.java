package io.asyncio4j.sync;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.sync.VirtualTime.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.CancelledError;
import io.asyncio4j.Task;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

final class QueueShutdownTest {
    private static final String CANNOT_GET =
            " cannot get from queue 'jobs': it was shut down and is empty; iterate over the queue, which ends by itself"
                    + " then";
    private static final String CANNOT_PUT =
            " cannot put into queue 'jobs': it was shut down; put all items before you call shutdown()";

    private final Queue<Integer> queue = new Queue<>("jobs", 2);
    private final List<String> log = new ArrayList<>();

    private static void assertShutDown(Task<?> task, String text) {
        assertThat(task.exception())
                .isExactlyInstanceOf(QueueShutDownException.class)
                .hasMessage("Task '" + task.name() + "'" + text);
    }

    @Test
    void itemsThatAreInTheQueueCanStillBeTaken() {
        VirtualTime.run(() -> {
            queue.put(1);
            queue.put(2);
            queue.shutdown();
            assertThat(queue).hasToString("Queue['jobs', 2 of 2 items, 2 unfinished, shut down]");
            assertThat(queue.get()).isEqualTo(1);
            assertThat(queue.getNowait()).isEqualTo(2);
            assertThatThrownBy(queue::get)
                    .isExactlyInstanceOf(QueueShutDownException.class)
                    .hasMessage("Task 'Task-1'" + CANNOT_GET);
            assertThatThrownBy(queue::getNowait)
                    .isExactlyInstanceOf(QueueShutDownException.class)
                    .hasMessage("Task 'Task-1'" + CANNOT_GET);
        });
    }

    @Test
    void nothingCanBePutAnyMore() {
        VirtualTime.run(() -> {
            queue.shutdown();
            queue.shutdown();
            assertThatThrownBy(() -> queue.put(1))
                    .isExactlyInstanceOf(QueueShutDownException.class)
                    .hasMessage("Task 'Task-1'" + CANNOT_PUT);
            assertThatThrownBy(() -> queue.putNowait(1)).isExactlyInstanceOf(QueueShutDownException.class);
        });
    }

    @Test
    void aFullQueueThatIsShutDownSaysSo() {
        VirtualTime.run(() -> {
            queue.put(1);
            queue.put(2);
            queue.shutdown();
            assertThatThrownBy(() -> queue.putNowait(3)).hasMessage("Task 'Task-1'" + CANNOT_PUT);
            assertThatThrownBy(() -> queue.put(3)).hasMessage("Task 'Task-1'" + CANNOT_PUT);
        });
    }

    @Test
    void tasksThatWaitForAnItemAreTold() {
        VirtualTime.run(() -> {
            Task<?> a = createTask("a", () -> queue.get());
            Task<?> b = createTask("b", () -> queue.get());
            pass();
            queue.shutdown();
            pass();
            assertShutDown(a, CANNOT_GET);
            assertShutDown(b, CANNOT_GET);
        });
    }

    @Test
    void tasksThatWaitForRoomAreTold() {
        VirtualTime.run(() -> {
            queue.put(1);
            queue.put(2);
            Task<?> a = createTask("a", () -> queue.put(3));
            Task<?> b = createTask("b", () -> queue.put(4));
            pass();
            queue.shutdown();
            pass();
            assertShutDown(a, CANNOT_PUT);
            assertShutDown(b, CANNOT_PUT);
            assertThat(queue.size()).isEqualTo(2);
        });
    }

    // The queue is shut down after it made room for A, before A could use it.
    @Test
    void aProducerThatWasLetInIsToldTooIfItIsTooLate() {
        VirtualTime.run(() -> {
            queue.put(1);
            queue.put(2);
            Task<?> a = createTask("a", () -> queue.put(3));
            pass();
            queue.getNowait();
            queue.shutdown();
            pass();
            assertShutDown(a, CANNOT_PUT);
        });
    }

    @Test
    void aConsumerThatWasWokenGetsItsItem() {
        VirtualTime.run(() -> {
            Task<?> a = createTask("a", () -> queue.get());
            pass();
            queue.putNowait(1);
            queue.shutdown();
            assertThat(a.await()).isEqualTo(1);
        });
    }

    @Test
    void immediatelyDropsTheItemsWhichCountAsDone() {
        VirtualTime.run(() -> {
            queue.put(1);
            queue.put(2);
            Task<?> joining = createTask("join", queue::join);
            pass();
            queue.shutdown(true);
            assertThat(queue).hasToString("Queue['jobs', 0 of 2 items, 1 waiting to join, shut down]");
            joining.await();
            assertThatThrownBy(queue::get).hasMessage("Task 'Task-1'" + CANNOT_GET);
            assertThatThrownBy(queue::taskDone).isExactlyInstanceOf(IllegalStateException.class);
        });
    }

    @Test
    void immediatelyDoesNotCountItemsInWorkAsDone() {
        VirtualTime.run(() -> {
            queue.put(1);
            queue.put(2);
            queue.get();
            Task<?> joining = createTask("join", queue::join);
            pass();
            queue.shutdown(true);
            pass(2);
            assertThat(joining.isDone()).isFalse();
            queue.taskDone();
            pass();
            assertThat(joining.isDone()).isTrue();
        });
    }

    @Test
    void immediatelyWakesThoseWhoJoinBeforeThoseWhoGet() {
        VirtualTime.run(() -> {
            queue.put(1);
            queue.get();
            createTask("join", () -> {
                queue.join();
                log.add("join");
            });
            for (int i = 1; i <= 2; i++) {
                String name = "get " + i;
                createTask(name, () -> {
                    assertThatThrownBy(queue::get).isExactlyInstanceOf(QueueShutDownException.class);
                    log.add(name);
                });
            }
            pass();
            queue.putNowait(2); // wakes the first
            queue.taskDone();
            queue.shutdown(true);
            pass(2);
            assertThat(log).containsExactly("get 1", "join", "get 2");
        });
    }

    @Test
    void anItemMarkedDoneBeforeItWasTakenIsNotCountedTwice() {
        VirtualTime.run(() -> {
            queue.put(1);
            queue.taskDone();
            queue.shutdown(true);
            assertThat(queue).hasToString("Queue['jobs', 0 of 2 items, shut down]");
        });
    }

    @Test
    void iteratingEndsWhenTheQueueIsShutDownAndEmpty() {
        VirtualTime.run(() -> {
            Task<?> consumer = createTask("consumer", () -> {
                for (int item : queue) {
                    log.add("got " + item);
                }
                log.add("end");
            });
            for (int i = 0; i < 4; i++) {
                queue.put(i);
            }
            queue.shutdown();
            consumer.await();
            assertThat(log).containsExactly("got 0", "got 1", "got 2", "got 3", "end");
        });
    }

    @Test
    void severalTasksCanIterateAndShareTheItems() {
        VirtualTime.run(() -> {
            List<Task<?>> consumers = new ArrayList<>();
            for (String name : List.of("a", "b")) {
                consumers.add(createTask(name, () -> {
                    for (int item : queue) {
                        log.add(name + item);
                        pass();
                    }
                }));
            }
            for (int i = 0; i < 4; i++) {
                queue.put(i);
            }
            queue.shutdown();
            consumers.forEach(Task::await);
            assertThat(log).containsExactlyInAnyOrder("a0", "b1", "a2", "b3");
        });
    }

    @Test
    void aConsumerThatIteratesCanBeCancelled() {
        VirtualTime.run(() -> {
            Task<?> consumer = createTask(() -> {
                for (int item : queue) {
                    log.add("got " + item);
                }
            });
            pass();
            consumer.cancel();
            assertThatThrownBy(consumer::await).isExactlyInstanceOf(CancelledError.class);
            queue.putNowait(1);
            assertThat(queue.getNowait()).isEqualTo(1);
            assertThat(log).isEmpty();
        });
    }

    @Test
    void anIteratorTakesNoItemTwiceAndEndsWithAnError() {
        VirtualTime.run(() -> {
            queue.put(1);
            queue.put(2);
            queue.shutdown();
            Iterator<Integer> items = queue.iterator();
            assertThat(items.hasNext()).isTrue();
            assertThat(items.hasNext()).isTrue();
            assertThat(items.next()).isEqualTo(1);
            assertThat(items.next()).isEqualTo(2);
            assertThat(items.hasNext()).isFalse();
            assertThatThrownBy(items::next)
                    .isExactlyInstanceOf(NoSuchElementException.class)
                    .hasMessage("Task 'Task-1' cannot get from queue 'jobs': it was shut down and is empty; ask"
                            + " hasNext() before next()");
        });
    }
}
