package io.asyncio4j.combine;

import io.asyncio4j.Done;
import io.asyncio4j.Future;
import io.asyncio4j.ReturnWhen;
import io.asyncio4j.base.Times;
import io.asyncio4j.kernel.Awaitables;
import io.asyncio4j.kernel.Caller;
import io.asyncio4j.kernel.Follower;
import io.asyncio4j.kernel.KernelTimer;
import io.asyncio4j.kernel.Loop;
import io.asyncio4j.kernel.NamedPromise;
import io.asyncio4j.kernel.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A task's wait for several futures, or for the end of one whose outcome it does not want. See
/// [Asyncio#waitAll].
public final class Waiting {
    private final ReturnWhen returnWhen;

    /// What the task waits for.
    private final Promise<@Nullable Void> over;

    private @Nullable KernelTimer alarm;
    private int unfinished;

    private Waiting(Loop loop, ReturnWhen returnWhen, int unfinished) {
        this.over = new NamedPromise<>(loop, this::describe);
        this.returnWhen = returnWhen;
        this.unfinished = unfinished;
    }

    /// Waits until enough futures are done, or `timeout` has passed. Cancels nothing.
    @SuppressWarnings("unchecked") // a future is only read from
    public static <T extends @Nullable Object> Done<T> waitFor(
            Collection<? extends Future<? extends T>> futures, @Nullable Duration timeout, ReturnWhen returnWhen) {
        Loop loop = Caller.requireTask("wait for futures").loop;
        Objects.requireNonNull(returnWhen, "returnWhen");
        Set<Promise<T>> all = new LinkedHashSet<>();
        for (Future<? extends T> future : Awaitables.checked(loop, "wait for", futures)) {
            all.add((Promise<T>) future);
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException("waitAll was given no futures to wait for; check isEmpty() first");
        }
        new Waiting(loop, returnWhen, all.size()).suspend(loop, all, timeout);
        List<Future<T>> done = new ArrayList<>();
        List<Future<T>> pending = new ArrayList<>();
        for (Promise<T> future : all) {
            (future.isDone() ? done : pending).add(future);
        }
        return new Done<>(done, pending);
    }

    /// Cancels `future` and waits until it is done. Unlike awaiting it, this can be cancelled in
    /// turn.
    public static void cancelAndWait(Promise<?> future) {
        Waiting waiting = new Waiting(future.loop, ReturnWhen.ALL_COMPLETED, 1);
        Link link = waiting.new Link(future);
        future.addCallback(link);
        try {
            future.requestCancel(null);
            waiting.over.await();
        } finally {
            future.removeCallback(link);
        }
    }

    private void suspend(Loop loop, Collection<? extends Promise<?>> futures, @Nullable Duration timeout) {
        if (timeout != null) {
            alarm = KernelTimer.completing(over, Times.after(loop.time(), timeout));
        }
        List<Link> links = new ArrayList<>(futures.size());
        for (Promise<?> future : futures) {
            Link link = new Link(future);
            links.add(link);
            future.addCallback(link);
        }
        try {
            over.await();
        } finally {
            cancelAlarm();
            links.forEach(Link::remove);
        }
    }

    private String describe() {
        return (returnWhen == ReturnWhen.ALL_COMPLETED ? "all" : "the first") + " of several futures";
    }

    private void oneDone(Promise<?> future) {
        unfinished--;
        if (unfinished > 0 && !isEnough(future)) {
            return;
        }
        cancelAlarm();
        if (!over.isDone()) {
            over.complete(null);
        }
    }

    private boolean isEnough(Promise<?> future) {
        return switch (returnWhen) {
            case FIRST_COMPLETED -> true;
            case FIRST_EXCEPTION -> !future.isCancelled() && future.exception() != null;
            case ALL_COMPLETED -> false;
        };
    }

    private void cancelAlarm() {
        if (alarm != null) {
            alarm.cancel();
        }
    }

    /// Stands in a future's list.
    private final class Link extends Follower {
        private final Promise<?> future;

        Link(Promise<?> future) {
            this.future = future;
        }

        void remove() {
            future.removeCallback(this);
        }

        @Override
        public void run() {
            oneDone(future);
        }

        @Override
        public List<Promise<?>> waiting() {
            return List.of(over);
        }
    }
}
