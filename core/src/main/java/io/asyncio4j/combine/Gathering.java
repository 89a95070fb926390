package io.asyncio4j.combine;

import io.asyncio4j.Awaitable;
import io.asyncio4j.CancelledError;
import io.asyncio4j.Coroutine;
import io.asyncio4j.Outcome;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.kernel.Awaitables;
import io.asyncio4j.kernel.Caller;
import io.asyncio4j.kernel.Compound;
import io.asyncio4j.kernel.Follower;
import io.asyncio4j.kernel.Loop;
import io.asyncio4j.kernel.Promise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The future of the results of several others, as [Asyncio#gather] returns it.
///
/// Cancelling it asks its children to stop; it ends when they have.
///
/// @param <E> what is made of each child: its value or its [Outcome]
public final class Gathering<E extends @Nullable Object> extends Compound<List<E>> {
    /// Whether a child's failure is a result like others.
    private final boolean keepsFailures;

    /// How many different children have not reported yet.
    private int unfinished;

    /// What failed first, whatever stood between.
    private @Nullable Promise<?> culprit;

    private Gathering(Loop loop, boolean keepsFailures) {
        super(loop);
        this.keepsFailures = keepsFailures;
    }

    /// Gathers values; the first failure is the outcome.
    public static <T extends @Nullable Object> Promise<List<T>> values(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        Loop loop = Caller.requireLoop("gather");
        return new Gathering<T>(loop, false).gather(Awaitables.checked(loop, "gather", awaitables));
    }

    /// Gathers values and failures alike.
    public static <T extends @Nullable Object> Promise<List<Outcome<T>>> outcomes(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        Loop loop = Caller.requireLoop("gather");
        return new Gathering<Outcome<T>>(loop, true).gather(Awaitables.checked(loop, "gather", awaitables));
    }

    /// Returns coroutines as awaitables.
    public static List<Coroutine<@Nullable Void>> returningNull(VoidCoroutine... coroutines) {
        return Arrays.stream(coroutines)
                .map(coroutine -> Objects.requireNonNull(coroutine, "coroutine").returningNull())
                .toList();
    }

    private Promise<List<E>> gather(List<? extends Awaitable<?>> awaitables) {
        if (awaitables.isEmpty()) {
            complete(List.of());
            return this;
        }
        List<Promise<?>> doneAlready = new ArrayList<>();
        Set<Promise<?>> seen = new HashSet<>();
        for (Awaitable<?> awaitable : awaitables) {
            Promise<?> child = Awaitables.toFuture(loop, "gather", awaitable);
            children().add(child);
            if (!seen.add(child)) {
                continue;
            }
            unfinished++;
            if (child.isDone()) {
                doneAlready.add(child);
            } else {
                child.addCallback(new Link(child));
            }
        }
        doneAlready.forEach(this::childDone);
        return this;
    }

    private void childDone(Promise<?> child) {
        unfinished--;
        if (isDone()) {
            if (!child.isCancelled()) {
                child.exception(); // nobody else will ask for it
            }
            return;
        }
        if (!keepsFailures) {
            Throwable failure = child.isCancelled() ? child.takeCancelledError() : child.exception();
            if (failure != null) {
                culprit = child instanceof Gathering<?> inner ? inner.culprit : child;
                failWith(failure);
                return;
            }
        }
        if (unfinished == 0) {
            end();
        }
    }

    private void end() {
        List<E> results = results();
        if (isCancelRequested()) {
            failWith(children().getLast().cancelledError());
        } else {
            complete(results);
        }
    }

    private void failWith(Throwable failure) {
        fail(failure);
        if (failure instanceof CancelledError) {
            exception(); // nobody need ask for this
        }
    }

    @SuppressWarnings("unchecked") // E is the children's type, or Outcome if failures are kept
    private List<E> results() {
        List<E> results = new ArrayList<>(children().size());
        for (Promise<?> child : children()) {
            results.add((E) (keepsFailures ? Outcome.of(child) : child.result()));
        }
        return Collections.unmodifiableList(results);
    }

    @Override
    @Nullable
    public Promise<?> origin() {
        return culprit;
    }

    @Override
    public String describe() {
        return "a gather of " + children().size();
    }

    @Override
    public String toString() {
        return "Gathering[of " + children().size() + ", " + outcomeText() + "]";
    }

    /// Tells the gathering when a child is done.
    private final class Link extends Follower {
        private final Promise<?> child;

        Link(Promise<?> child) {
            this.child = child;
        }

        @Override
        public void run() {
            childDone(child);
        }

        @Override
        public boolean failed(Throwable thrown) {
            if (isDone()) {
                return false;
            }
            fail(thrown);
            return true;
        }

        @Override
        public List<Promise<?>> waiting() {
            return List.of(Gathering.this);
        }
    }
}
