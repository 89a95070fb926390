package io.asyncio4j;

/// A step of the kernel's own that another thread posts and that comes before all that is ready,
/// such as the cancellation by Ctrl-C: the next step of a task might be its last.
final class UrgentCallback extends Callback {
    private final Runnable action;

    UrgentCallback(Runnable action) {
        this.action = action;
    }

    @Override
    boolean isUrgent() {
        return true;
    }

    @Override
    void run() {
        action.run();
    }
}
