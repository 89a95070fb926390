package io.asyncio4j;

import org.jspecify.annotations.Nullable;

/// Something a task can wait for and get a value from: a [Coroutine], a [Future] or a [Task].
///
/// asyncio: *awaitable*.
///
/// @param <T> the type of the value
@FunctionalInterface
public non-sealed interface Awaitable<T extends @Nullable Object> extends Waitable {
    /// Waits for the value. Suspends the calling task if it is not there yet.
    ///
    /// @return the value
    /// @throws Exception what the awaited thing failed with
    T await() throws Exception;
}
