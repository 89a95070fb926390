package io.asyncio4j.sync;

/// An item was to be put into a queue that was shut down, or taken from one that will never have
/// another. asyncio: `QueueShutDown`.
public final class QueueShutDownException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Creates the exception.
    ///
    /// @param message who tried what, and what to do
    public QueueShutDownException(String message) {
        super(message);
    }
}
