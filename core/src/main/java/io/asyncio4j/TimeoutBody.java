package io.asyncio4j;

import org.jspecify.annotations.Nullable;

/// The body of a timeout, which may look at it and move it. See [Asyncio#timeout].
///
/// @param <T> the type of its result
@FunctionalInterface
public interface TimeoutBody<T extends @Nullable Object> {
    /// Runs the body in the task that set the timeout.
    ///
    /// @throws Exception what the body fails with
    T run(Timeout timeout) throws Exception;
}
