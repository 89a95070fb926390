package io.asyncio4j;

import io.asyncio4j.kernel.TimedCall;

/// A callback that waits for a time of the loop's clock, as [EventLoop#callLater] and
/// [EventLoop#callAt] return it.
///
/// asyncio: `TimerHandle`.
public sealed interface TimerHandle extends Handle permits TimedCall {
    /// Returns the time at which the callback is due, in nanoseconds of [EventLoop#time].
    long when();

    @Override
    public void cancel();
}
