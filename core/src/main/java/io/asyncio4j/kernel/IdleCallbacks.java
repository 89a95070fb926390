package io.asyncio4j.kernel;

import io.asyncio4j.queue.Node;
import io.asyncio4j.spi.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Callbacks that run once the loop has been idle for a given time: for tests, mostly.
///
/// Asked when nothing is ready. What has come from outside and which timers are due is only known
/// after a poll, so the loop is called quiet the second time it asks without having run anything.
/// Confined to the thread that holds the loop.
public final class IdleCallbacks {
    private final Loop loop;
    private final List<Waiter> waiters = new ArrayList<>(0);

    /// Since when nothing has been run, and how many nodes had been by then.
    private long since;

    private long turnsBefore = -1;

    private record Waiter(long nanos, Node callback) {}

    IdleCallbacks(Loop loop) {
        this.loop = loop;
    }

    boolean isAwaited() {
        return !waiters.isEmpty();
    }

    /// Has `callback` run when nothing was run for so long.
    public void add(long nanos, Node callback) {
        waiters.add(new Waiter(Math.max(0, nanos), callback));
    }

    /// Returns when the first of those who wait has waited long enough, or [Clock#NEVER].
    long deadline() {
        long shortest = Clock.NEVER;
        for (Waiter waiter : waiters) {
            shortest = Math.min(shortest, waiter.nanos);
        }
        return shortest < Clock.NEVER - since ? since + shortest : Clock.NEVER;
    }

    /// Makes ready who has waited long enough, if anybody has.
    boolean release() {
        if (turnsBefore != loop.ready.turns()) {
            turnsBefore = loop.ready.turns();
            since = loop.time();
            return deadline() <= since; // polls once more, at least
        }
        boolean released = false;
        for (Iterator<Waiter> each = waiters.iterator(); each.hasNext(); ) {
            Waiter waiter = each.next();
            if (loop.time() - since >= waiter.nanos) {
                each.remove();
                loop.ready.add(waiter.callback);
                released = true;
            }
        }
        return released;
    }
}
