package io.asyncio4j.streams;

import io.asyncio4j.Future;
import io.asyncio4j.spi.LoopAccess;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tasks that wait for the same thing.
final class Waiters {
    private final LoopAccess loop;
    private final List<Future<@Nullable Void>> waiting = new ArrayList<>(0);

    Waiters(LoopAccess loop) {
        this.loop = loop;
    }

    /// Suspends the calling task until all are woken.
    void await() {
        Future<@Nullable Void> mine = loop.createFuture();
        waiting.add(mine);
        try {
            mine.await();
        } finally {
            waiting.remove(mine);
        }
    }

    void wakeAll() {
        for (Future<@Nullable Void> waiter : waiting) {
            if (!waiter.isDone()) {
                waiter.setResult(null);
            }
        }
    }
}
