package io.asyncio4j.kernel;

import org.jspecify.annotations.Nullable;

/// A port: stops the tasks of a loop and has them go on. It decides which thread runs what [Loop]
/// has chosen to be next.
public abstract class Engine {
    /// Runs the loop on the calling thread, which is the loop's thread from now on, until it is
    /// stopped.
    public abstract void run();

    /// Suspends the calling task until the loop comes to it in the ready queue.
    public abstract void suspend(Fiber<?> task);

    /// Runs one step of `task` now, on behalf of the caller, who goes on after it.
    public abstract void stepNow(Fiber<?> task);

    /// Runs `action` on the loop's own thread, on behalf of the kernel, which goes on after it.
    public abstract void onLoopThread(Runnable action);

    /// Whether the loop will be told of each interrupt of its own thread from now on, until code of
    /// the program runs in that thread itself, so that the flag says nothing more.
    public boolean hearsInterrupts() {
        return false;
    }

    /// The interrupt flag of the loop's own thread was found set. Returns whether that is an
    /// interrupt the loop was not told of.
    public boolean isNewInterrupt() {
        return true;
    }

    /// Clears the interrupt flag of the loop's own thread, which has heard interrupts since it was
    /// last clear: the loop is told of that interrupt, if it has not been.
    public void leaveInterrupt() {
        var _ = Thread.interrupted();
    }

    /// Whether tasks run on the loop's own thread.
    public abstract boolean mountsTasks();

    /// Whether the loop's own thread runs code of the program now, while the thread of the task
    /// that runs waits for it. Read by other threads as it happens to be.
    public boolean borrowsLoopThread() {
        return false;
    }

    /// Whether another thread runs the loop than the one that called `run`.
    public abstract boolean isDisplaced();

    /// Sees to it that the loop goes on. Called by the watchdog while the loop runs.
    ///
    /// @param passed nanoseconds since the last call
    public void guard(long passed) {}

    /// Returns why the calling thread may not run a loop of this engine, or null if it may.
    public abstract @Nullable String refusal();
}
