package io.asyncio4j;

import io.asyncio4j.spi.Poller;
import org.jspecify.annotations.Nullable;

/// A port: follows what a loop runs, for accounting, a flight recording and debug mode.
///
/// Confined to the thread that holds the loop.
abstract class Observation extends QueueWatch {
    /// Begins or ends the observation, as is wanted now.
    abstract void update();

    /// The loop is about to ask its poller: an iteration is over, and the next begins with this.
    abstract void pollBegins();

    abstract void pollEnds();

    /// Has the poller deliver what there is, without waiting, in debug mode.
    abstract void poll(Poller poller);

    /// The running task or callback has `task` make a step within its own. That time is the
    /// inner task's.
    abstract void nestedStepBegins(@Nullable Fiber<?> outer, Fiber<?> task);

    abstract void nestedStepEnds(@Nullable Fiber<?> outer, Fiber<?> task);

    /// Returns what is known of `task` by now.
    abstract TaskStatistics statistics(Fiber<?> task);
}
