package io.asyncio4j;

import org.jspecify.annotations.Nullable;

/// The body of a timeout, which may look at it and move it. See [Asyncio#timeout].
///
/// @param <T> the type of its result
/// @param <X> what it fails with, as a [Body] does
@FunctionalInterface
public interface TimeoutBody<T extends @Nullable Object, X extends Exception> extends Timeout.VoidBody<X> {
    /// Runs the body in the task that set the timeout.
    ///
    /// @throws X what the body fails with
    T call(Timeout timeout) throws X;

    @Override
    public default void run(Timeout timeout) throws X {
        call(timeout);
    }
}
