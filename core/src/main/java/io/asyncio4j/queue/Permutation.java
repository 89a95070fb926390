package io.asyncio4j.queue;

import io.asyncio4j.spi.ReadyOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// An iteration that is being put into the order that a [ReadyOrder] wants.
///
/// Steps of tasks can be taken in any order, all other nodes in theirs only.
final class Permutation {
    /// A node with its place in FIFO order.
    private record Entry(int place, Node node) {}

    /// What can be taken next, in FIFO order: all tasks left, and the first of [#others].
    private final List<Entry> candidates = new ArrayList<>();

    /// The same, for the order to see.
    private final List<ReadyOrder.Step> steps = new ArrayList<>();

    private final List<ReadyOrder.Step> readOnlySteps = Collections.unmodifiableList(steps);

    /// What is not a task's step and comes after the one among the candidates.
    private final Queue<Entry> others = new ArrayDeque<>();

    private boolean stopped;

    Permutation(Node first) {
        int place = 0;
        boolean hasOther = false;
        for (Node node = first; node != null; node = node.next) {
            Entry entry = new Entry(place++, node);
            if (hasOther && !node.isStep()) {
                others.add(entry);
            } else {
                hasOther |= !node.isStep();
                insert(candidates.size(), entry);
            }
        }
    }

    /// Takes the node that comes next; null at the end.
    @Nullable
    Node next(ReadyOrder order) {
        if (candidates.isEmpty()) {
            return null;
        }
        int index = stopped ? 0 : order.next(readOnlySteps);
        if (index == ReadyOrder.STOP) {
            stopped = true;
            index = 0;
        }
        steps.remove(index);
        Node node = candidates.remove(index).node;
        if (!node.isStep() && !others.isEmpty()) {
            insertInPlace(others.remove());
        }
        return node;
    }

    /// Whether the order has asked for the end of the run.
    boolean isStopped() {
        return stopped;
    }

    private void insertInPlace(Entry entry) {
        int index = 0;
        while (index < candidates.size() && candidates.get(index).place < entry.place) {
            index++;
        }
        insert(index, entry);
    }

    private void insert(int index, Entry entry) {
        candidates.add(index, entry);
        steps.add(index, entry.node.describeStep());
    }
}
