package io.asyncio4j.streams.bytes;

import io.asyncio4j.Future;
import io.asyncio4j.spi.Awaited;
import io.asyncio4j.spi.LoopAccess;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tasks that wait for the same thing, which a subclass names.
public abstract class WaitingTasks implements Awaited {
    private final LoopAccess loop;

    /// Made when a task first waits: most connections never have one here.
    private List<Future<@Nullable Void>> waiting = List.of();

    public WaitingTasks(LoopAccess loop) {
        this.loop = loop;
    }

    /// Suspends the calling task until all are woken.
    public final void await() {
        Future<@Nullable Void> mine = loop.createFuture(this);
        if (waiting.isEmpty()) {
            waiting = new ArrayList<>(1);
        }
        waiting.add(mine);
        try {
            mine.await();
        } finally {
            waiting.remove(mine);
        }
    }

    public final void wakeAll() {
        for (Future<@Nullable Void> waiter : waiting) {
            if (!waiter.isDone()) {
                waiter.setResult(null);
            }
        }
    }
}
