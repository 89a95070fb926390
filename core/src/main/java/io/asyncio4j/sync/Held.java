package io.asyncio4j.sync;

/// A primitive that a task has acquired, and releases by closing this at the end of a `try` block:
/// `try (var _ = lock.acquire()) { ... }`. asyncio: leaving `async with lock:`.
public final class Held implements AutoCloseable {
    private final Releasable owner;
    private boolean closed;

    Held(Releasable owner) {
        this.owner = owner;
    }

    /// Releases the lock, condition or semaphore. Never suspends. Closing twice is harmless.
    ///
    /// @throws IllegalStateException as `release` does, if somebody has released it meanwhile
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            owner.release();
        }
    }

    /// Returns what is held and its state.
    @Override
    public String toString() {
        return "Held[" + (closed ? "closed, " : "") + owner + "]";
    }
}
