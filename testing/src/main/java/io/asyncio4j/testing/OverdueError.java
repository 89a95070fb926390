package io.asyncio4j.testing;

/// Says that a test took too much real time.
final class OverdueError extends AssertionError {
    private static final long serialVersionUID = 1L;

    OverdueError(String message) {
        super(message);
    }
}
