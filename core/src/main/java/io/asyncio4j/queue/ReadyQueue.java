package io.asyncio4j.queue;

import io.asyncio4j.spi.ReadyOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The loop's FIFO queue of what is ready to run, cut into iterations: what becomes ready during an
/// iteration waits for the next. A [ReadyOrder] may permute each iteration when it begins.
///
/// Confined to the thread that holds the loop.
public final class ReadyQueue {
    private @Nullable Node head;
    private @Nullable Node tail;

    /// Told of what is added and taken; null unless somebody wants to know.
    private @Nullable QueueWatch watch;

    /// Decides in which order an iteration comes; null for FIFO.
    private @Nullable ReadyOrder order;

    /// How many nodes were taken. Read by other threads, which may see an older number.
    private long turns;

    /// How many of them only looked at the loop.
    private long probes;

    private int size;

    /// The last node of the iteration in progress; null when the iteration is over.
    private @Nullable Node last;

    @Nullable
    public QueueWatch watch() {
        return watch;
    }

    public void setWatch(@Nullable QueueWatch observer) {
        watch = observer;
    }

    @Nullable
    public ReadyOrder order() {
        return order;
    }

    public void setOrder(@Nullable ReadyOrder decides) {
        order = decides;
    }

    public long turns() {
        return turns;
    }

    /// The node that was taken last only looks at the loop.
    public void noteProbe() {
        probes++;
    }

    /// Returns how many nodes were taken that did something.
    public long turnsOfProgram() {
        return turns - probes;
    }

    /// Returns how many nodes there are. Any thread, which may get an older number.
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return head == null;
    }

    public void add(Node node) {
        addChain(node, node);
    }

    /// Appends a list of nodes linked from `first` to `end`.
    public void addChain(Node first, Node end) {
        size++;
        for (Node node = first; node != end; node = Objects.requireNonNull(node.next)) {
            size++;
        }
        link(first, end);
        if (watch != null) {
            watch.tellReady(first, end);
        }
    }

    private void link(Node first, Node end) {
        end.next = null;
        if (tail == null) {
            head = first;
        } else {
            tail.next = first;
        }
        tail = end;
    }

    /// Inserts a node before all others, for the iteration that is about to begin.
    void addFirst(Node node) {
        if (watch != null) {
            watch.tellReady(node, node);
        }
        size++;
        node.next = head;
        head = node;
        if (tail == null) {
            tail = node;
        }
    }

    /// Begins an iteration, which consists of all that is ready now.
    ///
    /// @return false if the run is to end with it, as the order wants
    public boolean beginIteration() {
        boolean goOn = order == null || head == null || permute(order, head);
        last = tail;
        return goOn;
    }

    private boolean permute(ReadyOrder decides, Node first) {
        Permutation permutation = new Permutation(first);
        List<Node> permuted = new ArrayList<>(size);
        for (Node node; (node = permutation.next(decides)) != null; ) {
            permuted.add(node);
        }
        head = null;
        tail = null;
        for (Node node : permuted) {
            link(node, node);
        }
        return !permutation.isStopped();
    }

    /// Returns the node whose turn it is in this iteration, or null at its end.
    @Nullable
    public Node peek() {
        return last == null ? null : head;
    }

    /// Whether the node stands first, in this iteration or the next.
    public boolean isHead(Node node) {
        return head == node;
    }

    /// Takes the node whose turn it is in this iteration; null at its end.
    @Nullable
    public Node poll() {
        Node node = remove();
        if (watch != null) {
            watch.tellNext(node);
        }
        return node;
    }

    private @Nullable Node remove() {
        Node node = peek();
        if (node == null) {
            return null;
        }
        if (node == last) {
            last = null;
        }
        turns++;
        size--;
        head = node.next;
        if (head == null) {
            tail = null;
        }
        node.next = null;
        return node;
    }

    /// Takes the first node, of whatever iteration; null if there is none.
    @Nullable
    public Node take() {
        if (last == null) {
            last = tail;
        }
        return poll();
    }

    /// Undoes a [#poll], for a thread that may not run what it took.
    public void putBack(Node node) {
        turns--;
        size++;
        node.next = head;
        head = node;
        if (tail == null) {
            tail = node;
        }
        if (last == null) {
            last = node;
        }
    }

    /// Takes a node out of the middle; slow, for the rare case that a task could not be suspended.
    public void remove(Node node) {
        Node before = null;
        for (Node n = head; n != null; before = n, n = n.next) {
            if (n != node) {
                continue;
            }
            if (before == null) {
                head = n.next;
            } else {
                before.next = n.next;
            }
            if (tail == n) {
                tail = before;
            }
            if (last == n) {
                last = before;
            }
            n.next = null;
            size--;
            return;
        }
    }
}
