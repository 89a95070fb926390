package io.asyncio4j.sync;

/// A barrier was waited at while it was broken, or was aborted or reset while a task waited.
/// asyncio: `BrokenBarrierError`.
public final class BrokenBarrierException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /// Creates the exception.
    ///
    /// @param message who tried what, and what to do
    public BrokenBarrierException(String message) {
        super(message);
    }
}
