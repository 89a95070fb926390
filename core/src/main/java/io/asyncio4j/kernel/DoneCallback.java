package io.asyncio4j.kernel;

import io.asyncio4j.Context;
import io.asyncio4j.EventLoop;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A callback of the program for the end of a future.
///
/// @param <T> the type of the future's result
final class DoneCallback<T extends @Nullable Object> extends UserCallback {
    final Consumer<? super Promise<T>> action;
    private final Promise<T> future;

    DoneCallback(Promise<T> future, Consumer<? super Promise<T>> action, Context context) {
        super(future.loop, context);
        this.future = future;
        this.action = action;
    }

    @Override
    public void call() {
        action.accept(future);
    }

    @Override
    public String toString() {
        return "DoneCallback[of " + future.describe() + "]";
    }

    @Override
    public String describe() {
        return toString();
    }

    @Override
    public EventLoop.ExceptionContext report(Throwable thrown) {
        return new EventLoop.ExceptionContext("Exception in a done callback of " + future, thrown, null, null);
    }
}
