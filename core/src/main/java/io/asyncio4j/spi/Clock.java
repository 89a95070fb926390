package io.asyncio4j.spi;

/// The time of one event loop: what its timers are compared with, and how it waits when nothing is
/// ready.
///
/// A loop calls its clock from one thread at a time, the one that runs the loop.
public interface Clock {
    /// The deadline that is never reached.
    long NEVER = Long.MAX_VALUE;

    /// The answer of [#idle] that ends the loop's run, as [stop()][io.asyncio4j.EventLoop#stop]
    /// does.
    long STOP = -1;

    /// Returns the loop's time in nanoseconds: never negative, never going back; only differences
    /// mean anything.
    long nanoTime();

    /// Called when nothing can run before `deadline`, a time of this clock or [#NEVER]. Returns for
    /// how many real nanoseconds the loop may block its thread before it asks again: 0 for not at
    /// all, [#NEVER] until another thread wakes it; or [#STOP]. A virtual clock moves its time to
    /// the deadline and answers 0.
    ///
    /// The caller may be any thread that holds the loop, a task's included; this must not throw.
    ///
    /// @param expectsReport whether somebody outside is at work for the loop and will wake it, such
    ///     as a call in another thread; a virtual clock does not move meanwhile, and answers
    ///     [#NEVER]
    long idle(long deadline, boolean expectsReport);

    /// Returns the clock of real time, which starts at 0 when it is made.
    static Clock system() {
        return new SystemClock();
    }
}
