package io.asyncio4j.sync;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The contents of a queue, in the order in which they come out.
interface Items<T extends @Nullable Object> {
    void add(T item);

    /// Takes the next one out; there is one.
    T remove();

    int size();

    /// First in, first out.
    static <T extends @Nullable Object> Items<T> fifo() {
        return new InRow<>(false);
    }

    /// Last in, first out.
    static <T extends @Nullable Object> Items<T> lifo() {
        return new InRow<>(true);
    }

    /// The least first, equal ones in the order they came.
    static <T extends @Nullable Object> Items<T> sorted(Comparator<? super T> order) {
        return new Sorted<>(order);
    }

    /// In the order they came, or the reverse.
    ///
    /// A ring. The JDK's `ArrayDeque` loses all it has if memory runs out while it grows, and takes
    /// no nulls.
    final class InRow<T extends @Nullable Object> implements Items<T> {
        private final boolean lastFirst;
        private @Nullable Object[] ring = new Object[16];
        private int head;
        private int size;

        private InRow(boolean lastFirst) {
            this.lastFirst = lastFirst;
        }

        @Override
        public void add(T item) {
            if (size == ring.length) {
                grow();
            }
            ring[index(size)] = item;
            size++;
        }

        private void grow() {
            @Nullable Object[] larger = Arrays.copyOfRange(ring, head, head + 2 * size);
            System.arraycopy(ring, 0, larger, size - head, head);
            ring = larger;
            head = 0;
        }

        @Override
        @SuppressWarnings({"unchecked", "NullAway"}) // add() stored a T, which may be null
        public T remove() {
            int taken = lastFirst ? index(size - 1) : head;
            if (!lastFirst) {
                head = index(1);
            }
            size--;
            Object item = ring[taken];
            ring[taken] = null;
            return (T) item;
        }

        /// Where the item is that stands `place` places behind the first.
        private int index(int place) {
            return (head + place) & (ring.length - 1);
        }

        @Override
        public int size() {
            return size;
        }
    }

    /// By a comparator, then in the order they came.
    final class Sorted<T extends @Nullable Object> implements Items<T> {
        private record Entry<T extends @Nullable Object>(T item, long number) {}

        private final java.util.PriorityQueue<Entry<T>> heap;
        private long added;

        private Sorted(Comparator<? super T> order) {
            Objects.requireNonNull(order, "order");
            this.heap = new java.util.PriorityQueue<>((a, b) -> {
                int byItem = order.compare(a.item, b.item);
                return byItem != 0 ? byItem : Long.compare(a.number, b.number);
            });
        }

        @Override
        public void add(T item) {
            heap.add(new Entry<>(item, added++));
        }

        @Override
        public T remove() {
            return heap.remove().item;
        }

        @Override
        public int size() {
            return heap.size();
        }
    }
}
