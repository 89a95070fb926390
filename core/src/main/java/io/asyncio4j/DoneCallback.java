package io.asyncio4j;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the program wants done when a future is.
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
    void call() {
        action.accept(future);
    }

    @Override
    public String toString() {
        return "DoneCallback[of " + future.describe() + "]";
    }

    @Override
    String describe() {
        return toString();
    }

    @Override
    EventLoop.ExceptionContext report(Throwable thrown) {
        return new EventLoop.ExceptionContext("Exception in a done callback of " + future, thrown, null, null);
    }
}
