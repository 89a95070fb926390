package io.asyncio4j.kernel;

import io.asyncio4j.queue.Callback;

/// A step of the kernel's own: it calls no code of the program, so any thread that holds the loop
/// may run it.
public final class KernelCallback extends Callback {
    private final Runnable action;

    public KernelCallback(Runnable action) {
        this.action = action;
    }

    @Override
    public void run() {
        action.run();
    }
}
