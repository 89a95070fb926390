package io.asyncio4j.sync;

import io.asyncio4j.spi.Awaited;

/// A number of permits, of which each `acquire` takes one and each `release` gives one back: so
/// that no more than that many tasks do something at a time: `try (var _ =
/// connections.acquire()) { ... }`. Fair: a permit goes to the task that has waited longest.
///
/// There may be more releases than acquires, which adds permits; where that would be a mistake, use
/// [BoundedSemaphore]. asyncio: `Semaphore`.
public sealed class Semaphore implements Releasable permits BoundedSemaphore {
    final LoopBinding home;
    private final Waiters waiters = new Waiters();
    private final Awaited awaited;

    /// The permits that are free. Those of tasks that have been woken are not.
    private long value;

    /// Creates a semaphore with one permit. Anywhere.
    public Semaphore() {
        this(1);
    }

    /// Creates a semaphore with `value` permits.
    ///
    /// @param value 0 or more
    /// @throws IllegalArgumentException if `value` is negative
    public Semaphore(int value) {
        this(new LoopBinding("semaphore"), value);
    }

    /// Creates a semaphore with `value` permits and a name for diagnostics.
    ///
    /// @param value 0 or more
    /// @throws IllegalArgumentException if `value` is negative
    public Semaphore(String name, int value) {
        this(new LoopBinding("semaphore", name), value);
    }

    Semaphore(LoopBinding home, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(
                    home.refusal("create", "the value is " + value + "; give the number of permits, 0 or more"));
        }
        this.home = home;
        this.awaited = home.awaited(() -> this.value + " free");
        this.value = value;
    }

    /// Takes a permit: suspends the calling task until there is one for it, and not at all if one
    /// is free and nobody waits. asyncio: `acquire`.
    ///
    /// @return what releases the permit when closed; with [#release] it is not needed
    /// @throws io.asyncio4j.CancelledError if the task is cancelled while it waits; it has no
    ///     permit then
    /// @throws IllegalStateException if the caller is not a task, or must wait in another loop than
    ///     the one the semaphore belongs to
    public final Held acquire() {
        home.requireTask("acquire");
        Held held = new Held(this); // before there is something to hold: memory may have run out
        if (isLocked()) {
            waitForPermit();
        } else {
            value--;
        }
        return held;
    }

    /// Takes a permit if one is free and nobody waits. Never suspends.
    ///
    /// @return whether the calling task has a permit now, and is to [#release] it
    /// @throws IllegalStateException if the caller is not a task, or the loop it belongs to runs
    ///     elsewhere
    public final boolean tryAcquire() {
        home.requireTask("acquire");
        boolean free = !isLocked();
        if (free) {
            value--;
        }
        return free;
    }

    private void waitForPermit() {
        Waiters.Waiter waiter = waiters.enter(home.newFuture("acquire", awaited));
        try {
            waiter.await();
        } catch (Throwable cancelled) {
            if (waiter.wasWoken()) {
                value++; // the permit that came with being woken
            }
            throw cancelled;
        } finally {
            // Tasks that came while this one was about to run had to queue up, though permits were free.
            while (value > 0 && waiters.wakeNext()) {
                value--;
            }
        }
    }

    /// Gives a permit back; the task that has waited longest gets it. Never suspends. asyncio:
    /// `release`.
    ///
    /// @throws IllegalStateException if this is a [BoundedSemaphore] with all its permits
    @Override
    public void release() {
        home.requireHeld("release");
        if (!waiters.wakeNext()) {
            value++;
        }
    }

    /// Returns whether a task would have to wait for a permit: none is free, or others come first.
    /// asyncio: `locked`.
    public final boolean isLocked() {
        return value == 0 || !waiters.allCancelled();
    }

    final long value() {
        return value;
    }

    /// Returns the name, how many permits are free, and how many tasks wait.
    @Override
    public String toString() {
        return home.toString("Semaphore", value + " free", waitingText());
    }

    final String waitingText() {
        return waiters.text("waiting");
    }
}
