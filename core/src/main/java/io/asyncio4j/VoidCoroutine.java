package io.asyncio4j;

import io.asyncio4j.base.Throwing;
import org.jspecify.annotations.Nullable;

/// A [Coroutine] without a result, so that a lambda with a block body needs no `return null`.
@FunctionalInterface
public non-sealed interface VoidCoroutine extends VoidBody<RuntimeException>, Waitable {
    /// Runs the computation in the calling task, which it may suspend.
    ///
    /// @throws Exception what the computation fails with
    void run() throws Exception;

    /// Runs the computation in the calling task. Throws what [#run] throws, checked or not.
    @Override
    @SuppressWarnings("FunctionalInterfaceMethodChanged") // the same, but for what it declares
    public default void execute() {
        try {
            run();
        } catch (Exception e) {
            throw Throwing.sneaky(e);
        }
    }

    /// Returns this computation as a coroutine whose result is null.
    @Override
    public default Coroutine<@Nullable Void> returningNull() {
        return () -> {
            run();
            return null;
        };
    }
}
