package io.asyncio4j.sync;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.sync.VirtualTime.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.CancelledError;
import io.asyncio4j.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class ConditionTest {
    private final Condition changed = new Condition("changed");
    private final List<String> log = new ArrayList<>();

    private Task<?> awaiting(String name) {
        return createTask(name, () -> {
            try (var _ = changed.acquire()) {
                changed.await();
                log.add(name);
            }
        });
    }

    private void signal(int count) {
        try (var _ = changed.acquire()) {
            changed.signal(count);
        }
    }

    @Test
    void aSignalWakesOneWaiterAfterTheOtherInTheOrderTheyCame() {
        VirtualTime.run(() -> {
            awaiting("a");
            awaiting("b");
            awaiting("c");
            pass();
            signal(1);
            pass();
            assertThat(log).containsExactly("a");
            signal(0);
            pass();
            assertThat(log).containsExactly("a");
            try (var _ = changed.acquire()) {
                changed.signal();
                changed.signal(2048);
            }
            pass(2);
            assertThat(log).containsExactly("a", "b", "c");
        });
    }

    @Test
    void signalAllWakesEveryWaiter() {
        VirtualTime.run(() -> {
            awaiting("a");
            awaiting("b");
            pass();
            try (var _ = changed.acquire()) {
                changed.signalAll();
            }
            pass(2);
            assertThat(log).containsExactly("a", "b");
        });
    }

    @Test
    void aSignalledTaskGoesOnWhenTheLockIsReleased() {
        VirtualTime.run(() -> {
            awaiting("a");
            pass();
            try (var _ = changed.acquire()) {
                changed.signal();
                pass(3);
                assertThat(log).isEmpty();
                assertThat(changed).hasToString("Condition['changed', held by task 'Task-1']");
            }
            pass();
            assertThat(log).containsExactly("a");
        });
    }

    @Test
    void waitingReleasesTheLockAndHasItAgainAfterwards() {
        VirtualTime.run(() -> {
            Task<?> task = createTask("a", () -> {
                try (var _ = changed.acquire()) {
                    changed.await();
                    log.add(changed.toString());
                }
            });
            pass();
            assertThat(changed.isLocked()).isFalse();
            signal(1);
            task.await();
            assertThat(changed.isLocked()).isFalse();
            assertThat(log).containsExactly("Condition['changed', held by task 'a']");
        });
    }

    @Test
    void awaitUntilGoesOnWaitingUntilThePredicateIsTrue() {
        AtomicBoolean ready = new AtomicBoolean();
        VirtualTime.run(() -> {
            Task<?> task = createTask(() -> {
                try (var _ = changed.acquire()) {
                    changed.awaitUntil(() -> {
                        log.add("asked, locked: " + changed.isLocked());
                        return ready.get();
                    });
                }
            });
            pass();
            signal(1);
            pass();
            assertThat(task.isDone()).isFalse();
            ready.set(true);
            signal(1);
            task.await();
            assertThat(log).containsExactly("asked, locked: true", "asked, locked: true", "asked, locked: true");
        });
    }

    @Test
    void awaitUntilNeedsNoLockIfThePredicateIsTrueAtOnce() {
        VirtualTime.run(() -> {
            changed.awaitUntil(() -> true);
            assertThatThrownBy(() -> changed.awaitUntil(() -> false))
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("Task 'Task-1' cannot wait for condition 'changed': nobody holds its lock; do it within"
                            + " try (var _ = condition.acquire())");
        });
    }

    @Test
    void whatThePredicateThrowsLeavesWithTheLockReleased() {
        VirtualTime.run(() -> {
            Task<?> task = createTask(() -> {
                try (var _ = changed.acquire()) {
                    changed.awaitUntil(() -> {
                        if (log.isEmpty()) {
                            return false;
                        }
                        throw new UnsupportedOperationException("no");
                    });
                }
            });
            pass();
            log.add("signalled");
            signal(1);
            assertThatThrownBy(task::await)
                    .isExactlyInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("no");
            assertThat(changed.isLocked()).isFalse();
        });
    }

    @Test
    void aCancelledWaiterHasTheLockAgainBeforeTheErrorLeaves() {
        VirtualTime.run(() -> {
            Task<?> task = createTask("a", () -> {
                try (var _ = changed.acquire()) {
                    try {
                        changed.await();
                    } catch (CancelledError error) {
                        log.add(error.getMessage() + ": " + changed);
                        throw error;
                    }
                }
            });
            pass();
            task.cancel("stop");
            assertThatThrownBy(task::await)
                    .isExactlyInstanceOf(CancelledError.class)
                    .hasMessage("stop");
            assertThat(log).containsExactly("stop: Condition['changed', held by task 'a']");
            assertThat(changed.isLocked()).isFalse();
        });
    }

    @Test
    void aCancelledWaiterWaitsForTheLock() {
        VirtualTime.run(() -> {
            Task<?> task = awaiting("a");
            pass();
            changed.acquire();
            changed.signal();
            pass();
            task.cancel();
            pass(3);
            assertThat(task.isDone()).isFalse();
            assertThat(changed.isLocked()).isTrue();
            changed.release();
            assertThatThrownBy(task::await).isExactlyInstanceOf(CancelledError.class);
            assertThat(changed.isLocked()).isFalse();
        });
    }

    @Test
    void ofSeveralCancellationsDuringTheWaitForTheLockTheLastIsThrown() {
        VirtualTime.run(() -> {
            Task<?> task = awaiting("a");
            pass();
            changed.acquire();
            task.cancel("first");
            pass();
            task.cancel("second");
            pass();
            task.cancel("third");
            pass();
            assertThat(task.isDone()).isFalse();
            changed.release();
            assertThatThrownBy(task::await)
                    .isExactlyInstanceOf(CancelledError.class)
                    .hasMessage("third");
        });
    }

    // A has the signal, and is cancelled before it has the lock: B must get the signal.
    @Test
    void aSignalledWaiterThatIsCancelledPassesTheSignalOn() {
        VirtualTime.run(() -> {
            Task<?> a = awaiting("a");
            Task<?> b = awaiting("b");
            pass();
            try (var _ = changed.acquire()) {
                changed.signal();
            }
            a.cancel();
            pass(4);
            assertThat(a.isCancelled()).isTrue();
            assertThat(b.isDone()).isTrue();
            assertThat(log).containsExactly("b");
        });
    }

    @Test
    void aWaiterCancelledWithoutASignalMakesTheNextLookOnce() {
        VirtualTime.run(() -> {
            Task<?> a = awaiting("a");
            awaiting("b");
            pass();
            a.cancel();
            pass(4);
            assertThat(log).containsExactly("b"); // spurious, as in asyncio
        });
    }

    @Test
    void twoConditionsCanShareALock() {
        Lock lock = new Lock("shared");
        Condition notEmpty = new Condition(lock);
        Condition notFull = new Condition("not full", lock);
        VirtualTime.run(() -> {
            Task<?> task = createTask(() -> {
                try (var _ = notFull.acquire()) {
                    notFull.await();
                }
            });
            pass();
            try (var _ = notEmpty.acquire()) {
                assertThat(lock.isLocked()).isTrue();
                assertThat(notFull.isLocked()).isTrue();
                notFull.signal();
                assertThat(notEmpty).hasToString("Condition[held by task 'Task-1']");
                assertThat(notFull).hasToString("Condition['not full', held by task 'Task-1', 1 waiting]");
            }
            task.await();
            assertThat(lock.isLocked()).isFalse();
        });
    }

    @Test
    void waitingAndSignallingNeedTheLock() {
        VirtualTime.run(() -> {
            assertThatThrownBy(changed::await)
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("Task 'Task-1' cannot wait for condition 'changed': nobody holds its lock; do it within"
                            + " try (var _ = condition.acquire())");
            assertThatThrownBy(changed::signal)
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("Task 'Task-1' cannot signal condition 'changed': nobody holds its lock; do it within"
                            + " try (var _ = condition.acquire())");
            assertThatThrownBy(changed::signalAll)
                    .hasMessage("Task 'Task-1' cannot signal condition 'changed': nobody holds its lock; do it within"
                            + " try (var _ = condition.acquire())");
            assertThatThrownBy(changed::release)
                    .hasMessage("Task 'Task-1' cannot release condition 'changed': nobody holds it; release it once for"
                            + " each acquire()");
        });
    }

    @Test
    void aNegativeCountIsAnError() {
        VirtualTime.run(() -> {
            try (var _ = changed.acquire()) {
                assertThatThrownBy(() -> changed.signal(-1))
                        .isExactlyInstanceOf(IllegalArgumentException.class)
                        .hasMessage("Task 'Task-1' cannot signal condition 'changed': the count is -1; give 0 or more");
            }
        });
    }

    @Test
    void tellsItsState() {
        assertThat(new Condition()).hasToString("Condition[unlocked]");
        VirtualTime.run(() -> {
            awaiting("a");
            pass();
            assertThat(changed).hasToString("Condition['changed', unlocked, 1 waiting]");
        });
    }
}
