package io.asyncio4j.streams;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Future;
import io.asyncio4j.Runner;
import io.asyncio4j.VoidCoroutine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Runs a test's body on a loop of its own, with a limit to how long it may take.
public final class Bounded {
    /// For a test that hangs: one that does not takes no time to speak of.
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private Bounded() {}

    public static void run(VoidCoroutine body) {
        Asyncio.run(() -> Asyncio.timeout(LIMIT, body));
    }

    /// A test's body that lets time pass.
    interface Body {
        void run(SkippingClock clock) throws Exception;
    }

    /// Runs a body that decides itself when a limit of time is over.
    public static void run(Body body) {
        SkippingClock clock = new SkippingClock();
        try (Runner runner = new Runner(clock)) {
            runner.run((VoidCoroutine) () -> body.run(clock));
        }
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
