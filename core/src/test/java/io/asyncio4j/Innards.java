package io.asyncio4j;

import io.asyncio4j.kernel.Caller;
import io.asyncio4j.kernel.Fiber;
import io.asyncio4j.kernel.Loop;
import io.asyncio4j.kernel.ProgramLoop;

/// The way of tests to the kernel.
public final class Innards {
    private Innards() {}

    /// Returns the loop behind the program's hold on it.
    public static Loop of(EventLoop loop) {
        return ProgramLoop.kernelOf(loop);
    }

    /// Returns the loop that the caller runs in.
    public static Loop running() {
        return Caller.requireLoop("look at it");
    }

    /// Returns a task as the kernel has it.
    public static Fiber<?> of(Task<?> task) {
        return (Fiber<?>) task;
    }
}
