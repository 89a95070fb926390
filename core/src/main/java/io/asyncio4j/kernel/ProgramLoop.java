package io.asyncio4j.kernel;

import io.asyncio4j.EventLoop;

/// An [EventLoop] as the kernel knows it: the program's hold on a loop.
public abstract non-sealed class ProgramLoop implements EventLoop {
    private final Loop kernel;

    public ProgramLoop(Loop kernel) {
        this.kernel = kernel;
    }

    /// Returns the loop behind the program's hold on it.
    public static Loop kernelOf(EventLoop loop) {
        return ((ProgramLoop) loop).kernel;
    }
}
