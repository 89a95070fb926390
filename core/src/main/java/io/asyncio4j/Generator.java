package io.asyncio4j;

import io.asyncio4j.base.Throwing;
import io.asyncio4j.kernel.Caller;
import io.asyncio4j.kernel.Fiber;
import io.asyncio4j.kernel.Follower;
import io.asyncio4j.kernel.Loop;
import io.asyncio4j.kernel.NamedPromise;
import io.asyncio4j.kernel.Promise;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A coroutine that gives values one by one, to a loop that suspends until the next is there.
///
/// ```
/// try (var numbers = new Generator<Integer>(out -> {
///     for (int i = 0; ; i++) {
///         sleep(ofSeconds(1));
///         out.yield(i);
///     }
/// })) {
///     for (int number : numbers) { ... }
/// }
/// ```
///
/// The body begins with the first value asked for, and stands still between two. It runs in a task
/// of its own, in the context of whoever asks first: so its groups and timeouts may well contain a
/// `yield`. What it throws is thrown where the next value is asked for; cancelling the task that
/// waits there cancels the body. [#close] cancels a body that stands at a `yield` and waits for it
/// to clean up; the end of the run does so with one that was forgotten.
///
/// Any task of the loop may take values, one at a time. asyncio: an asynchronous generator.
///
/// @param <T> the type of the values
public final class Generator<T extends @Nullable Object> implements Iterable<T>, AutoCloseable {
    /*
     * NEW     -> RUNNING   the first value is asked for
     *         -> ENDED     closed
     * RUNNING -> YIELDED   the body stands at a yield; its value is for who asked
     *         -> ENDED     the body has ended
     * YIELDED -> RUNNING   the next value is asked for; or somebody cancels the body's task
     *         -> CLOSING   closed
     * CLOSING -> ENDED     the body has ended
     *
     * The body's task makes a step at once when asked, within the step of the one who asks, as an eager task does.
     * If that brings it to a value or to its end, nobody need wait. Otherwise the one who asked waits for
     * `turn`, which the body completes later, in a step of its own.
     */
    private enum State {
        NEW,
        RUNNING,
        YIELDED,
        CLOSING,
        ENDED
    }

    private final Body<T> body;
    private State state = State.NEW;

    /// The value to be taken, if there is one.
    private @Nullable Object value;

    private boolean hasValue;

    /// Who waits for a value or for the end, if anybody does.
    private @Nullable Fiber<?> attendant;

    /// Whether somebody did when the body ended. Otherwise a cancellation of it concerns nobody.
    private boolean endAttended;

    /// Whether somebody was told how the body ended.
    private boolean told;

    private @Nullable Fiber<?> task;

    /// What the body waits for at a `yield`.
    private @Nullable Promise<@Nullable Void> resumption;

    /// What that somebody waits for, unless the body's first step settles it.
    private @Nullable Turn turn;

    /// Creates a generator. Nothing runs until a value is asked for.
    public Generator(Body<T> body) {
        this.body = Objects.requireNonNull(body, "body");
    }

    // ------------------------------------------------------------------ for who takes values

    /// Returns an iterator over the values that were not taken yet. Its `hasNext` and `next`
    /// suspend the calling task until the body has come to a value or to its end, and throw what
    /// the body fails with; after that there are no more values.
    ///
    /// Both throw `IllegalStateException` while another task waits for a value.
    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return advance();
            }

            @Override
            public T next() {
                if (!advance()) {
                    throw new NoSuchElementException("The generator has no more values; ask hasNext() first");
                }
                return takeValue();
            }
        };
    }

    /// Makes the generator end: a [CancelledError] is thrown at the `yield` where the body stands.
    /// Waits for the body, which may clean up and must not yield again. Does nothing if the body
    /// has not begun or has ended. Throws what the body fails with. asyncio: `aclose`.
    ///
    /// @throws IllegalStateException if another task waits for a value
    @Override
    public void close() {
        requireUnattended("close");
        hasValue = false;
        value = null;
        if (state == State.NEW) {
            state = State.ENDED;
        } else if (state != State.ENDED) {
            boolean stands = state == State.YIELDED;
            state = State.CLOSING;
            attend(() -> resume(stands, true));
        }
        tellEnd(false);
    }

    /// Returns the state.
    @Override
    public String toString() {
        return "Generator[" + state.name().toLowerCase(Locale.ROOT) + "]";
    }

    /// Has the body go on to its next value, unless there is one to be taken.
    ///
    /// @return false if it has ended
    private boolean advance() {
        requireUnattended("ask for a value of");
        if (hasValue) {
            return true;
        }
        if (state == State.NEW) {
            attend(this::begin);
        } else if (state != State.ENDED) {
            boolean stands = state == State.YIELDED;
            state = State.RUNNING;
            attend(() -> resume(stands, false));
        }
        tellEnd(true);
        return hasValue;
    }

    private void requireUnattended(String what) {
        if (attendant != null) {
            throw new IllegalStateException("Cannot " + what + " a generator while another task, or its own body, waits"
                    + " for a value of it; let one task at a time take values");
        }
    }

    /// Has the body make a step, and waits until it has come to a value or to its end.
    private void attend(Runnable step) {
        Fiber<?> caller = Caller.requireTask("take values of a generator");
        attendant = caller;
        try {
            step.run();
            while (!hasValue && state != State.ENDED) {
                turn = new Turn(caller.loop, Objects.requireNonNull(task));
                turn.await();
            }
        } finally {
            turn = null;
            attendant = null;
        }
    }

    private void begin() {
        Fiber<?> caller = Caller.requireTask("begin a generator");
        state = State.RUNNING;
        try {
            caller.loop.maker.<@Nullable Void>start(
                    this::runBody,
                    TaskOptions.named("generator of " + caller.name())
                            .eagerStart(true)
                            .context(caller.enteredContext()));
        } catch (Throwable unable) {
            state = State.NEW;
            throw unable;
        }
    }

    private void resume(boolean stands, boolean cancel) {
        Promise<@Nullable Void> awaited = resumption;
        if (!stands || awaited == null || awaited.isDone()) {
            return; // it goes on by itself: its task was cancelled
        }
        Fiber<?> bodyTask = Objects.requireNonNull(task);
        awaited.removeCallback(bodyTask);
        if (cancel) {
            awaited.cancelWith("the generator was closed");
        } else {
            awaited.complete(null);
        }
        try {
            bodyTask.loop.maker.stepNow(bodyTask);
        } catch (IllegalStateException pinned) {
            bodyTask.loop.ready.add(bodyTask); // the caller cannot step aside: it waits
        }
    }

    /// Throws what the body has ended with, if it has and nobody was told yet.
    private void tellEnd(boolean cancellationToo) {
        Fiber<?> ended = task;
        if (told || ended == null || !ended.isDone()) {
            return;
        }
        told = true;
        if (!ended.isCancelled()) {
            Throwable failure = ended.exception();
            if (failure != null) {
                throw Throwing.sneaky(failure);
            }
        } else if (endAttended && cancellationToo) {
            throw ended.takeCancelledError();
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // a T, which may be null
    private T takeValue() {
        T taken = (T) value;
        value = null;
        hasValue = false;
        return taken;
    }

    // ------------------------------------------------------------------ in the body's task

    private @Nullable Void runBody() throws Exception {
        Fiber<?> mine = Caller.requireTask("run a generator");
        task = mine;
        mine.addCallback(new Link());
        try {
            body.run(this::yieldValue);
        } finally {
            state = State.ENDED;
            endAttended = attendant != null;
            completeTurn();
        }
        return null;
    }

    private void yieldValue(T next) {
        Fiber<?> caller = Caller.requireTask("yield");
        Fiber<?> mine = Objects.requireNonNull(task);
        if (caller != mine) {
            throw new IllegalStateException("Task '" + caller.name() + "' cannot yield for " + mine.describe()
                    + ": only the body itself can; hand the value over in a queue");
        }
        if (state == State.CLOSING) {
            throw new IllegalStateException(
                    "The " + mine.name() + " cannot yield while it is being closed; let the CancelledError pass");
        }
        Promise<@Nullable Void> awaited = new NamedPromise<>(mine.loop, () -> "somebody to ask for its next value");
        resumption = awaited;
        value = next;
        hasValue = true;
        state = State.YIELDED;
        completeTurn();
        try {
            awaited.await();
        } finally {
            if (state == State.YIELDED) {
                state = State.RUNNING;
            }
        }
    }

    private void completeTurn() {
        Turn waiting = turn;
        if (waiting != null && !waiting.isDone()) {
            waiting.complete(null);
        }
    }

    /// Stands in the list of the body's task, so that the call graph shows who waits for it.
    private final class Link extends Follower {
        @Override
        public void run() {}

        @Override
        public List<Promise<?>> waiting() {
            return attendant == null ? List.of() : List.of(attendant);
        }
    }

    /// The future that a task waits for while the body runs: cancelling that task cancels the body.
    static final class Turn extends Promise<@Nullable Void> {
        final Fiber<?> task;

        Turn(Loop loop, Fiber<?> task) {
            super(loop);
            this.task = task;
        }

        @Override
        public boolean passesCancelOn() {
            return true;
        }

        @Override
        public boolean requestCancel(@Nullable String message) {
            return !isDone() && task.requestCancel(message);
        }

        @Override
        @Nullable
        public Fiber<?> taskBehind() {
            return isDone() ? null : task;
        }

        @Override
        public String describe() {
            return task.describe();
        }
    }

    /// The body of a generator. asyncio: the body of an `async def` with a `yield`.
    ///
    /// @param <T> the type of the values
    @FunctionalInterface
    public interface Body<T extends @Nullable Object> {
        /// Runs the body, in a task of its own.
        ///
        /// @throws Exception what the body fails with
        void run(Output<T> out) throws Exception;
    }

    /// The receiver of the values of a generator's body.
    ///
    /// @param <T> the type of the values
    @FunctionalInterface
    public interface Output<T extends @Nullable Object> {
        /// Gives a value to whoever asked for it, and suspends the body until the next is asked
        /// for.
        ///
        /// @throws CancelledError if the generator is closed instead
        /// @throws IllegalStateException if another task than the body's own calls this, or if the
        ///     generator is being closed
        @SuppressWarnings("NamedLikeContextualKeyword") // it is always called on an object, as Java demands
        void yield(T value);
    }
}
