package io.asyncio4j.sync;

import io.asyncio4j.Task;
import io.asyncio4j.spi.Awaited;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A lock that one task has at a time, for work that has awaits in the middle and must not be
/// interleaved with others': `try (var _ = lock.acquire()) { ... }`. Fair: it goes to the task
/// that has waited longest. Not reentrant.
///
/// It is not bound to the task that acquired it: any task or callback of the loop may release it.
/// asyncio: `Lock`.
public final class Lock implements Releasable {
    private final LoopBinding home;
    private final Waiters waiters = new Waiters();
    private final Awaited awaited;

    /// Who acquired it and nobody has released it since; null if it is unlocked.
    private @Nullable Task<?> holder;

    /// Creates a lock, unlocked. Anywhere.
    public Lock() {
        this(new LoopBinding("lock"));
    }

    /// Creates a lock with a name for diagnostics.
    public Lock(String name) {
        this(new LoopBinding("lock", name));
    }

    Lock(LoopBinding home) {
        this.home = home;
        this.awaited = home.awaited(this::stateText, this::holders);
    }

    /// Acquires the lock: suspends the calling task until it is its turn, and not at all if the
    /// lock is free. asyncio: `acquire`.
    ///
    /// @return what releases the lock when closed; with [#release] it is not needed
    /// @throws io.asyncio4j.CancelledError if the task is cancelled while it waits; it does not
    ///     have the lock then
    /// @throws IllegalStateException if the caller is not a task, or must wait in another loop than
    ///     the one the lock belongs to
    public Held acquire() {
        Held held = new Held(this); // before there is something to hold: memory may have run out
        take();
        return held;
    }

    /// Acquires the lock if nobody holds it and nobody waits for it. Never suspends.
    ///
    /// @return whether the calling task holds the lock now, and is to [#release] it
    /// @throws IllegalStateException if the caller is not a task, or the loop it belongs to runs
    ///     elsewhere
    public boolean tryAcquire() {
        Task<?> task = home.requireTask("acquire");
        boolean free = isFree();
        if (free) {
            holder = task;
        }
        return free;
    }

    void take() {
        Task<?> task = home.requireTask("acquire");
        if (!isFree()) {
            waitForTurn();
        }
        holder = task;
    }

    /// Whether a task may take the lock: one that has been woken but has not run yet comes first.
    private boolean isFree() {
        return holder == null && waiters.allCancelled();
    }

    private void waitForTurn() {
        Waiters.Waiter waiter = waiters.enter(home.newFuture("acquire", awaited));
        try {
            waiter.await();
        } catch (Throwable cancelled) {
            if (holder == null) {
                waiters.wakeFirst(); // it may have been this task's turn
            }
            throw cancelled;
        }
    }

    /// Releases the lock; the task that has waited longest gets it. Never suspends. asyncio:
    /// `release`.
    ///
    /// @throws IllegalStateException if nobody holds the lock
    @Override
    public void release() {
        home.requireHeld("release");
        if (holder == null) {
            throw home.misuse("release", "nobody holds it; release it once for each acquire()");
        }
        waiters.wakeFirst(); // first, since it may fail for want of stack: then nothing has changed
        holder = null;
    }

    /// Returns whether somebody holds the lock. asyncio: `locked`.
    public boolean isLocked() {
        return holder != null;
    }

    private List<Task<?>> holders() {
        Task<?> task = holder;
        return task == null ? List.of() : List.of(task);
    }

    /// Returns the name, the state with who holds the lock, and how many tasks wait.
    @Override
    public String toString() {
        return home.toString("Lock", stateText(), waiters.text("waiting"));
    }

    String stateText() {
        Task<?> task = holder;
        return task == null
                ? "unlocked"
                : "held by task '" + task.name() + "'" + (task.isDone() ? ", which is done" : "");
    }
}
