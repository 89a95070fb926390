package io.asyncio4j.sync;

import io.asyncio4j.spi.Awaited;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Hands items from the tasks that put them to the tasks that get them, first in, first out. With a
/// maximal size, `put` waits while the queue is full, so that producers do not outrun consumers.
///
/// A consumer usually iterates until the queue is shut down: `for (var job : jobs) { work(job);
/// jobs.taskDone(); }`. Each step suspends as [#get] does.
///
/// An item may be null if `T` says so. asyncio: `Queue`.
///
/// @param <T> the type of the items
public sealed class Queue<T extends @Nullable Object> implements Iterable<T> permits PriorityQueue, LifoQueue {
    private static final String PUT = "put into";
    private static final String GET = "get from";

    private final LoopBinding home;
    private final int maxSize;
    private final Items<T> items;
    private final Waiters getters = new Waiters();
    private final Waiters putters = new Waiters();
    private final Waiters joiners = new Waiters();
    private final Awaited anItem;
    private final Awaited room;
    private final Awaited allDone;

    /// Items that were put and are not done yet, whether they are still in the queue or not.
    private long unfinished;

    private boolean shutDown;

    /// Creates a queue without a limit. Anywhere.
    public Queue() {
        this(0);
    }

    /// Creates a queue for at most `maxSize` items.
    ///
    /// @param maxSize 1 or more, or 0 for no limit
    /// @throws IllegalArgumentException if `maxSize` is negative
    public Queue(int maxSize) {
        this(new LoopBinding("queue"), maxSize, Items.fifo());
    }

    /// Creates a queue without a limit, with a name for diagnostics.
    public Queue(String name) {
        this(name, 0);
    }

    /// Creates a queue for at most `maxSize` items, with a name for diagnostics.
    ///
    /// @param maxSize 1 or more, or 0 for no limit
    /// @throws IllegalArgumentException if `maxSize` is negative
    public Queue(String name, int maxSize) {
        this(new LoopBinding("queue", name), maxSize, Items.fifo());
    }

    Queue(LoopBinding home, int maxSize, Items<T> items) {
        if (maxSize < 0) {
            throw new IllegalArgumentException(
                    home.refusal("create", "the maximal size is " + maxSize + "; give 1 or more, or 0 for no limit"));
        }
        this.home = home;
        this.anItem = home.awaited(this::toGet);
        this.room = home.awaited(this::toPut);
        this.allDone = home.awaited(() -> unfinished + " unfinished");
        this.maxSize = maxSize;
        this.items = items;
    }

    // ------------------------------------------------------------------ put

    /// Puts an item into the queue: suspends the calling task while the queue is full, and not at
    /// all if it has room. asyncio: `put`.
    ///
    /// @throws QueueShutDownException if the queue was shut down, also while the task waited
    /// @throws io.asyncio4j.CancelledError if the task is cancelled while it waits; the item is not
    ///     in the queue then
    /// @throws IllegalStateException if the caller is not a task, or must wait in another loop than
    ///     the one the queue belongs to
    public final void put(T item) {
        home.requireTask(PUT);
        while (isFull() && !shutDown) {
            waitIn(putters, PUT, room);
        }
        add(item);
    }

    /// Puts an item into the queue at once. Never suspends. asyncio: `put_nowait`.
    ///
    /// @throws QueueFullException if the queue is full
    /// @throws QueueShutDownException if the queue was shut down
    public final void putNowait(T item) {
        home.requireHeld(PUT);
        add(item);
    }

    private void add(T item) {
        if (shutDown) {
            throw new QueueShutDownException(
                    home.refusal(PUT, "it was shut down; put all items before you call shutdown()"));
        }
        if (isFull()) {
            throw new QueueFullException(home.refusal(
                    PUT, "it is full (" + items.size() + " of " + maxSize + "); use put(...), which waits for room"));
        }
        getters.wakeNext(); // first: where it fails for want of stack, or the next for want of memory, nothing is lost
        items.add(item);
        unfinished++;
    }

    // ------------------------------------------------------------------ get

    /// Takes the next item out of the queue: suspends the calling task while the queue is empty,
    /// and not at all if it has an item. asyncio: `get`.
    ///
    /// @throws QueueShutDownException if the queue was shut down and is empty, also while the task
    ///     waited
    /// @throws io.asyncio4j.CancelledError if the task is cancelled while it waits; it has taken no
    ///     item then
    /// @throws IllegalStateException if the caller is not a task, or must wait in another loop than
    ///     the one the queue belongs to
    public final T get() {
        home.requireTask(GET);
        while (isEmpty() && !shutDown) {
            waitIn(getters, GET, anItem);
        }
        return remove();
    }

    /// Takes the next item out of the queue at once. Never suspends. asyncio: `get_nowait`.
    ///
    /// @throws QueueEmptyException if the queue is empty
    /// @throws QueueShutDownException if the queue is empty and was shut down
    public final T getNowait() {
        home.requireHeld(GET);
        return remove();
    }

    private T remove() {
        if (isEmpty()) {
            if (shutDown) {
                throw new QueueShutDownException(home.refusal(
                        GET, "it was shut down and is empty; iterate over the queue, which ends by itself then"));
            }
            throw new QueueEmptyException(home.refusal(GET, "it is empty; use get(), which waits for an item"));
        }
        putters.wakeNext();
        return items.remove();
    }

    /// Suspends the calling task until there may be an item or room for it.
    private void waitIn(Waiters line, String what, Awaited awaited) {
        Waiters.Waiter waiter = line.enter(home.newFuture(what, awaited));
        try {
            waiter.await();
        } catch (Throwable cancelled) {
            boolean stillThere = line == getters ? !isEmpty() : !isFull();
            if (stillThere && waiter.wasWoken()) {
                line.wakeNext(); // this task cannot use it
            }
            throw cancelled;
        }
    }

    private String toGet() {
        return isEmpty() ? "empty" : items.size() + " items";
    }

    private String toPut() {
        return (isFull() ? "full, " : "") + items.size() + " of " + maxSize;
    }

    /// Returns an iterator whose `hasNext` takes the next item as [#get] does, so suspends, and is
    /// false when the queue was shut down and is empty. Several tasks may iterate, each with an
    /// iterator of its own, and share the items. asyncio has no counterpart.
    @Override
    public final Iterator<T> iterator() {
        return new Arrivals();
    }

    private final class Arrivals implements Iterator<T> {
        private @Nullable Fetched<T> fetched;

        @Override
        public boolean hasNext() {
            if (fetched == null) {
                try {
                    fetched = new Fetched<>(get());
                } catch (QueueShutDownException end) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public T next() {
            if (!hasNext() || fetched == null) {
                throw new NoSuchElementException(
                        home.refusal(GET, "it was shut down and is empty; ask hasNext() before next()"));
            }
            T item = fetched.item;
            fetched = null;
            return item;
        }
    }

    private record Fetched<T extends @Nullable Object>(T item) {}

    // ------------------------------------------------------------------ the end of the work

    /// Tells that the work on an item that was taken out is done. Never suspends. asyncio:
    /// `task_done`.
    ///
    /// @throws IllegalStateException if there have been as many calls as items
    public final void taskDone() {
        home.requireHeld("call taskDone() of");
        if (unfinished == 0) {
            throw home.misuse("call taskDone() of", "all its items are done already; call it once for each get()");
        }
        if (unfinished == 1) {
            joiners.wakeAll();
        }
        unfinished--;
    }

    /// Suspends the calling task until all items that were put are done: taken out, and
    /// [#taskDone] called for each. Not at all if they are. asyncio: `join`.
    ///
    /// @throws io.asyncio4j.CancelledError if the task is cancelled while it waits
    /// @throws IllegalStateException if the caller is not a task, or must wait in another loop than
    ///     the one the queue belongs to
    public final void join() {
        home.requireTask("join");
        if (unfinished > 0) {
            joiners.enter(home.newFuture("join", allDone)).await();
        }
    }

    /// Shuts the queue down: no more items can be put, also by tasks that wait for room; those in
    /// it can still be taken out. Never suspends. asyncio: `shutdown`.
    public final void shutdown() {
        shutdown(false);
    }

    /// Shuts the queue down, as [#shutdown()] does. Never suspends. asyncio: `shutdown`.
    ///
    /// @param immediate whether to drop the items that are in the queue, which count as done then
    public final void shutdown(boolean immediate) {
        home.requireHeld("shut down");
        if (immediate && unfinished <= size()) {
            joiners.wakeAll(); // first, as asyncio's
        }
        getters.wakeAll();
        putters.wakeAll();
        shutDown = true;
        if (immediate) {
            dropItems();
        }
    }

    private void dropItems() {
        while (!isEmpty()) {
            items.remove();
            unfinished = Math.max(0, unfinished - 1);
        }
    }

    // ------------------------------------------------------------------ state

    /// Returns the number of items in the queue. asyncio: `qsize`.
    public final int size() {
        return items.size();
    }

    /// Returns the number of items the queue has room for, or 0 if there is no limit. asyncio:
    /// `maxsize`.
    public final int maxSize() {
        return maxSize;
    }

    /// Returns whether there are no items in the queue. asyncio: `empty`.
    public final boolean isEmpty() {
        return items.size() == 0;
    }

    /// Returns whether there is a limit and it is reached. asyncio: `full`.
    public final boolean isFull() {
        return maxSize > 0 && items.size() >= maxSize;
    }

    /// Returns the name, the number of items, how many tasks wait for what, and how many items are
    /// not done.
    @Override
    public final String toString() {
        String size = items.size() + (maxSize > 0 ? " of " + maxSize : "");
        return home.toString(
                getClass().getSimpleName(),
                size + (size.equals("1") ? " item" : " items"),
                getters.text("waiting to get"),
                putters.text("waiting to put"),
                joiners.text("waiting to join"),
                unfinished == 0 ? "" : unfinished + " unfinished",
                shutDown ? "shut down" : "");
    }
}
