package io.asyncio4j.sync;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is in a queue, in the order in which it comes out.
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
    final class InRow<T extends @Nullable Object> implements Items<T> {
        private static final Object NULL = new Object();

        private final Deque<Object> row = new ArrayDeque<>();
        private final boolean lastFirst;

        private InRow(boolean lastFirst) {
            this.lastFirst = lastFirst;
        }

        @Override
        public void add(T item) {
            row.addLast(item == null ? NULL : item);
        }

        @Override
        @SuppressWarnings({"unchecked", "NullAway"}) // add() stored a T, which may be null
        public T remove() {
            Object item = lastFirst ? row.removeLast() : row.removeFirst();
            return (T) (item == NULL ? null : item);
        }

        @Override
        public int size() {
            return row.size();
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
