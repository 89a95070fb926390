package io.asyncio4j;

import org.jspecify.annotations.Nullable;

/// Something was not done in time. asyncio: Python's `TimeoutError`.
public final class TimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Creates an exception without a message.
    public TimeoutException() {}

    /// Creates an exception.
    ///
    /// @param message what was not done, and how long it was waited for
    public TimeoutException(@Nullable String message) {
        super(message);
    }

    TimeoutException(String message, CancelledError cause) {
        super(message, cause);
    }
}
