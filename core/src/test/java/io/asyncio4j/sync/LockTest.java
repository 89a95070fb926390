package io.asyncio4j.sync;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.sync.VirtualTime.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.CancelledError;
import io.asyncio4j.Future;
import io.asyncio4j.Task;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LockTest {
    private final Lock lock = new Lock("db");
    private final List<String> log = new ArrayList<>();

    private Task<?> acquireAndKeep(String name) {
        return createTask(name, () -> {
            lock.acquire();
            log.add(name);
        });
    }

    @Test
    void isHeldWithinTheTryBlockOnly() {
        VirtualTime.run(() -> {
            assertThat(lock.isLocked()).isFalse();
            try (var _ = lock.acquire()) {
                assertThat(lock.isLocked()).isTrue();
            }
            assertThat(lock.isLocked()).isFalse();
        });
    }

    @Test
    void isTriedWithoutWaiting() {
        VirtualTime.run(() -> {
            assertThat(lock.tryAcquire()).isTrue();
            assertThat(lock.tryAcquire()).isFalse();
            assertThat(lock).hasToString("Lock['db', held by task 'Task-1']");
            Task<?> waiting = acquireAndKeep("waiting");
            VirtualTime.pass();
            lock.release();
            assertThat(lock.tryAcquire()).as("before the one that waits").isFalse();
            waiting.await();
            assertThat(log).containsExactly("waiting");
            Condition condition = new Condition("changed");
            assertThat(condition.tryAcquire()).isTrue();
            condition.release();
        });
        assertThatThrownBy(lock::tryAcquire).isExactlyInstanceOf(IllegalStateException.class);
    }

    @Test
    void acquiringAFreeLockDoesNotSuspend() {
        VirtualTime.run(() -> {
            createTask("other", () -> log.add("other"));
            lock.acquire();
            lock.release();
            lock.acquire();
            assertThat(log).isEmpty();
        });
    }

    @Test
    void goesToWaitingTasksOneByOneInTheOrderTheyCame() {
        VirtualTime.run(() -> {
            lock.acquire();
            acquireAndKeep("a");
            acquireAndKeep("b");
            pass();
            assertThat(log).isEmpty();
            lock.release();
            pass();
            assertThat(log).containsExactly("a");
            pass();
            acquireAndKeep("c");
            lock.release();
            pass();
            assertThat(log).containsExactly("a", "b");
            lock.release();
            pass();
            assertThat(log).containsExactly("a", "b", "c");
        });
    }

    @Test
    void aTaskThatComesAfterTheReleaseQueuesBehindTheWokenOne() {
        VirtualTime.run(() -> {
            lock.acquire();
            Task<?> waiting = acquireAndKeep("waiting");
            pass();
            lock.release();
            assertThat(lock.isLocked()).isFalse();
            Task<?> late = createTask(() -> {
                lock.acquire();
                log.add("late");
            });
            createTask(lock::release);
            pass(3);
            assertThat(log).containsExactly("waiting", "late");
            assertThat(waiting.isDone()).isTrue();
            assertThat(late.isDone()).isTrue();
        });
    }

    @Test
    void theReleaserItselfQueuesBehindTheWokenOne() {
        VirtualTime.run(() -> {
            lock.acquire();
            createTask("waiting", () -> {
                try (var _ = lock.acquire()) {
                    log.add("waiting");
                }
            });
            pass();
            lock.release();
            lock.acquire();
            log.add("main");
            assertThat(log).containsExactly("waiting", "main");
        });
    }

    @Test
    void aCancelledWaiterLeavesTheLine() {
        VirtualTime.run(() -> {
            lock.acquire();
            Task<?> task = acquireAndKeep("a");
            runningLoop().callSoon(() -> task.cancel("enough"));
            assertThatThrownBy(task::await)
                    .isExactlyInstanceOf(CancelledError.class)
                    .hasMessage("enough");
            assertThat(lock).hasToString("Lock['db', held by task 'Task-1']");
        });
    }

    // A holds, B and C wait. B is cancelled while A releases: C must get the lock.
    @Test
    void releasePassesOverAWaiterCancelledInTheSameIteration() {
        VirtualTime.run(() -> {
            Future<Void> go = io.asyncio4j.Asyncio.createFuture();
            Task<?> a = createTask("a", () -> {
                try (var _ = lock.acquire()) {
                    go.await();
                }
            });
            pass();
            Task<?> b = acquireAndKeep("b");
            Task<?> c = acquireAndKeep("c");
            pass();
            go.setResult(null);
            b.cancel();
            pass();
            assertThat(lock.isLocked()).isFalse();
            assertThat(a.isDone()).isTrue();
            assertThat(b.isCancelled()).isTrue();
            c.await();
            assertThat(log).containsExactly("c");
        });
    }

    // B is woken and cancelled before it runs: what it was woken for goes to C.
    @Test
    void aWokenWaiterThatIsCancelledPassesTheLockOn() {
        VirtualTime.run(() -> {
            lock.acquire();
            Task<?> b = acquireAndKeep("b");
            Task<?> c = acquireAndKeep("c");
            pass();
            lock.release();
            b.cancel();
            pass();
            assertThat(b.isCancelled()).isTrue();
            assertThat(lock.isLocked()).isFalse();
            c.await();
            assertThat(lock).hasToString("Lock['db', held by task 'c', which is done]");
        });
    }

    // As before, but C comes to the line only after B was woken.
    @Test
    void aWokenWaiterThatIsCancelledPassesTheLockToOneThatCameLater() {
        VirtualTime.run(() -> {
            lock.acquire();
            Task<?> b = acquireAndKeep("b");
            pass();
            Task<?> c = acquireAndKeep("c");
            b.cancel();
            lock.release();
            pass();
            assertThat(lock.isLocked()).isTrue();
            assertThat(b.isCancelled()).isTrue();
            assertThat(c.isDone()).isTrue();
        });
    }

    @Test
    void onlyOneWaiterGetsTheLockWhenAnotherIsCancelledDuringTheRelease() {
        VirtualTime.run(() -> {
            lock.acquire();
            Task<?> a = acquireAndKeep("a");
            Task<?> b = acquireAndKeep("b");
            Task<?> c = acquireAndKeep("c");
            pass();
            runningLoop().callSoon(() -> {
                a.cancel();
                lock.release();
            });
            assertThatThrownBy(a::await).isExactlyInstanceOf(CancelledError.class);
            pass();
            assertThat(log).containsExactly("b");
            assertThat(b.isDone()).isTrue();
            assertThat(c.isDone()).isFalse();
        });
    }

    @Test
    void aFreeLockWithOnlyCancelledWaitersIsTakenAtOnce() {
        VirtualTime.run(() -> {
            lock.acquire();
            Task<?> waiting = acquireAndKeep("waiting");
            pass();
            waiting.cancel();
            lock.release();
            lock.acquire();
            assertThat(waiting.isDone()).isFalse();
            pass();
            assertThat(waiting.isCancelled()).isTrue();
            assertThat(lock).hasToString("Lock['db', held by task 'Task-1']");
        });
    }

    @Test
    void anyTaskAndAnyCallbackMayReleaseIt() {
        VirtualTime.run(() -> {
            lock.acquire();
            createTask(lock::release).await();
            lock.acquire();
            runningLoop().callSoon(lock::release);
            pass(2);
            assertThat(lock.isLocked()).isFalse();
        });
    }

    @Test
    void releasingALockThatNobodyHoldsIsAnError() {
        assertThatThrownBy(lock::release)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("Thread 'main' cannot release lock 'db': nobody holds it; release it once for each"
                        + " acquire()");
        VirtualTime.run(() -> assertThatThrownBy(() -> new Lock().release())
                .hasMessage("Task 'Task-1' cannot release an unnamed lock: nobody holds it; release it once for each"
                        + " acquire()"));
    }

    @Test
    void closingTwiceReleasesOnce() {
        VirtualTime.run(() -> {
            Held held = lock.acquire();
            held.close();
            lock.acquire();
            held.close();
            assertThat(lock.isLocked()).isTrue();
            assertThat(held).hasToString("Held[closed, Lock['db', held by task 'Task-1']]");
        });
    }

    @Test
    void closingAfterAReleaseByHandIsAnError() {
        VirtualTime.run(() -> {
            Held held = lock.acquire();
            assertThat(held).hasToString("Held[Lock['db', held by task 'Task-1']]");
            lock.release();
            assertThatThrownBy(held::close)
                    .hasMessage("Task 'Task-1' cannot release lock 'db': nobody holds it; release it once for each"
                            + " acquire()");
        });
    }

    @Test
    void onlyATaskCanAcquireIt() {
        assertThatThrownBy(lock::acquire)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("Thread 'main' cannot acquire lock 'db': only a task can wait; in a test, use"
                        + " @AsyncTest of asyncio4j-testing in place of @Test, or start one with Asyncio.run(...)");
        VirtualTime.run(() -> {
            runningLoop()
                    .callSoon(() -> assertThatThrownBy(lock::acquire)
                            .isExactlyInstanceOf(IllegalStateException.class)
                            .hasMessage("A callback cannot acquire lock 'db': only a task can wait; create one with"
                                    + " createTask(...)")
                            .satisfies(error -> log.add("refused")));
            pass(2);
        });
        assertThat(log).containsExactly("refused");
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void tellsItsNameItsHolderAndWhoWaits() {
        assertThat(new Lock()).hasToString("Lock[unlocked]");
        assertThat(lock).hasToString("Lock['db', unlocked]");
        VirtualTime.run(() -> {
            createTask("holder", () -> {
                try (var _ = lock.acquire()) {
                    pass(2);
                }
            });
            acquireAndKeep("a");
            acquireAndKeep("b");
            pass();
            assertThat(lock).hasToString("Lock['db', held by task 'holder', 2 waiting]");
            pass(2);
            assertThat(lock).hasToString("Lock['db', unlocked, 2 waiting]");
        });
    }

    @Test
    void aNameIsNotNull() {
        assertThatThrownBy(() -> new Lock((String) null))
                .isExactlyInstanceOf(NullPointerException.class)
                .hasMessage("name");
    }
}
