package io.asyncio4j.queue;

/// An entry of the ready queue that is called once, when its turn comes.
public abstract class Callback extends Node {
    /// Calls it, on the thread that holds the loop.
    public abstract void run();

    /// Whether it is not to run any longer.
    public boolean isCancelled() {
        return false;
    }

    /// It stands in the loop's [Timers] from now on, or no longer.
    public void setInTimers(boolean in) {}
}
