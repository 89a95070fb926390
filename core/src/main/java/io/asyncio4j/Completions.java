package io.asyncio4j;

import io.asyncio4j.base.Times;
import io.asyncio4j.kernel.Awaitables;
import io.asyncio4j.kernel.Caller;
import io.asyncio4j.kernel.Fiber;
import io.asyncio4j.kernel.Follower;
import io.asyncio4j.kernel.KernelTimer;
import io.asyncio4j.kernel.Loop;
import io.asyncio4j.kernel.NamedPromise;
import io.asyncio4j.kernel.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Futures in the order in which they are done: see [Asyncio#asCompleted].
///
/// `for (Future<T> done : completions)` suspends the calling task until the next is there. Each
/// future comes once, however many loops, streams and tasks take from this. asyncio: what
/// `as_completed` returns.
///
/// @param <T> the type of the values
public final class Completions<T extends @Nullable Object> implements Iterable<Future<T>> {
    private final Loop loop;
    private final long created;

    /// The futures that are not done, or whose end this has not been told.
    private final Set<Link> todo = new LinkedHashSet<>();

    /// What is done and was not taken yet.
    private final ArrayDeque<Promise<T>> finished;

    /// How many more may be taken that are not done, because their time is over.
    private int late;

    /// Who waits for the next, in turn.
    private final ArrayDeque<Promise<@Nullable Void>> getters = new ArrayDeque<>();

    /// How many have not been asked for.
    private int left;

    private @Nullable KernelTimer timer;

    private Completions(Loop loop, int most) {
        this.loop = loop;
        this.finished = new ArrayDeque<>(most + 1); // so that it never grows, for which there may be no memory
        this.created = loop.time();
    }

    /// Makes tasks of what are not futures, and waits for all of them from now on.
    static <T extends @Nullable Object> Completions<T> of(
            Collection<? extends Awaitable<T>> awaitables, @Nullable Duration timeout) {
        Completions<T> completions = new Completions<>(Caller.requireLoop("wait for awaitables"), awaitables.size());
        completions.start(Awaitables.checked(completions.loop, "wait for", awaitables), timeout);
        return completions;
    }

    private void start(List<? extends Awaitable<T>> awaitables, @Nullable Duration timeout) {
        Set<Promise<T>> futures = new LinkedHashSet<>();
        for (Awaitable<T> awaitable : awaitables) {
            futures.add(Awaitables.toFuture(loop, "wait for", awaitable));
        }
        for (Promise<T> future : futures) {
            Link link = new Link(future);
            todo.add(link);
            future.addCallback(link);
        }
        if (!todo.isEmpty() && timeout != null) {
            timer = new KernelTimer(loop, Times.after(created, timeout), this::timeOut);
            timer.set();
        }
        left = todo.size();
    }

    /// Returns an iterator that suspends the calling task until the next future is done. The
    /// futures are those given, and the tasks made of the others.
    ///
    /// Its `next` throws [TimeoutException] for one that was not done in time. asyncio: `async
    /// for`.
    @Override
    public Iterator<Future<T>> iterator() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return left > 0;
            }

            @Override
            public Future<T> next() {
                requestNext();
                return take();
            }
        };
    }

    /// Returns a stream of the futures. It suspends the calling task as the iterator does, and is
    /// not to be made parallel.
    public Stream<Future<T>> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    /// Returns a coroutine for each future, without waiting: the first to be awaited gives the
    /// value of the future that is done first, or throws its failure, and so on. To be awaited once
    /// each, by any task.
    ///
    /// It throws [TimeoutException] for one that was not done in time. asyncio: the plain `for`.
    public Iterable<Coroutine<T>> coroutines() {
        return () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return left > 0;
            }

            @Override
            public Coroutine<T> next() {
                requestNext();
                return () -> take().await();
            }
        };
    }

    private void requestNext() {
        if (left == 0) {
            throw new NoSuchElementException("All futures were taken already; ask hasNext() first");
        }
        left--;
    }

    private Promise<T> take() {
        Fiber<?> task = Caller.requireTask("wait for the next future");
        while (finished.isEmpty() && late == 0) {
            awaitTurn();
        }
        Promise<T> next = finished.poll();
        if (next == null) {
            late--;
            throw new TimeoutException("Timed out after " + Duration.ofNanos(loop.time() - created) + " in "
                    + task.describe() + ", waiting for the next of several futures");
        }
        return next;
    }

    private void awaitTurn() {
        Promise<@Nullable Void> getter =
                new NamedPromise<>(loop, () -> "the first of " + todo.size() + " futures that are completed");
        getters.add(getter);
        try {
            getter.await();
        } catch (Throwable unable) {
            getters.remove(getter);
            boolean wasMyTurn = getter.isDone() && !getter.isCancelled();
            if (wasMyTurn && (late > 0 || !finished.isEmpty())) {
                wakeNext();
            }
            throw unable;
        }
    }

    private void wakeNext() {
        for (Promise<@Nullable Void> getter; (getter = getters.poll()) != null; ) {
            if (!getter.isDone()) {
                getter.complete(null);
                return;
            }
        }
    }

    private void timeOut() {
        for (Link link : todo) {
            link.future.removeCallback(link);
            late++;
            wakeNext();
        }
        todo.clear();
    }

    private void oneDone(Link link) {
        if (!todo.remove(link)) {
            return; // its time is over
        }
        finished.add(link.future);
        wakeNext();
        if (todo.isEmpty() && timer != null) {
            timer.cancel();
        }
    }

    /// Returns how many futures are left, and how many of them are done.
    @Override
    public String toString() {
        return "Completions[" + (todo.size() + finished.size() + late) + " left, " + finished.size() + " done]";
    }

    /// Stands in a future's list.
    private final class Link extends Follower {
        final Promise<T> future;

        Link(Promise<T> future) {
            this.future = future;
        }

        @Override
        public void run() {
            oneDone(this);
        }

        @Override
        public List<Promise<?>> waiting() {
            return List.copyOf(getters);
        }
    }
}
