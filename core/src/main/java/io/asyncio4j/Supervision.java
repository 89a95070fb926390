package io.asyncio4j;

/// A port: the watch over a loop as a whole, for deadlocks and for steps that block it.
abstract class Supervision {
    /// The loop begins to run.
    abstract void runBegins();

    /// The loop has ended its run.
    abstract void runEnds();

    /// The limit for how long a step may take is another one now.
    abstract void limitChanged();

    /// Nothing is ready and no timer is set. Returns for how long the loop may wait before it asks
    /// again; ends the run if that is no use.
    abstract long idle();

    /// Throws what has ended the run, if it was a deadlock.
    abstract void throwFound();

    /// Has a report made by a thread beside the loop, after those before it: no logger runs in the
    /// loop. Any thread.
    abstract void report(Runnable report);
}
