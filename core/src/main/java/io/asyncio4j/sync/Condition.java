package io.asyncio4j.sync;

import io.asyncio4j.CancelledError;
import io.asyncio4j.Future;
import io.asyncio4j.spi.Awaited;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A lock whose holder can wait for a signal that something has changed. While it waits, others can
/// have the lock: `try (var _ = changed.acquire()) { changed.awaitUntil(() -> balance >= price);
/// ... }`.
///
/// Several conditions may share one lock. asyncio: `Condition`.
public final class Condition {
    private static final String NOT_SIGNALLED = "not signalled";

    private final LoopBinding home;
    private final Lock lock;
    private final Waiters waiters = new Waiters();
    private final Awaited awaited;

    /// Creates a condition with a lock of its own. Anywhere.
    public Condition() {
        this(new LoopBinding("condition"), () -> NOT_SIGNALLED);
    }

    /// Creates a condition with a lock of its own and a name for diagnostics.
    public Condition(String name) {
        this(new LoopBinding("condition", name), () -> NOT_SIGNALLED);
    }

    /// Creates a condition on the given lock.
    public Condition(Lock lock) {
        this(new LoopBinding("condition"), lock, () -> NOT_SIGNALLED);
    }

    /// Creates a condition on the given lock, with a name for diagnostics.
    public Condition(String name, Lock lock) {
        this(new LoopBinding("condition", name), lock, () -> NOT_SIGNALLED);
    }

    /// @param state what keeps a task waiting, for messages
    Condition(LoopBinding home, Supplier<String> state) {
        this(home, new Lock(home), state);
    }

    private Condition(LoopBinding home, Lock lock, Supplier<String> state) {
        this.home = home;
        this.awaited = home.awaited(state);
        this.lock = Objects.requireNonNull(lock, "lock");
    }

    /// Acquires the lock, as [Lock#acquire] does. May suspend. asyncio: `acquire`.
    ///
    /// @return what releases the lock when closed
    public Held acquire() {
        return lock.acquire();
    }

    /// Acquires the lock if nobody holds it and nobody waits for it, as [Lock#tryAcquire] does.
    /// Never suspends.
    public boolean tryAcquire() {
        return lock.tryAcquire();
    }

    /// Releases the lock, as [Lock#release] does. Never suspends. asyncio: `release`.
    ///
    /// @throws IllegalStateException if nobody holds the lock
    public void release() {
        lock.release();
    }

    /// Returns whether somebody holds the lock. asyncio: `locked`.
    public boolean isLocked() {
        return lock.isLocked();
    }

    /// Releases the lock, suspends the calling task until it is signalled, and acquires the lock
    /// again. It may return without a signal: look at what you wait for and wait again, or use
    /// [#awaitUntil]. asyncio: `wait`.
    ///
    /// @throws CancelledError if the task is cancelled while it waits; it has the lock again then,
    ///     and a signal it had got has gone to the next
    /// @throws IllegalStateException if nobody holds the lock, if the caller is not a task, or if
    ///     the condition belongs to another loop
    public void await() {
        home.requireTask("wait for");
        requireLocked("wait for");
        Future<@Nullable Void> signal = home.newFuture("wait for", awaited);
        Waiters.Waiter waiter = waiters.enter(signal);
        lock.release();
        try {
            try {
                waiter.await();
            } finally {
                takeLockAgain();
            }
        } catch (Throwable left) {
            waiters.wakeNext(); // this task may have been signalled
            throw left;
        }
    }

    /// Whoever called `await` counts on the lock, cancelled or not: it is waited for in any case,
    /// and the last cancellation is thrown after that.
    private void takeLockAgain() {
        CancelledError cancelled = null;
        while (true) {
            try {
                lock.take();
                break;
            } catch (CancelledError error) {
                cancelled = error;
            }
        }
        if (cancelled != null) {
            throw cancelled;
        }
    }

    /// Waits as [#await] does until `predicate` is true; not at all if it is at once. It is asked
    /// while the lock is held. asyncio: `wait_for`.
    ///
    /// @throws CancelledError if the task is cancelled while it waits
    /// @throws IllegalStateException if it has to wait and may not, as for [#await]
    public void awaitUntil(BooleanSupplier predicate) {
        while (!predicate.getAsBoolean()) {
            await();
        }
    }

    /// Wakes the task that has waited longest. It goes on when it has the lock again, so after the
    /// caller has released it. Never suspends. asyncio: `notify`.
    ///
    /// @throws IllegalStateException if nobody holds the lock
    public void signal() {
        signal(1);
    }

    /// Wakes the `count` tasks that have waited longest; all, if there are fewer. Never suspends.
    /// asyncio: `notify(n)`.
    ///
    /// @param count 0 or more
    /// @throws IllegalArgumentException if `count` is negative
    /// @throws IllegalStateException if nobody holds the lock
    public void signal(int count) {
        if (count < 0) {
            throw new IllegalArgumentException(home.refusal("signal", "the count is " + count + "; give 0 or more"));
        }
        home.requireHeld("signal");
        requireLocked("signal");
        for (int woken = 0; woken < count && waiters.wakeNext(); woken++) {
            // the next one
        }
    }

    /// Wakes all tasks that wait. Never suspends. asyncio: `notify_all`.
    ///
    /// @throws IllegalStateException if nobody holds the lock
    public void signalAll() {
        signal(waiters.size());
    }

    private void requireLocked(String what) {
        if (!lock.isLocked()) {
            throw home.misuse(what, "nobody holds its lock; do it within try (var _ = condition.acquire())");
        }
    }

    /// Returns the name, the state of the lock with who holds it, and how many tasks wait.
    @Override
    public String toString() {
        return home.toString("Condition", lock.stateText(), waiters.text("waiting"));
    }
}
