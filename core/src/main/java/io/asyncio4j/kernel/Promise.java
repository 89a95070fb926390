package io.asyncio4j.kernel;

import io.asyncio4j.CancelledError;
import io.asyncio4j.Context;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import io.asyncio4j.InvalidStateException;
import io.asyncio4j.base.ProgramFrames;
import io.asyncio4j.base.StackRoom;
import io.asyncio4j.base.Throwing;
import io.asyncio4j.queue.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A [Future] as the kernel has it.
///
/// @param <T> the type of the value
public non-sealed class Promise<T extends @Nullable Object> extends Node implements Future<T> {
    /*
     * PENDING -> FINISHED    complete: outcome is the value
     *         -> FAILED      fail: outcome is a Failure, or the exception itself if there was no memory for one
     *         -> CANCELLED   cancelWith: outcome is the error to hand out, a message for new errors, or null
     */
    private enum State {
        PENDING,
        FINISHED,
        FAILED,
        CANCELLED
    }

    public final Loop loop;
    private State state = State.PENDING;
    private @Nullable Object outcome;

    /// The tail of a circular list of what to run when done: waiting tasks and callbacks.
    private @Nullable Node callbacks;

    /// Returns a future as the kernel has it.
    public static <T extends @Nullable Object> Promise<T> of(Future<T> future) {
        return (Promise<T>) future;
    }

    public Promise(Loop loop) {
        this.loop = loop;
    }

    @Override
    public final T await() {
        Fiber<?> task = loop.owner.requireTask(this);
        if (state == State.PENDING) {
            task.waitFor(this);
        }
        if (state == State.FAILED) {
            throw Throwing.sneaky(outcome instanceof Failure failure ? failure.awaitedBy(task) : observed());
        }
        return result();
    }

    @Override
    public final boolean isDone() {
        return state != State.PENDING;
    }

    @Override
    public final boolean isCancelled() {
        return state == State.CANCELLED;
    }

    @Override
    public final T result() {
        checkCaller("get the result of ");
        return switch (state) {
            case FINISHED -> value();
            case FAILED -> throw Throwing.sneaky(observed());
            case CANCELLED -> throw takeCancelledError();
            case PENDING -> throw notDone("result");
        };
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // complete() stored a T, which may be null
    private T value() {
        return (T) outcome;
    }

    @Override
    public final @Nullable Throwable exception() {
        checkCaller("get the exception of ");
        return switch (state) {
            case FINISHED -> null;
            case FAILED -> observed();
            case CANCELLED -> throw takeCancelledError();
            case PENDING -> throw notDone("exception");
        };
    }

    /// Debug mode finds threads that look at a future while its loop runs elsewhere. The loop
    /// itself may be minded by the thread of a task that has just ended.
    private void checkCaller(String what) {
        if (loop.isDebug() && !loop.owner.isHeld() && Caller.loop() != loop) {
            throw loop.owner.notHeld(what + describe());
        }
    }

    private InvalidStateException notDone(String what) {
        return new InvalidStateException(
                "The " + what + " of " + this + " is not there yet; await it, or ask isDone() first");
    }

    /// Returns the exception this failed with, if it has, without taking care of it.
    final @Nullable Throwable failureUnnoticed() {
        return state == State.FAILED ? failure() : null;
    }

    private Throwable failure() {
        return outcome instanceof Failure failure ? failure.exception : (Throwable) Objects.requireNonNull(outcome);
    }

    /// Returns the exception to somebody who takes care of it.
    private Throwable observed() {
        return outcome instanceof Failure failure ? failure.observed() : failure();
    }

    /// Hands out the error the task ended with to the first who asks, and new ones after that.
    public CancelledError takeCancelledError() {
        if (outcome instanceof CancelledError error) {
            outcome = null;
            return error;
        }
        return new CancelledError((String) outcome);
    }

    /// Returns an error that says this was cancelled, for who has asked for that; also if it ended
    /// otherwise.
    public final CancelledError cancelledError() {
        return state == State.CANCELLED ? takeCancelledError() : new CancelledError(cancelMessage());
    }

    /// The message of the errors that [#takeCancelledError] makes.
    @Nullable
    public String cancelMessage() {
        return state == State.CANCELLED && outcome instanceof String message ? message : null;
    }

    @Override
    public void setResult(T value) {
        loop.owner.requireHeld("set a result of a future");
        requirePending("a result");
        complete(value);
    }

    @Override
    public void setException(Throwable exception) {
        loop.owner.requireHeld("set an exception of a future");
        requirePending("an exception");
        fail(Objects.requireNonNull(exception, "exception"));
    }

    private void requirePending(String what) {
        if (state != State.PENDING) {
            throw new InvalidStateException(
                    "Cannot give " + what + " to " + this + ": it is done already; check isDone() first");
        }
    }

    @Override
    public final boolean cancel() {
        return cancel(null);
    }

    @Override
    public final boolean cancel(@Nullable String message) {
        StackRoom.require();
        if (!loop.owner.isHeld()) {
            throw loop.owner.notHeld("cancel " + describe());
        }
        return requestCancel(message);
    }

    @Override
    public final void addDoneCallback(Consumer<? super Future<T>> action) {
        addDoneCallback(action, Context.copyCurrent());
    }

    @Override
    public final void addDoneCallback(Consumer<? super Future<T>> action, Context context) {
        loop.owner.requireHeld("add a done callback");
        addCallback(new DoneCallback<>(this, Objects.requireNonNull(action, "action"), context));
    }

    @Override
    public final int removeDoneCallback(Consumer<? super Future<T>> action) {
        loop.owner.requireHeld("remove a done callback");
        return removeCallbacks(node -> node instanceof DoneCallback<?> callback && callback.action.equals(action));
    }

    @Override
    public final EventLoop loop() {
        return loop.handle();
    }

    @Override
    public final CompletableFuture<T> toCompletableFuture() {
        loop.owner.requireHeld("make a CompletableFuture of a future");
        return Handout.of(this);
    }

    // ------------------------------------------------------------------ for the kernel

    public final void complete(T value) {
        outcome = value;
        finish(State.FINISHED);
    }

    public final void fail(Throwable exception) {
        outcome = loop.failures.add(this, exception);
        finish(State.FAILED);
    }

    /// Whether a request to cancel goes on from here to others.
    public boolean passesCancelOn() {
        return false;
    }

    /// Cancels, on any thread that holds the loop.
    public boolean requestCancel(@Nullable String message) {
        if (state != State.PENDING) {
            return false;
        }
        cancelWith(message);
        return true;
    }

    /// Ends as cancelled.
    ///
    /// @param reason the error to hand out first, the message of every error, or null
    public final void cancelWith(@Nullable Object reason) {
        outcome = reason;
        finish(State.CANCELLED);
    }

    /// Whether a task that waited for this is to be given a [CancelledError] by it. A failure
    /// counts as noticed with that.
    final boolean wakesWithCancellation() {
        return state == State.CANCELLED || (state == State.FAILED && observed() instanceof CancelledError);
    }

    private void finish(State end) {
        state = end;
        onDone();
        Node tail = callbacks;
        if (tail != null) {
            callbacks = null;
            loop.ready.addChain(Objects.requireNonNull(tail.next()), tail);
        }
    }

    /// Called once, when the outcome is there and before callbacks are scheduled. Throws nothing.
    public void onDone() {}

    /// Adds a callback or a waiting task: scheduled when this is done, at once if it is.
    public final void addCallback(Node callback) {
        if (state == State.PENDING) {
            append(callback);
        } else {
            loop.ready.add(callback);
        }
    }

    /// Removes a callback or waiting task, if it is there.
    public final void removeCallback(Node callback) {
        Node tail = callbacks;
        if (tail == null) {
            return;
        }
        Node before = tail;
        do {
            Node node = Objects.requireNonNull(before.next());
            if (node == callback) {
                if (node == before) {
                    callbacks = null;
                } else {
                    before.linkTo(node.next());
                    callbacks = node == tail ? before : tail;
                }
                node.linkTo(null);
                return;
            }
            before = node;
        } while (before != tail);
    }

    /// Removes every callback or waiting task that is `unwanted`.
    ///
    /// @return how many there were
    public final int removeCallbacks(Predicate<Node> unwanted) {
        List<Node> found = new ArrayList<>(0);
        Node tail = callbacks;
        if (tail != null) {
            Node node = tail;
            do {
                node = Objects.requireNonNull(node.next());
                if (unwanted.test(node)) { // may be code of the program, and throw
                    found.add(node);
                }
            } while (node != tail);
        }
        found.forEach(this::removeCallback);
        return found.size();
    }

    /// Returns who waits for this: tasks, and futures that depend on it.
    public List<Promise<?>> waitingFutures() {
        List<Promise<?>> found = new ArrayList<>();
        Node tail = callbacks;
        if (tail != null) {
            Node node = tail;
            do {
                node = Objects.requireNonNull(node.next());
                if (node instanceof Fiber<?> task) {
                    found.add(task);
                } else if (node instanceof Follower follower) {
                    found.addAll(follower.waiting());
                }
            } while (node != tail);
        }
        return found;
    }

    private void append(Node callback) {
        Node tail = callbacks;
        if (tail == null) {
            callback.linkTo(callback);
        } else {
            callback.linkTo(tail.next());
            tail.linkTo(callback);
        }
        callbacks = callback;
    }

    /// Returns the task that is cancelled with this, if this is or stands for one that is not done.
    @Nullable
    public Fiber<?> taskBehind() {
        return null;
    }

    /// What this is, for messages: the same as long as it lives.
    public String describe() {
        return "a future";
    }

    /// What this is and, in debug mode, where it was created, for the midst of a sentence.
    final String describeFully() {
        String what = describe();
        String created = place().toString();
        return created.isEmpty() || what.endsWith(created) ? what : what + ", " + created + ",";
    }

    /// What keeps a task that waits for this waiting now; empty if that follows from
    /// [#describe].
    public String waitState() {
        return "";
    }

    /// The tasks that alone can end a wait for this, apart from those it depends on.
    public List<Fiber<?>> holders() {
        return List.of();
    }

    /// Where the program made this.
    public ProgramFrames place() {
        return ProgramFrames.UNKNOWN;
    }

    @Override
    public String toString() {
        return "Future[" + outcomeText() + "]";
    }

    public final String outcomeText() {
        return switch (state) {
            case PENDING -> "pending";
            case FINISHED -> "result=" + outcome;
            case FAILED -> "exception=" + failure();
            case CANCELLED -> "cancelled";
        };
    }
}
