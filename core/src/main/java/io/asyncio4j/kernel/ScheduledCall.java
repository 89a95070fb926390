package io.asyncio4j.kernel;

import io.asyncio4j.Context;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Handle;
import io.asyncio4j.base.ProgramFrames;
import org.jspecify.annotations.Nullable;

/// A [Handle] as the kernel has it: a callback of the program that waits for its turn.
public non-sealed class ScheduledCall extends UserCallback implements Handle {
    private @Nullable Runnable callback;
    private final ProgramFrames place;

    public ScheduledCall(Loop loop, Runnable callback, Context context) {
        super(loop, context);
        this.callback = callback;
        this.place = ProgramFrames.ofCaller(loop.isDebug());
    }

    /// Returns what the program calls it.
    public String kind() {
        return "Handle";
    }

    @Override
    public void cancel() {
        if (loop.isDebug() && !loop.owner.isHeld()) {
            throw loop.owner.notHeld("cancel " + this);
        }
        callback = null;
        cancelled = true;
    }

    private boolean cancelled;

    @Override
    public final boolean isCancelled() {
        return cancelled;
    }

    @Override
    public final Context context() {
        return context;
    }

    @Override
    public final void call() {
        Runnable task = callback;
        if (task != null) {
            task.run();
        }
    }

    @Override
    public final String describe() {
        Runnable task = callback;
        String type = task == null ? "cancelled" : task.getClass().getName();
        int lambda = type.indexOf("$$Lambda");
        String created = place.toString();
        return kind() + "[" + (lambda < 0 ? type : "a lambda of " + type.substring(0, lambda))
                + (created.isEmpty() ? "]" : ", " + created + "]");
    }

    @Override
    public final EventLoop.ExceptionContext report(Throwable thrown) {
        return new EventLoop.ExceptionContext("Exception in callback " + this, thrown, null, this);
    }

    @Override
    public String toString() {
        String created = place.toString();
        return kind() + "[" + (cancelled ? "cancelled" : callback) + (created.isEmpty() ? "]" : ", " + created + "]");
    }
}
