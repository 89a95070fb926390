package io.asyncio4j.sync;

import io.asyncio4j.spi.Awaited;

/// A flag that tasks wait for. It stays set until it is cleared. asyncio: `Event`.
public final class Event {
    private final LoopBinding home;
    private final Waiters waiters = new Waiters();
    private final Awaited awaited;
    private boolean set;

    /// Creates an event that is not set. Anywhere.
    public Event() {
        this(new LoopBinding("event"));
    }

    /// Creates an event with a name for diagnostics.
    public Event(String name) {
        this(new LoopBinding("event", name));
    }

    private Event(LoopBinding home) {
        this.home = home;
        this.awaited = home.awaited(() -> set ? "set" : "not set");
    }

    /// Suspends the calling task until the event is set, and not at all if it is. A task that was
    /// woken returns even if the event has been cleared again meanwhile. asyncio: `wait`.
    ///
    /// @throws io.asyncio4j.CancelledError if the task is cancelled while it waits
    /// @throws IllegalStateException if the caller is not a task, or must wait in another loop than
    ///     the one the event belongs to
    public void await() {
        home.requireTask("wait for");
        if (!set) {
            waiters.enter(home.newFuture("wait for", awaited)).await();
        }
    }

    /// Sets the flag and wakes all tasks that wait, in the order they came. Never suspends.
    /// asyncio: `set`.
    public void set() {
        home.requireHeld("set");
        if (!set) {
            waiters.wakeAll(); // first, since it may fail for want of stack: then nothing has changed
            set = true;
        }
    }

    /// Takes the flag back: from now on tasks wait. Never suspends. asyncio: `clear`.
    public void clear() {
        home.requireHeld("clear");
        set = false;
    }

    /// Returns whether the flag is set. asyncio: `is_set`.
    public boolean isSet() {
        return set;
    }

    /// Returns the name, the state, and how many tasks wait.
    @Override
    public String toString() {
        return home.toString("Event", set ? "set" : "not set", waiters.text("waiting"));
    }
}
