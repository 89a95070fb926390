package io.asyncio4j;

/// An [EventLoop] as the kernel knows it: the program's hold on a loop.
abstract non-sealed class ProgramLoop implements EventLoop {
    private final Loop kernel;

    ProgramLoop(Loop kernel) {
        this.kernel = kernel;
    }

    /// Returns the loop behind the program's hold on it.
    static Loop kernelOf(EventLoop loop) {
        return ((ProgramLoop) loop).kernel;
    }
}
