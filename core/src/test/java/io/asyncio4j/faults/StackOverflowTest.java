package io.asyncio4j.faults;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.gather;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.Asyncio.timeout;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Future;
import io.asyncio4j.Task;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.sync.Condition;
import io.asyncio4j.sync.Event;
import io.asyncio4j.sync.Lock;
import io.asyncio4j.sync.Queue;
import io.asyncio4j.sync.Semaphore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A stack that overflows in an operation of the library or near it. The error may reach the task;
/// the loop, other tasks and what the operation is about stay sound.
final class StackOverflowTest {
    private static final Duration SHORT = Duration.ofNanos(1);

    /// How many frames more are left in each round.
    private static final int STEP = 3;

    private static final int ROUNDS = 200;

    /// How many frames the last dive has had.
    private int depth;

    private int ticks;
    private int overflows;

    private void dive(int left, VoidCoroutine operation) throws Exception {
        depth++;
        if (left <= 0) {
            operation.run();
        } else {
            dive(left - 1, operation);
        }
    }

    /// Runs `operation` with ever more of the stack left, and `check` after each.
    private void survives(VoidCoroutine operation, VoidCoroutine check) throws Exception {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        VoidCoroutine main = () -> rounds(operation, check);
        Thread thread = new Thread(null, () -> run(main), "small stack", 512 << 10);
        thread.setUncaughtExceptionHandler((_, thrown) -> failure.set(thrown));
        thread.start();
        thread.join();
        assertThat(failure.get()).isNull();
        assertThat(overflows).as("rounds in which the stack did overflow").isPositive();
    }

    private void rounds(VoidCoroutine operation, VoidCoroutine check) throws Exception {
        Task<?> ticker = createTask("ticker", (VoidCoroutine) this::tick);
        operation.run(); // loads what is needed, which takes much more of the stack
        sleep(SHORT);
        check.run();
        for (int round = 0; round < ROUNDS; round++) {
            depth = 0;
            try {
                dive(Integer.MAX_VALUE, operation);
            } catch (StackOverflowError end) {
                // so deep it is
            }
            try {
                dive(depth - round * STEP, operation);
            } catch (StackOverflowError end) {
                overflows++;
            }
            int before = ticks;
            sleep(Duration.ZERO);
            sleep(Duration.ZERO);
            sleep(SHORT);
            assertThat(ticks).as("turns of another task, in round " + round).isGreaterThan(before);
            check.run();
        }
        ticker.cancel();
    }

    private void tick() {
        while (true) {
            ticks++;
            sleep(Duration.ZERO);
        }
    }

    @Test
    void inSleep() throws Exception {
        survives(() -> sleep(Duration.ZERO), () -> {});
        survives(() -> sleep(SHORT), () -> {});
    }

    @Test
    void inAwait() throws Exception {
        List<Future<?>> futures = new ArrayList<>();
        survives(
                () -> {
                    Future<String> future = createFuture();
                    futures.add(createTask(() -> future.setResult("x")));
                    assertThat(await(future)).isEqualTo("x");
                },
                () -> assertThat(futures).allMatch(Future::isDone));
    }

    @Test
    void inALock() throws Exception {
        Lock lock = new Lock("shared");
        VoidCoroutine user = () -> {
            try (var _ = lock.acquire()) {
                sleep(Duration.ZERO);
            }
        };
        survives(
                () -> {
                    createTask(user);
                    sleep(Duration.ZERO);
                    user.run();
                },
                () -> {
                    user.run();
                    assertThat(lock.isLocked()).isFalse();
                });
    }

    @Test
    void inASemaphoreAndACondition() throws Exception {
        Semaphore semaphore = new Semaphore("two", 2);
        Condition condition = new Condition("changed");
        survives(
                () -> {
                    try (var _ = semaphore.acquire();
                            var _ = condition.acquire()) {
                        condition.signalAll();
                        sleep(Duration.ZERO);
                    }
                },
                () -> {
                    assertThat(semaphore).hasToString("Semaphore['two', 2 free]");
                    assertThat(condition.isLocked()).isFalse();
                });
    }

    @Test
    void inAQueue() throws Exception {
        Queue<Integer> queue = new Queue<>("items", 1);
        int[] taken = {0};
        survives(
                () -> {
                    queue.put(1);
                    queue.get();
                    taken[0]++;
                },
                () -> {
                    while (!queue.isEmpty()) {
                        queue.getNowait();
                    }
                    queue.put(2);
                    assertThat(queue.get()).isEqualTo(2);
                });
    }

    @Test
    void inAnEvent() throws Exception {
        List<Task<?>> waiting = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        survives(
                () -> {
                    Event event = new Event();
                    waiting.add(createTask((VoidCoroutine) event::await));
                    events.add(event);
                    sleep(Duration.ZERO);
                    event.set();
                },
                () -> {
                    for (int i = 0; i < events.size(); i++) {
                        assertThat(waiting.get(i).isDone())
                                .isEqualTo(events.get(i).isSet());
                    }
                    waiting.forEach(Future::cancel);
                    sleep(Duration.ZERO);
                    waiting.clear();
                    events.clear();
                });
    }

    @Test
    void inATaskGroup() throws Exception {
        List<Task<?>> children = new ArrayList<>();
        survives(
                () -> taskGroup(group -> {
                    children.add(group.createTask(() -> sleep(Duration.ZERO)));
                    children.add(group.createTask(() -> sleep(Duration.ofHours(1))));
                    children.getLast().cancel();
                    sleep(Duration.ZERO);
                }),
                () -> {
                    assertThat(children).allMatch(Future::isDone);
                    children.clear();
                });
    }

    @Test
    void inATimeout() throws Exception {
        survives(() -> timeout(Duration.ofHours(1), () -> sleep(Duration.ZERO)), () -> sleep(SHORT));
    }

    @Test
    void inAGather() throws Exception {
        VoidCoroutine child = () -> sleep(Duration.ZERO);
        survives(() -> await(gather(createTask(child), createTask(child))), () -> {});
    }
}
