package io.asyncio4j;

import org.jspecify.annotations.Nullable;

/// A [Coroutine] without a result, so that a lambda with a block body needs no `return null`.
@FunctionalInterface
public interface VoidCoroutine {
    /// Runs the computation in the calling task, which it may suspend.
    ///
    /// @throws Exception what the computation fails with
    void run() throws Exception;

    /// Returns this computation as a coroutine whose result is null.
    default Coroutine<@Nullable Void> returningNull() {
        return () -> {
            run();
            return null;
        };
    }
}
