package io.asyncio4j.kernel;

import io.asyncio4j.queue.Callback;

/// A step of the kernel's own that another thread posts and that comes before all that is ready,
/// such as the cancellation by Ctrl-C: the next step of a task might be its last.
public final class UrgentCallback extends Callback {
    private final Runnable action;

    public UrgentCallback(Runnable action) {
        this.action = action;
    }

    @Override
    public boolean isUrgent() {
        return true;
    }

    @Override
    public void run() {
        action.run();
    }
}
