package io.asyncio4j.streams;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Future;
import io.asyncio4j.VoidCoroutine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Runs a test's body on a loop of its own, with a limit to how long it may take.
final class Bounded {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Bounded() {}

    static void run(VoidCoroutine body) {
        Asyncio.run(() -> Asyncio.timeout(LIMIT, body));
    }

    /// Lets everything that is ready now have its turn.
    static void settle() {
        for (int i = 0; i < 5; i++) {
            Asyncio.sleep(Duration.ZERO);
        }
    }

    /// Waits for a future, whatever its outcome, which is asked for afterwards.
    static @Nullable Throwable outcome(Future<?> future) {
        Asyncio.gatherOutcomes(() -> future.await()).await();
        return future.isCancelled() ? null : future.exception();
    }
}
