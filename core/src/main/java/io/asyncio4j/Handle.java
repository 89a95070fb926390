package io.asyncio4j;

import io.asyncio4j.kernel.ScheduledCall;

/// A callback that waits for its turn on the loop, as [EventLoop#callSoon] returns it.
///
/// asyncio: `Handle`.
public sealed interface Handle permits TimerHandle, ScheduledCall {
    /// Cancels the callback: it will not run. Does nothing when it has run or was cancelled before.
    /// Called on the loop's thread; debug mode checks that.
    void cancel();

    /// Returns whether [#cancel] was called.
    boolean isCancelled();

    /// Returns the context in which the callback runs.
    Context context();

    /// Returns what is to be called, and whether it was cancelled; in debug mode also where it was
    /// created.
    @Override
    public String toString();
}
