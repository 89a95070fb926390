package io.asyncio4j;

/// A step of the kernel's own: it calls no code of the program, so any thread that holds the loop
/// may run it.
final class KernelCallback extends Callback {
    private final Runnable action;

    KernelCallback(Runnable action) {
        this.action = action;
    }

    @Override
    void run() {
        action.run();
    }
}
