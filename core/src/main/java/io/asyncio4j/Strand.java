package io.asyncio4j;

import org.jspecify.annotations.Nullable;

/// The virtual thread a task lives on, with what its engine needs to stop and go on with it.
abstract class Strand {
    final Loop loop;

    /// The task that lives here now; null when there is none. Written by whoever holds the loop.
    private @Nullable Fiber<?> task;

    /// Whether the task makes a step within somebody else's, who goes on as soon as it suspends or
    /// ends.
    private boolean nested;

    Strand(Loop loop) {
        this.loop = loop;
    }

    abstract Thread thread();

    /// Whether the task could go on, but its thread does not get to run. Any thread.
    boolean isStarved() {
        return false;
    }

    final @Nullable Fiber<?> task() {
        return task;
    }

    final void setTask(@Nullable Fiber<?> lives) {
        task = lives;
    }

    final boolean isNested() {
        return nested;
    }

    final void setNested(boolean within) {
        nested = within;
    }
}
