package io.asyncio4j;

import io.asyncio4j.base.Throwing;
import io.asyncio4j.kernel.Promise;
import org.jspecify.annotations.Nullable;

/// The end of an awaitable: with a value, or with an exception, which may be a [CancelledError].
///
/// asyncio: an element of the list that `gather(..., return_exceptions=True)` gives.
///
/// @param value the value, or null if there is an exception
/// @param exception what was thrown, or null if there is a value
/// @param <T> the type of the value
public record Outcome<T extends @Nullable Object>(
        @Nullable T value, @Nullable Throwable exception) {
    /// Returns how `future` has ended. If it was cancelled, its message is in the exception.
    ///
    /// @throws InvalidStateException if it is not done yet
    public static <T extends @Nullable Object> Outcome<T> of(Future<T> future) {
        if (future.isCancelled()) {
            return new Outcome<>(null, new CancelledError(Promise.of(future).cancelMessage()));
        }
        Throwable exception = future.exception();
        return exception == null ? new Outcome<>(future.result(), null) : new Outcome<>(null, exception);
    }

    /// Returns whether there is an exception.
    public boolean isFailure() {
        return exception != null;
    }

    /// Returns the value, or throws the exception.
    @SuppressWarnings("NullAway") // a T, which may be null itself
    public T result() {
        if (exception != null) {
            throw Throwing.sneaky(exception);
        }
        return value;
    }
}
