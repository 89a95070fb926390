package io.asyncio4j;

import org.jspecify.annotations.Nullable;

/// The cancellation of a task or future: thrown in the task at the await where the cancellation
/// reaches it, and by whoever asks for the result of what was cancelled.
///
/// It is an [Error] so that `catch (Exception e)` never swallows a cancellation. Code that catches
/// it to clean up throws it on. asyncio: `CancelledError`, a `BaseException` for the same reason.
public final class CancelledError extends Error {
    private static final long serialVersionUID = 1L;

    /// Creates an error without a message.
    public CancelledError() {}

    /// Creates an error with the message given to `cancel`.
    ///
    /// @param message why, or null
    public CancelledError(@Nullable String message) {
        super(message);
    }
}
