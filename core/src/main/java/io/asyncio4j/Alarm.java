package io.asyncio4j;

import org.jspecify.annotations.Nullable;

/// A timer of the kernel's own, which completes a future. No code of the program runs with it.
final class Alarm extends TimerHandle {
    private final Future<@Nullable Void> target;

    Alarm(Future<@Nullable Void> target, long when) {
        super(target.loop, when, () -> {}, Context.NONE);
        this.target = target;
    }

    @Override
    boolean runsUserCode() {
        return false;
    }

    @Override
    void run() {
        if (!isCancelled() && !target.isDone()) {
            target.complete(null);
        }
    }
}
