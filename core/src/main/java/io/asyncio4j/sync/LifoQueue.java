package io.asyncio4j.sync;

import org.jspecify.annotations.Nullable;

/// A [Queue] in which the item that was put last comes out first. asyncio: `LifoQueue`.
///
/// @param <T> the type of the items
public final class LifoQueue<T extends @Nullable Object> extends Queue<T> {
    /// Creates a queue without a limit. Anywhere.
    public LifoQueue() {
        this(0);
    }

    /// Creates a queue for at most `maxSize` items.
    ///
    /// @param maxSize 1 or more, or 0 for no limit
    /// @throws IllegalArgumentException if `maxSize` is negative
    public LifoQueue(int maxSize) {
        super(new LoopBinding("LIFO queue"), maxSize, Items.lifo());
    }

    /// Creates a queue without a limit, with a name for diagnostics.
    public LifoQueue(String name) {
        this(name, 0);
    }

    /// Creates a queue for at most `maxSize` items, with a name for diagnostics.
    ///
    /// @param maxSize 1 or more, or 0 for no limit
    /// @throws IllegalArgumentException if `maxSize` is negative
    public LifoQueue(String name, int maxSize) {
        super(new LoopBinding("LIFO queue", name), maxSize, Items.lifo());
    }
}
