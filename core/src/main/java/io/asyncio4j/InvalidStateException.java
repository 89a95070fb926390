package io.asyncio4j;

/// A future was used in a state that does not allow it: asked for a result it does not have yet, or
/// given a second one. asyncio: `InvalidStateError`.
public final class InvalidStateException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /// Creates the exception.
    ///
    /// @param message which future, its state, and what to do
    public InvalidStateException(String message) {
        super(message);
    }
}
