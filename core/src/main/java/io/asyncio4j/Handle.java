package io.asyncio4j;

import org.jspecify.annotations.Nullable;

/// A callback that waits for its turn on the loop, as [EventLoop#callSoon] returns it.
///
/// asyncio: `Handle`.
public sealed class Handle extends UserCallback permits TimerHandle {
    private @Nullable Runnable callback;
    private final ProgramFrames place;

    Handle(Loop loop, Runnable callback, Context context) {
        super(loop, context);
        this.callback = callback;
        this.place = ProgramFrames.ofCaller(loop.isDebug());
    }

    /// Cancels the callback: it will not run. Does nothing when it has run or was cancelled before.
    /// Called on the loop's thread; debug mode checks that.
    public void cancel() {
        if (loop.isDebug() && !loop.owner.isHeld()) {
            throw loop.owner.notHeld("cancel " + this);
        }
        callback = null;
        cancelled = true;
    }

    private boolean cancelled;

    /// Returns whether [#cancel] was called.
    @Override
    public final boolean isCancelled() {
        return cancelled;
    }

    /// Returns the context in which the callback runs.
    public final Context context() {
        return context;
    }

    @Override
    final void call() {
        Runnable task = callback;
        if (task != null) {
            task.run();
        }
    }

    @Override
    final String describe() {
        Runnable task = callback;
        String type = task == null ? "cancelled" : task.getClass().getName();
        int lambda = type.indexOf("$$Lambda");
        String created = place.toString();
        return getClass().getSimpleName() + "[" + (lambda < 0 ? type : "a lambda of " + type.substring(0, lambda))
                + (created.isEmpty() ? "]" : ", " + created + "]");
    }

    @Override
    final EventLoop.ExceptionContext report(Throwable thrown) {
        return new EventLoop.ExceptionContext("Exception in callback " + this, thrown, null, this);
    }

    /// Returns what is to be called, and whether it was cancelled; in debug mode also where it was
    /// created.
    @Override
    public String toString() {
        String created = place.toString();
        return getClass().getSimpleName() + "[" + (cancelled ? "cancelled" : callback)
                + (created.isEmpty() ? "]" : ", " + created + "]");
    }
}
