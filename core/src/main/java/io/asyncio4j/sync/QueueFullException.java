package io.asyncio4j.sync;

/// An item was to be put at once into a queue that has no room. asyncio: `QueueFull`.
public final class QueueFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Creates the exception.
    ///
    /// @param message who tried what, and what to do
    public QueueFullException(String message) {
        super(message);
    }
}
