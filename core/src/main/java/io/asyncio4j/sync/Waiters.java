package io.asyncio4j.sync;

import io.asyncio4j.Future;
import org.jspecify.annotations.Nullable;

/// The tasks that wait for one thing, in the order they came.
///
/// A task stays in line until it runs again, woken or cancelled. So at any time the line holds
/// waiters that still wait, and among them some that have been woken or cancelled and are about to
/// leave.
final class Waiters {
    private @Nullable Waiter first;
    private @Nullable Waiter last;

    /// Nobody before this one still waits: where to look for the next to wake. Null for the end.
    private @Nullable Waiter candidate;

    private int size;

    /// Puts the calling task at the end of the line; it is to call [Waiter#await] next.
    ///
    /// @param future what it is to wait for, from [LoopBinding#newFuture]
    Waiter enter(Future<@Nullable Void> future) {
        Waiter waiter = new Waiter(future);
        waiter.previous = last;
        if (last == null) {
            first = waiter;
        } else {
            last.next = waiter;
        }
        last = waiter;
        if (candidate == null) {
            candidate = waiter;
        }
        size++;
        return waiter;
    }

    private void remove(Waiter waiter) {
        Waiter previous = waiter.previous;
        Waiter next = waiter.next;
        if (previous == null) {
            first = next;
        } else {
            previous.next = next;
        }
        if (next == null) {
            last = previous;
        } else {
            next.previous = previous;
        }
        if (candidate == waiter) {
            candidate = next;
        }
        size--;
    }

    /// Wakes the first that still waits. Returns whether there was one.
    boolean wakeNext() {
        Waiter waiter = candidate;
        while (waiter != null && waiter.future.isDone()) {
            waiter = waiter.next;
        }
        candidate = waiter;
        if (waiter == null) {
            return false;
        }
        waiter.future.setResult(null);
        return true;
    }

    void wakeAll() {
        while (wakeNext()) {
            // the next one
        }
    }

    /// Wakes the first in line, unless it is about to leave anyway.
    void wakeFirst() {
        if (first != null && !first.future.isDone()) {
            first.future.setResult(null);
        }
    }

    /// Returns whether nobody in line will ever take a turn: it is empty, or all were cancelled.
    boolean allCancelled() {
        for (Waiter waiter = first; waiter != null; waiter = waiter.next) {
            if (!waiter.future.isCancelled()) {
                return false;
            }
        }
        return true;
    }

    int size() {
        return size;
    }

    /// Returns the length of the line for `toString()`, empty if nobody waits.
    ///
    /// @param doing such as `waiting`
    String text(String doing) {
        return size == 0 ? "" : size + " " + doing;
    }

    /// A task's place in line.
    final class Waiter {
        private final Future<@Nullable Void> future;
        private @Nullable Waiter previous;
        private @Nullable Waiter next;

        Waiter(Future<@Nullable Void> future) {
            this.future = future;
        }

        /// Suspends until woken or cancelled, then leaves the line.
        void await() {
            try {
                future.await();
            } finally {
                remove(this);
            }
        }

        /// Returns whether this was woken. A task may have been woken and be cancelled all the
        /// same, before it ran again.
        boolean wasWoken() {
            return future.isDone() && !future.isCancelled();
        }
    }
}
