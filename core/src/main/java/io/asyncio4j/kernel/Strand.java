package io.asyncio4j.kernel;

import org.jspecify.annotations.Nullable;

/// The virtual thread a task lives on, with what its engine needs to stop and go on with it.
public abstract class Strand {
    public final Loop loop;

    /// The task that lives here now; null when there is none. Written by whoever holds the loop.
    private @Nullable Fiber<?> task;

    /// Whether the task makes a step within somebody else's, who goes on as soon as it suspends or
    /// ends.
    private boolean nested;

    public Strand(Loop loop) {
        this.loop = loop;
    }

    public abstract Thread thread();

    /// Whether the task could go on, but its thread does not get to run. Any thread.
    public boolean isStarved() {
        return false;
    }

    public final @Nullable Fiber<?> task() {
        return task;
    }

    public final void setTask(@Nullable Fiber<?> lives) {
        task = lives;
    }

    public final boolean isNested() {
        return nested;
    }

    public final void setNested(boolean within) {
        nested = within;
    }
}
