package io.asyncio4j.sync;

/// An item was to be taken at once from a queue that has none. asyncio: `QueueEmpty`.
public final class QueueEmptyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Creates the exception.
    ///
    /// @param message who tried what, and what to do
    public QueueEmptyException(String message) {
        super(message);
    }
}
