package io.asyncio4j.kernel;

import io.asyncio4j.EventLoop;
import io.asyncio4j.spi.LoopAccess;

/// A port: the parts of a loop that lie above the kernel. Each is made once for a loop, or at its
/// first use.
public abstract class Parts {
    /// Returns the engine for a loop that the calling thread is about to run.
    public abstract Engine engine(Loop loop);

    /// Returns the observer of what the loop runs.
    public abstract Observation observation(Loop loop);

    /// Returns the watch over the loop as a whole.
    public abstract Supervision supervision(Loop loop);

    /// Returns what modules hold of the loop.
    public abstract LoopAccess access(Loop loop);

    /// Returns a new hold of the program on the loop.
    public abstract EventLoop handle(Loop loop);
}
