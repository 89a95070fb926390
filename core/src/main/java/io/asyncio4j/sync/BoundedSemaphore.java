package io.asyncio4j.sync;

/// A [Semaphore] that never has more permits than it began with: releasing one too many, nearly
/// always a mistake, is an error. asyncio: `BoundedSemaphore`.
public final class BoundedSemaphore extends Semaphore {
    private final int bound;

    /// Creates a semaphore with one permit. Anywhere.
    public BoundedSemaphore() {
        this(1);
    }

    /// Creates a semaphore with `value` permits.
    ///
    /// @param value 0 or more
    /// @throws IllegalArgumentException if `value` is negative
    public BoundedSemaphore(int value) {
        this(new LoopBinding("bounded semaphore"), value);
    }

    /// Creates a semaphore with `value` permits and a name for diagnostics.
    ///
    /// @param value 0 or more
    /// @throws IllegalArgumentException if `value` is negative
    public BoundedSemaphore(String name, int value) {
        this(new LoopBinding("bounded semaphore", name), value);
    }

    private BoundedSemaphore(LoopBinding home, int value) {
        super(home, value);
        this.bound = value;
    }

    /// Gives a permit back, as [Semaphore#release] does. Never suspends.
    ///
    /// @throws IllegalStateException if all permits are there already
    @Override
    public void release() {
        if (value() >= bound) {
            throw home.misuse(
                    "release", "all its permits are there already (" + bound + "); release it once for each acquire()");
        }
        super.release();
    }

    /// Returns the name, how many of the permits are free, and how many tasks wait.
    @Override
    public String toString() {
        return home.toString("BoundedSemaphore", value() + " of " + bound + " free", waitingText());
    }
}
