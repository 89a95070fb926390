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

final class SemaphoreTest {
    private final List<String> log = new ArrayList<>();

    private Task<?> acquiring(Semaphore semaphore, String name) {
        return createTask(name, () -> {
            semaphore.acquire();
            log.add(name);
        });
    }

    @Test
    void isTriedWithoutWaiting() {
        Semaphore semaphore = new BoundedSemaphore("pool", 1);
        VirtualTime.run(() -> {
            assertThat(semaphore.tryAcquire()).isTrue();
            assertThat(semaphore.tryAcquire()).isFalse();
            Task<?> waiting = acquiring(semaphore, "waiting");
            VirtualTime.pass();
            semaphore.release();
            assertThat(semaphore.tryAcquire()).as("before the one that waits").isFalse();
            waiting.await();
            semaphore.release();
            assertThat(semaphore.tryAcquire()).isTrue();
        });
        assertThatThrownBy(semaphore::tryAcquire).isExactlyInstanceOf(IllegalStateException.class);
    }

    @Test
    void letsAsManyTasksInAsItHasPermits() {
        Semaphore semaphore = new Semaphore(2);
        int[] inside = {0, 0};
        VirtualTime.run(() -> {
            List<Task<?>> tasks = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                tasks.add(createTask(() -> {
                    try (var _ = semaphore.acquire()) {
                        inside[0]++;
                        inside[1] = Math.max(inside[1], inside[0]);
                        pass(2);
                        inside[0]--;
                    }
                }));
            }
            tasks.forEach(Task::await);
            assertThat(inside).containsExactly(0, 2);
            assertThat(semaphore).hasToString("Semaphore[2 free]");
        });
    }

    @Test
    void acquiringAFreePermitDoesNotSuspend() {
        Semaphore semaphore = new Semaphore(2);
        VirtualTime.run(() -> {
            createTask(() -> log.add("other"));
            semaphore.acquire();
            assertThat(semaphore.isLocked()).isFalse();
            semaphore.acquire();
            assertThat(semaphore.isLocked()).isTrue();
            assertThat(log).isEmpty();
        });
    }

    @Test
    void hasOnePermitUnlessToldOtherwise() {
        assertThat(new Semaphore()).hasToString("Semaphore[1 free]");
        assertThat(new Semaphore(0).isLocked()).isTrue();
    }

    @Test
    void permitsGoToWaitingTasksInTheOrderTheyCame() {
        Semaphore semaphore = new Semaphore("pool", 1);
        VirtualTime.run(() -> {
            semaphore.acquire();
            acquiring(semaphore, "a");
            acquiring(semaphore, "b");
            acquiring(semaphore, "c");
            pass();
            assertThat(semaphore).hasToString("Semaphore['pool', 0 free, 3 waiting]");
            semaphore.release();
            semaphore.release();
            assertThat(semaphore.isLocked()).isTrue();
            acquiring(semaphore, "d");
            pass();
            assertThat(log).containsExactly("a", "b");
            semaphore.release();
            semaphore.release();
            pass();
            assertThat(log).containsExactly("a", "b", "c", "d");
        });
    }

    @Test
    void aReleaseWithoutAnAcquireAddsAPermit() {
        Semaphore semaphore = new Semaphore(1);
        semaphore.release();
        assertThat(semaphore).hasToString("Semaphore[2 free]");
    }

    @Test
    void aCancelledWaiterLeavesTheLine() {
        Semaphore semaphore = new Semaphore(0);
        VirtualTime.run(() -> {
            Task<?> a = acquiring(semaphore, "a");
            acquiring(semaphore, "b");
            acquiring(semaphore, "c");
            pass();
            a.cancel("enough");
            assertThatThrownBy(a::await)
                    .isExactlyInstanceOf(CancelledError.class)
                    .hasMessage("enough");
            semaphore.release();
            semaphore.release();
            pass();
            assertThat(log).containsExactly("b", "c");
        });
    }

    @Test
    void aPermitGoesPastAWaiterCancelledInTheSameIteration() {
        Semaphore semaphore = new Semaphore(1);
        VirtualTime.run(() -> {
            semaphore.acquire();
            Task<?> a = acquiring(semaphore, "a");
            Task<?> b = acquiring(semaphore, "b");
            pass();
            a.cancel();
            semaphore.release();
            pass();
            assertThat(a.isCancelled()).isTrue();
            assertThat(b.isDone()).isTrue();
            assertThat(semaphore).hasToString("Semaphore[0 free]");
        });
    }

    // A has been given the permit and is cancelled before it runs: the permit goes to B, none is lost.
    @Test
    void aWokenWaiterThatIsCancelledPassesThePermitOn() {
        Semaphore semaphore = new Semaphore(1);
        VirtualTime.run(() -> {
            semaphore.acquire();
            Task<?> a = acquiring(semaphore, "a");
            Task<?> b = acquiring(semaphore, "b");
            pass();
            semaphore.release();
            a.cancel();
            pass();
            assertThat(a.isCancelled()).isTrue();
            assertThat(b.isDone()).isFalse();
            pass();
            assertThat(log).containsExactly("b");
            semaphore.release();
            assertThat(semaphore).hasToString("Semaphore[1 free]");
        });
    }

    @Test
    void aWokenWaiterThatIsCancelledAloneGivesThePermitBack() {
        Semaphore semaphore = new Semaphore(0);
        VirtualTime.run(() -> {
            Task<?> a = acquiring(semaphore, "a");
            pass();
            semaphore.release();
            a.cancel();
            pass();
            assertThat(semaphore).hasToString("Semaphore[1 free]");
            assertThat(semaphore.isLocked()).isFalse();
        });
    }

    // Two permits come back while A, woken, has not run: B and C, which came meanwhile, must not hang.
    @Test
    void tasksThatQueueUpBehindAWokenOneGetTheFreePermits() {
        Semaphore semaphore = new Semaphore(2);
        VirtualTime.run(() -> {
            semaphore.acquire();
            semaphore.acquire();
            acquiring(semaphore, "a");
            pass();
            acquiring(semaphore, "b");
            acquiring(semaphore, "c");
            semaphore.release();
            semaphore.release();
            semaphore.release();
            pass(2);
            assertThat(log).containsExactly("a", "b", "c");
            assertThat(semaphore).hasToString("Semaphore[0 free]");
        });
    }

    // CPython's gh-90155: after a cancelled wait the semaphore must not stay locked.
    @Test
    void cancellingTheOnlyWaiterDoesNotBlockTheNext() {
        Semaphore semaphore = new Semaphore(1);
        VirtualTime.run(() -> {
            Task<?> a = createTask("a", () -> {
                try (var _ = semaphore.acquire()) {
                    pass(1);
                }
            });
            Task<?> b = acquiring(semaphore, "b");
            pass();
            b.cancel();
            a.await();
            assertThat(semaphore.isLocked()).isFalse();
            semaphore.acquire();
            assertThat(semaphore).hasToString("Semaphore[0 free]");
        });
    }

    @Test
    void theReleaserItselfQueuesBehindWokenTasks() {
        Semaphore semaphore = new Semaphore(1);
        VirtualTime.run(() -> {
            semaphore.acquire();
            createTask("a", () -> {
                try (var _ = semaphore.acquire()) {
                    log.add("a");
                }
            });
            pass();
            semaphore.release();
            semaphore.acquire();
            log.add("main");
            assertThat(log).containsExactly("a", "main");
        });
    }

    @Test
    void aNegativeValueIsAnError() {
        assertThatThrownBy(() -> new Semaphore("pool", -1))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("Thread 'main' cannot create semaphore 'pool': the value is -1; give the number of permits,"
                        + " 0 or more");
    }

    @Test
    void onlyATaskCanAcquireIt() {
        assertThatThrownBy(new Semaphore("pool", 1)::acquire)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("Thread 'main' cannot acquire semaphore 'pool': only a task can wait; in a test, use"
                        + " @AsyncTest of asyncio4j-testing in place of @Test, or start one with Asyncio.run(...)");
    }
}
