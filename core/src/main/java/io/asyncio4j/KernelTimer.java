package io.asyncio4j;

/// A timer of the kernel's own. What it does calls no code of the program.
final class KernelTimer extends TimerHandle {
    KernelTimer(Loop loop, long when, Runnable action) {
        super(loop, when, action, Context.NONE);
    }

    @Override
    boolean runsUserCode() {
        return false;
    }

    @Override
    void run() {
        if (!isCancelled()) {
            call();
        }
    }
}
