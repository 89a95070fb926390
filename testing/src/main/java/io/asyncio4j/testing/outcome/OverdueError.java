package io.asyncio4j.testing.outcome;

/// The error of a test that took too much real time.
public final class OverdueError extends AssertionError {
    private static final long serialVersionUID = 1L;

    public OverdueError(String message) {
        super(message);
    }
}
