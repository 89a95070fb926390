package io.asyncio4j;

import org.jspecify.annotations.Nullable;

/// The virtual thread a task lives on, with what its engine needs to stop and go on with it.
abstract class Strand {
    /// The task that lives here now; null when there is none. Written by whoever holds the loop.
    @Nullable
    Task<?> task;

    /// Whether the task runs a step within somebody else's, who goes on as soon as it suspends or
    /// ends.
    boolean nested;

    abstract Thread thread();
}
