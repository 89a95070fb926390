package io.asyncio4j.testing;

import io.asyncio4j.Asyncio;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import io.asyncio4j.spi.Awaited;
import io.asyncio4j.spi.LoopAccess;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Waiting in a test for what other tasks do, without a sleep that is just long enough.
public final class Tasks {
    private Tasks() {}

    /// Suspends until no other task can run: each waits for time to pass, for another task, or for
    /// something outside the loop. No time passes by this. Several tasks may wait so at once; they
    /// go on together.
    ///
    /// @throws io.asyncio4j.CancelledError if the task is cancelled while it waits
    /// @throws IllegalStateException if the caller is not a task
    public static void waitUntilAllBlocked() {
        waitUntilAllBlocked(Duration.ZERO);
    }

    /// Suspends until no other task has run for a while: for tests in real time, where what was
    /// sent through a socket arrives a little later.
    ///
    /// @param cushion for how long, in the loop's time
    /// @throws IllegalArgumentException if it is negative
    public static void waitUntilAllBlocked(Duration cushion) {
        if (Objects.requireNonNull(cushion, "cushion").isNegative()) {
            throw new IllegalArgumentException(
                    "Nothing runs for " + cushion + "? Give a duration that is not negative");
        }
        Asyncio.currentTask(); // refuses callers without a loop
        LoopAccess loop = EventLoop.access();
        Future<@Nullable Void> quiet = loop.createFuture(new Quiet());
        loop.whenQuiet(cushion, () -> {
            if (!quiet.isDone()) {
                quiet.setResult(null);
            }
        });
        quiet.await();
    }

    private record Quiet() implements Awaited {
        @Override
        public String name() {
            return "all other tasks to be blocked";
        }
    }
}
