package io.asyncio4j.kernel;

import io.asyncio4j.Context;
import io.asyncio4j.spi.ReadyOrder;
import org.jspecify.annotations.Nullable;

/// A timer of the kernel's own. The action calls no code of the program.
public final class KernelTimer extends TimedCall {
    /// The context of the kernel's own callbacks.
    private static final Context NONE = new Context();

    public KernelTimer(Loop loop, long when, Runnable action) {
        super(loop, when, action, NONE);
    }

    /// Sets a timer that completes a future.
    public static KernelTimer completing(Promise<@Nullable Void> target, long when) {
        KernelTimer timer = new KernelTimer(target.loop, when, () -> {
            if (!target.isDone()) {
                target.complete(null);
            }
        });
        timer.set();
        return timer;
    }

    /// Adds it to the loop's timers.
    public void set() {
        loop.timers.add(this, when());
    }

    @Override
    public boolean runsUserCode() {
        return false;
    }

    @Override
    public ReadyOrder.Step describeStep() {
        return new ReadyOrder.Step(null, false, "a timer");
    }

    @Override
    public void run() {
        if (!isCancelled()) {
            call();
        }
    }
}
