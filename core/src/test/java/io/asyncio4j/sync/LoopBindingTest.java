package io.asyncio4j.sync;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.toThread;
import static io.asyncio4j.sync.VirtualTime.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.asyncio4j.CancelledError;
import io.asyncio4j.Runner;
import io.asyncio4j.Task;
import io.asyncio4j.VoidCoroutine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The loop that a primitive belongs to, and the tasks that may use it.
final class LoopBindingTest {
    private final Lock lock = new Lock("x");
    private final Event event = new Event("x");
    private final Condition condition = new Condition("x");
    private final Semaphore semaphore = new Semaphore("x", 0);
    private final Barrier barrier = new Barrier("x", 2);
    private final Queue<Integer> empty = new Queue<>("x", 1);
    private final Queue<Integer> full = new Queue<>("x", 1);

    /// Each waits for something.
    private final List<VoidCoroutine> waits = List.of(
            () -> {
                lock.acquire();
                lock.acquire();
            },
            event::await,
            () -> {
                try (var _ = condition.acquire()) {
                    condition.await();
                }
            },
            semaphore::acquire,
            barrier::await,
            empty::get,
            () -> full.put(2),
            full::join);

    /// Creates a task for each of the waits, and lets it begin to wait.
    private List<Task<?>> startWaits() {
        if (full.isEmpty()) {
            full.putNowait(1);
        }
        List<Task<?>> tasks = new ArrayList<>();
        waits.forEach(wait -> tasks.add(createTask(wait)));
        pass(2);
        return tasks;
    }

    private static List<String> messages(List<VoidCoroutine> actions) {
        List<String> messages = new ArrayList<>();
        for (VoidCoroutine action : actions) {
            Throwable error = catchThrowable(action::run);
            assertThat(error).isExactlyInstanceOf(IllegalStateException.class);
            messages.add(error.getMessage());
        }
        return messages;
    }

    @Test
    void aPrimitiveBelongsToTheLoopInWhichATaskFirstWaitedForIt() {
        VirtualTime.run(this::startWaits);
        String why =
                ": it belongs to the event loop in which a task first waited for it; make another one for this loop";
        VirtualTime.run(() -> assertThat(messages(waits))
                .containsExactly(
                        "Task 'Task-1' cannot acquire lock 'x'" + why,
                        "Task 'Task-1' cannot wait for event 'x'" + why,
                        "Task 'Task-1' cannot wait for condition 'x'" + why,
                        "Task 'Task-1' cannot acquire semaphore 'x'" + why,
                        "Task 'Task-1' cannot wait for barrier 'x'" + why,
                        "Task 'Task-1' cannot get from queue 'x'" + why,
                        "Task 'Task-1' cannot put into queue 'x'" + why,
                        "Task 'Task-1' cannot join queue 'x'" + why));
        assertThat(condition).hasToString("Condition['x', unlocked]"); // refused before it was released
    }

    @Test
    void severalLoopsMayUseAPrimitiveOneAfterTheOtherIfNoneWaits() {
        Queue<Integer> queue = new Queue<>();
        for (int i = 0; i < 3; i++) {
            VirtualTime.run(() -> {
                try (var _ = lock.acquire()) {
                    queue.put(1);
                }
            });
        }
        assertThat(queue.size()).isEqualTo(3);
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void anotherThreadIsRefusedWhileTheLoopRuns() {
        String why = ": its event loop runs in another thread; go through callSoonThreadsafe(...) or"
                + " runCoroutineThreadsafe(...)";
        List<VoidCoroutine> changes = List.of(
                lock::release,
                event::set,
                event::clear,
                condition::signalAll,
                semaphore::release,
                empty::getNowait,
                () -> full.putNowait(2),
                full::taskDone,
                full::shutdown);
        VirtualTime.run(() -> {
            startWaits();
            assertThat(toThread(() -> messages(changes)))
                    .containsExactly(
                            "Thread 'thread of Task-1' cannot release lock 'x'" + why,
                            "Thread 'thread of Task-1' cannot set event 'x'" + why,
                            "Thread 'thread of Task-1' cannot clear event 'x'" + why,
                            "Thread 'thread of Task-1' cannot signal condition 'x'" + why,
                            "Thread 'thread of Task-1' cannot release semaphore 'x'" + why,
                            "Thread 'thread of Task-1' cannot get from queue 'x'" + why,
                            "Thread 'thread of Task-1' cannot put into queue 'x'" + why,
                            "Thread 'thread of Task-1' cannot call taskDone() of queue 'x'" + why,
                            "Thread 'thread of Task-1' cannot shut down queue 'x'" + why);
            assertThat(event.isSet()).isFalse();
            assertThat(lock.isLocked()).isTrue();
        });
    }

    @Test
    void aLoopThatRunsInAnotherThreadIsRefusedThoughItNeedNotWait() {
        List<String> messages = new ArrayList<>();
        VirtualTime.run(() -> {
            createTask(event::await);
            pass();
            event.set();
            toThread(() -> {
                Thread thread = new Thread(
                        () -> VirtualTime.run(() -> messages.addAll(messages(List.of(event::await)))), "second");
                thread.start();
                thread.join();
            });
        });
        assertThat(messages)
                .containsExactly("Task 'Task-1' cannot wait for event 'x': its event loop runs in another thread; go"
                        + " through callSoonThreadsafe(...) or runCoroutineThreadsafe(...)");
    }

    @Test
    void anyThreadMayUseAPrimitiveWhileItsLoopDoesNotRun() {
        try (Runner runner = VirtualTime.runner()) {
            runner.run(() -> {
                createTask(event::await);
                pass();
            });
            event.set();
            runner.run(() -> pass());
            assertThat(event).hasToString("Event['x', set]");
        }
    }

    @Test
    void aThreadWithoutANameIsNamedByItsNumber() throws InterruptedException {
        List<String> messages = new ArrayList<>();
        Thread.ofVirtual()
                .start(() -> messages.addAll(messages(List.of(lock::release))))
                .join();
        assertThat(messages.getFirst())
                .matches("Thread #\\d+ cannot release lock 'x': nobody holds it; release it once for each"
                        + " acquire\\(\\)");
    }

    // A closed loop ends every wait with an error, again and again: nothing may spin, nobody stays in line.
    @Test
    void nobodyStaysInLineWhenTheLoopIsClosed() {
        Runner runner = VirtualTime.runner();
        runner.run(() -> {
            startWaits();
            createTask(() -> condition.acquire());
            pass();
        });
        runner.loop().close();
        assertThat(List.of(lock, event, condition, semaphore, barrier, empty, full))
                .noneMatch(primitive -> primitive.toString().contains("waiting to"))
                .noneMatch(primitive -> primitive.toString().matches(".*, \\d+ waiting].*"));
    }

    @Test
    void aCancelledTaskHasNothing() {
        VirtualTime.run(() -> {
            List<Task<?>> tasks = startWaits();
            tasks.forEach(Task::cancel);
            for (Task<?> task : tasks) {
                assertThatThrownBy(task::await).isExactlyInstanceOf(CancelledError.class);
            }
            assertThat(List.of(lock, event, condition, semaphore, barrier, empty, full))
                    .extracting(Object::toString)
                    .containsExactly(
                            "Lock['x', held by task 'Task-2', which is done]",
                            "Event['x', not set]",
                            "Condition['x', unlocked]",
                            "Semaphore['x', 0 free]",
                            "Barrier['x', filling, 0 of 2 waiting]",
                            "Queue['x', 0 of 1 items]",
                            "Queue['x', 1 of 1 items, 1 unfinished]");
        });
    }
}
