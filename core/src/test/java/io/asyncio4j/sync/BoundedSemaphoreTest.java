package io.asyncio4j.sync;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.sync.VirtualTime.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// [BoundedSemaphore], where it differs from [Semaphore].
final class BoundedSemaphoreTest {
    @Test
    void hasOnePermitUnlessToldOtherwise() {
        assertThat(new BoundedSemaphore()).hasToString("BoundedSemaphore[1 of 1 free]");
    }

    @Test
    void refusesAReleaseTooMany() {
        BoundedSemaphore semaphore = new BoundedSemaphore("pool", 2);
        VirtualTime.run(() -> {
            try (var _ = semaphore.acquire()) {
                assertThat(semaphore).hasToString("BoundedSemaphore['pool', 1 of 2 free]");
            }
            assertThatThrownBy(semaphore::release)
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("Task 'Task-1' cannot release bounded semaphore 'pool': all its permits are there"
                            + " already (2); release it once for each acquire()");
            assertThat(semaphore).hasToString("BoundedSemaphore['pool', 2 of 2 free]");
        });
    }

    @Test
    void handsPermitsOnLikeAnyOther() {
        BoundedSemaphore semaphore = new BoundedSemaphore(1);
        VirtualTime.run(() -> {
            semaphore.acquire();
            createTask(semaphore::acquire);
            pass();
            assertThat(semaphore).hasToString("BoundedSemaphore[0 of 1 free, 1 waiting]");
            semaphore.release();
            pass();
            assertThat(semaphore).hasToString("BoundedSemaphore[0 of 1 free]");
        });
    }

    @Test
    void aNegativeValueIsAnError() {
        assertThatThrownBy(() -> new BoundedSemaphore(-2))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("Thread 'main' cannot create an unnamed bounded semaphore: the value is -2; give the number"
                        + " of permits, 0 or more");
    }
}
