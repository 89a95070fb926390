package io.asyncio4j.queue;

import io.asyncio4j.spi.Clock;
import java.util.Arrays;

/// The loop's timers: a binary heap by deadline, and by order of setting where deadlines are equal.
///
/// A cancelled timer stays until it comes to the head, or until more than half of a large heap is
/// cancelled: then all cancelled ones go at once. Confined to the thread that holds the loop.
public final class Timers {
    private static final int MIN_SIZE_TO_REBUILD = 100;
    private static final int FIRST_CAPACITY = 16;

    // What belongs to one timer has the same index in each, so that a comparison touches no timer.

    private Callback[] heap = new Callback[FIRST_CAPACITY];
    private long[] deadlines = new long[FIRST_CAPACITY];
    private long[] sequences = new long[FIRST_CAPACITY];

    private int size;
    private int cancelled;
    private long sequence;

    public boolean isEmpty() {
        return size == 0;
    }

    /// Returns how many are set and not cancelled. Any thread, which may get an older number.
    public int size() {
        return Math.max(0, size - cancelled);
    }

    /// Adds a timer that is due at `deadline`.
    public void add(Callback timer, long deadline) {
        if (size == heap.length) {
            grow();
        }
        timer.setInTimers(true);
        siftUp(size++, timer, deadline, sequence++);
    }

    private void grow() {
        int capacity = 2 * size;
        Callback[] timers = Arrays.copyOf(heap, capacity);
        long[] times = Arrays.copyOf(deadlines, capacity);
        sequences = Arrays.copyOf(sequences, capacity);
        deadlines = times; // only now: there may be no memory for one of them
        heap = timers;
    }

    /// A timer in the heap was cancelled.
    public void noteCancelled() {
        cancelled++;
    }

    /// Drops cancelled timers: those at the head, or all if they are the majority.
    public void discardCancelled() {
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
    public long nextDeadline() {
        return size == 0 ? Clock.NEVER : deadlines[0];
    }

    /// Moves every timer due at `now` to the ready queue, earliest first.
    public void moveDue(long now, ReadyQueue ready) {
        while (size > 0 && deadlines[0] <= now) {
            Callback timer = removeFirst();
            if (timer.isCancelled()) {
                cancelled--;
            } else {
                ready.add(timer);
            }
        }
    }

    private Callback removeFirst() {
        Callback first = heap[0];
        Callback moved = heap[--size];
        clear(size);
        if (size > 0) {
            siftDown(0, moved, deadlines[size], sequences[size]);
        }
        first.setInTimers(false);
        return first;
    }

    private void rebuild() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            Callback timer = heap[i];
            if (timer.isCancelled()) {
                timer.setInTimers(false);
            } else {
                put(kept++, timer, deadlines[i], sequences[i]);
            }
        }
        for (int i = kept; i < size; i++) {
            clear(i);
        }
        size = kept;
        cancelled = 0;
        for (int i = size / 2 - 1; i >= 0; i--) {
            siftDown(i, heap[i], deadlines[i], sequences[i]);
        }
    }

    @SuppressWarnings("NullAway") // slots past the end hold nothing
    private void clear(int index) {
        heap[index] = null;
    }

    private void put(int index, Callback timer, long deadline, long number) {
        heap[index] = timer;
        deadlines[index] = deadline;
        sequences[index] = number;
    }

    private void move(int from, int to) {
        heap[to] = heap[from];
        deadlines[to] = deadlines[from];
        sequences[to] = sequences[from];
    }

    private void siftUp(int index, Callback timer, long deadline, long number) {
        int i = index;
        while (i > 0) {
            int parent = (i - 1) >>> 1;
            if (!isBefore(deadline, number, parent)) {
                break;
            }
            move(parent, i);
            i = parent;
        }
        put(i, timer, deadline, number);
    }

    private void siftDown(int index, Callback timer, long deadline, long number) {
        int i = index;
        int firstLeaf = size >>> 1;
        while (i < firstLeaf) {
            int child = 2 * i + 1;
            if (child + 1 < size && isBefore(deadlines[child + 1], sequences[child + 1], child)) {
                child++;
            }
            if (isBefore(deadline, number, child)) {
                break;
            }
            move(child, i);
            i = child;
        }
        put(i, timer, deadline, number);
    }

    /// Whether a timer of this deadline and number comes before the one in the heap.
    private boolean isBefore(long deadline, long number, int other) {
        return deadline < deadlines[other] || (deadline == deadlines[other] && number < sequences[other]);
    }
}
