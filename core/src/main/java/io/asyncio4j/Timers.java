package io.asyncio4j;

import io.asyncio4j.spi.Clock;
import java.util.Arrays;

/// The loop's timers: a binary heap by deadline, and by order of setting where deadlines are equal.
///
/// A cancelled timer stays until it comes to the head, or until more than half of a large heap is
/// cancelled: then all cancelled ones go at once. Confined to the thread that holds the loop.
final class Timers {
    private static final int MIN_SIZE_TO_REBUILD = 100;

    private TimerHandle[] heap = new TimerHandle[16];
    private int size;
    private int cancelled;
    private long sequence;

    boolean isEmpty() {
        return size == 0;
    }

    /// Returns how many are set and not cancelled. Any thread, which may get an older number.
    int size() {
        return Math.max(0, size - cancelled);
    }

    void add(TimerHandle timer) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        timer.sequence = sequence++;
        timer.scheduled = true;
        siftUp(size++, timer);
    }

    /// A timer in the heap was cancelled.
    void noteCancelled() {
        cancelled++;
    }

    /// Drops cancelled timers: those at the head, or all if they are the majority.
    void discardCancelled() {
        if (cancelled == 0) {
            return;
        }
        if (size > MIN_SIZE_TO_REBUILD && cancelled > size / 2) {
            rebuild();
            return;
        }
        while (size > 0 && heap[0].isCancelled()) {
            cancelled--;
            removeFirst();
        }
    }

    /// Returns the earliest deadline, or [Clock#NEVER].
    long nextDeadline() {
        return size == 0 ? Clock.NEVER : heap[0].when();
    }

    /// Moves every timer due at `now` to the ready queue, earliest first.
    void moveDue(long now, ReadyQueue ready) {
        while (size > 0 && heap[0].when() <= now) {
            TimerHandle timer = removeFirst();
            if (timer.isCancelled()) {
                cancelled--;
            } else {
                ready.add(timer);
            }
        }
    }

    private TimerHandle removeFirst() {
        TimerHandle first = heap[0];
        TimerHandle moved = heap[--size];
        clear(size);
        if (size > 0) {
            siftDown(0, moved);
        }
        first.scheduled = false;
        return first;
    }

    private void rebuild() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            TimerHandle timer = heap[i];
            if (timer.isCancelled()) {
                timer.scheduled = false;
            } else {
                heap[kept++] = timer;
            }
        }
        for (int i = kept; i < size; i++) {
            clear(i);
        }
        size = kept;
        cancelled = 0;
        for (int i = size / 2 - 1; i >= 0; i--) {
            siftDown(i, heap[i]);
        }
    }

    @SuppressWarnings("NullAway") // slots past the end hold nothing
    private void clear(int index) {
        heap[index] = null;
    }

    private void siftUp(int index, TimerHandle timer) {
        int i = index;
        while (i > 0) {
            int parent = (i - 1) >>> 1;
            if (!timer.isBefore(heap[parent])) {
                break;
            }
            heap[i] = heap[parent];
            i = parent;
        }
        heap[i] = timer;
    }

    private void siftDown(int index, TimerHandle timer) {
        int i = index;
        int firstLeaf = size >>> 1;
        while (i < firstLeaf) {
            int child = 2 * i + 1;
            if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
                child++;
            }
            if (!heap[child].isBefore(timer)) {
                break;
            }
            heap[i] = heap[child];
            i = child;
        }
        heap[i] = timer;
    }
}
