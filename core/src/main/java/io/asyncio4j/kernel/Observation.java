package io.asyncio4j.kernel;

import io.asyncio4j.TaskStatistics;
import io.asyncio4j.queue.QueueWatch;
import io.asyncio4j.spi.Poller;
import org.jspecify.annotations.Nullable;

/// A port: follows what a loop runs, for accounting, a flight recording and debug mode.
///
/// Confined to the thread that holds the loop.
public abstract class Observation extends QueueWatch {
    /// Begins or ends the observation, as is wanted now.
    public abstract void update();

    /// The loop is about to ask its poller: an iteration is over, and the next begins with this.
    public abstract void pollBegins();

    public abstract void pollEnds();

    /// Has the poller deliver what there is, without waiting, in debug mode.
    public abstract void poll(Poller poller);

    /// The running task or callback has `task` make a step within its own. That time is the
    /// inner task's.
    public abstract void nestedStepBegins(@Nullable Fiber<?> outer, Fiber<?> task);

    public abstract void nestedStepEnds(@Nullable Fiber<?> outer, Fiber<?> task);

    /// Returns what is known of `task` by now.
    public abstract TaskStatistics statistics(Fiber<?> task);
}
