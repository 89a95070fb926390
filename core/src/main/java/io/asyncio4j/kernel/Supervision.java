package io.asyncio4j.kernel;

/// A port: the watch over a loop as a whole, for deadlocks and for steps that block it.
public abstract class Supervision {
    /// The loop begins to run.
    public abstract void runBegins();

    /// The loop has ended its run.
    public abstract void runEnds();

    /// The limit for how long a step may take is another one now.
    public abstract void limitChanged();

    /// Nothing is ready and no timer is set. Returns for how long the loop may wait before it asks
    /// again; ends the run if that is no use.
    public abstract long idle();

    /// Throws what has ended the run, if it was a deadlock.
    public abstract void throwFound();

    /// Has a report made by a thread beside the loop, after those before it: no logger runs in the
    /// loop. Any thread.
    public abstract void report(Runnable report);
}
