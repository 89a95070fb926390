package io.asyncio4j.sync;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// A [Queue] in which the least item comes out first: by a comparator, or by the items' natural
/// order. Items that compare as equal come out in the order they were put. asyncio:
/// `PriorityQueue`.
///
/// What the comparator throws is thrown by `put`, and the item is not in the queue then.
///
/// @param <T> the type of the items
public final class PriorityQueue<T extends @Nullable Object> extends Queue<T> {
    /// Creates a queue without a limit, for items that are [Comparable]. Anywhere.
    public PriorityQueue() {
        this(0);
    }

    /// Creates a queue for at most `maxSize` items that are [Comparable].
    ///
    /// @param maxSize 1 or more, or 0 for no limit
    /// @throws IllegalArgumentException if `maxSize` is negative
    public PriorityQueue(int maxSize) {
        this(maxSize, PriorityQueue::compareNaturally);
    }

    /// Creates a queue without a limit whose items are in the given order.
    public PriorityQueue(Comparator<? super T> order) {
        this(0, order);
    }

    /// Creates a queue for at most `maxSize` items in the given order.
    ///
    /// @param maxSize 1 or more, or 0 for no limit
    /// @throws IllegalArgumentException if `maxSize` is negative
    public PriorityQueue(int maxSize, Comparator<? super T> order) {
        super(new LoopBinding("priority queue"), maxSize, Items.sorted(order));
    }

    /// Creates a queue without a limit, for items that are [Comparable], with a name for
    /// diagnostics.
    public PriorityQueue(String name) {
        this(name, 0);
    }

    /// Creates a queue for at most `maxSize` items that are [Comparable], with a name for
    /// diagnostics.
    ///
    /// @param maxSize 1 or more, or 0 for no limit
    /// @throws IllegalArgumentException if `maxSize` is negative
    public PriorityQueue(String name, int maxSize) {
        this(name, maxSize, PriorityQueue::compareNaturally);
    }

    /// Creates a queue for at most `maxSize` items in the given order, with a name for diagnostics.
    ///
    /// @param maxSize 1 or more, or 0 for no limit
    /// @throws IllegalArgumentException if `maxSize` is negative
    public PriorityQueue(String name, int maxSize, Comparator<? super T> order) {
        super(new LoopBinding("priority queue", name), maxSize, Items.sorted(order));
    }

    @SuppressWarnings("unchecked") // compareTo checks what it is given
    private static int compareNaturally(@Nullable Object a, @Nullable Object b) {
        return requireComparable(a).compareTo(requireComparable(b));
    }

    @SuppressWarnings("rawtypes")
    private static Comparable requireComparable(@Nullable Object item) {
        if (item instanceof Comparable<?> comparable) {
            return comparable;
        }
        throw new ClassCastException("The item " + item
                + " of a priority queue has no natural order; use items that are Comparable, or give the queue"
                + " a Comparator");
    }
}
