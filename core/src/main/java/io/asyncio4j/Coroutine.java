package io.asyncio4j;

import io.asyncio4j.base.Throwing;
import org.jspecify.annotations.Nullable;

/// A computation that runs nothing until it is awaited or made a task; each time it is awaited it
/// runs anew, in the awaiting task.
///
/// A lambda is a coroutine: `() -> fetch(url)`. It may throw whatever it likes, and none of it
/// shows in the type: see [Body] for code that runs in the caller's own task. asyncio: *coroutine
/// object*.
///
/// @param <T> the type of its result
@FunctionalInterface
public interface Coroutine<T extends @Nullable Object> extends Body<T, RuntimeException>, VoidCoroutine {
    @Override
    public T await() throws Exception;

    /// Runs the computation in the calling task. Throws what [#await] throws, checked or not.
    @Override
    @SuppressWarnings("FunctionalInterfaceMethodChanged") // the same, but for what it declares
    public default T call() {
        try {
            return await();
        } catch (Exception e) {
            throw Throwing.sneaky(e);
        }
    }

    @Override
    public default void run() throws Exception {
        await();
    }

    @Override
    public default void execute() {
        call();
    }

    @Override
    public default Coroutine<@Nullable Void> returningNull() {
        return VoidCoroutine.super.returningNull();
    }
}
