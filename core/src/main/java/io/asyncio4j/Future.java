package io.asyncio4j;

import io.asyncio4j.kernel.Promise;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The outcome of something that may not have ended yet: a value, an exception, or cancellation.
///
/// A future belongs to one loop. Its methods are called on that loop: by its tasks and callbacks,
/// or by any thread while the loop does not run. From elsewhere, go through
/// [EventLoop#callSoonThreadsafe]. A future is made by [EventLoop#createFuture] or
/// [Asyncio#createFuture]. asyncio: `Future`.
///
/// @param <T> the type of the value
public sealed interface Future<T extends @Nullable Object> extends Awaitable<T> permits Task, Promise {
    /// Waits for the outcome: suspends the calling task until it is there, and not at all if it is
    /// there already. The same as [Asyncio#await(Awaitable)].
    ///
    /// Throws the very exception the future failed with, checked or not, and notes in its
    /// suppressed exceptions where it was awaited; throws [CancelledError] if the future was
    /// cancelled, or if the calling task is cancelled while it waits.
    ///
    /// @return the value
    /// @throws IllegalStateException if the caller is not a task of this future's loop, or is the
    ///     very task it would wait for
    @Override
    public T await();

    /// Returns whether there is an outcome.
    boolean isDone();

    /// Returns whether the outcome is cancellation.
    boolean isCancelled();

    /// Returns the value. Never suspends. Throws what the future failed with, if it failed.
    ///
    /// @throws CancelledError if the future was cancelled
    /// @throws InvalidStateException if it is not done yet
    T result();

    /// Returns the exception the future failed with, or null if it has a value. Never suspends.
    ///
    /// @throws CancelledError if the future was cancelled
    /// @throws InvalidStateException if it is not done yet
    @Nullable
    Throwable exception();

    /// Gives the future its value and schedules what waits for it.
    ///
    /// @throws InvalidStateException if it is done already
    /// @throws UnsupportedOperationException if this is a task: its body gives the result
    void setResult(T value);

    /// Makes the future fail and schedules what waits for it. If nobody asks for the outcome, the
    /// exception is reported to the loop's exception handler.
    ///
    /// @throws InvalidStateException if it is done already
    /// @throws UnsupportedOperationException if this is a task: its body gives the result
    void setException(Throwable exception);

    /// Cancels as [#cancel(String)] does, without a message.
    ///
    /// @return whether there was something to cancel
    boolean cancel();

    /// Cancels the future: who waits for it gets a [CancelledError]. Does nothing if it is done.
    ///
    /// A task is only asked to stop: the error is thrown in it at the await where it waits, or at
    /// its next one. If it has not started, its body never runs. It may clean up, and it may
    /// refuse.
    ///
    /// @param message for the error, or null
    /// @return whether there was something to cancel
    boolean cancel(@Nullable String message);

    /// Has `action` called with this future when it is done, in a copy of the caller's context;
    /// soon, if it is done already. Actions are called in the order they were added, on the loop's
    /// thread; they cannot suspend.
    void addDoneCallback(Consumer<? super Future<T>> action);

    /// Has `action` called in the given context when this future is done.
    void addDoneCallback(Consumer<? super Future<T>> action, Context context);

    /// Removes every done callback equal to `action` that has not been scheduled.
    ///
    /// @return how many there were
    int removeDoneCallback(Consumer<? super Future<T>> action);

    /// Returns the loop this future belongs to.
    EventLoop loop();

    /// Returns a `CompletableFuture` that ends as this future does; cancelling it cancels this one.
    /// For code outside the loop.
    CompletableFuture<T> toCompletableFuture();

    /// Returns the kind, the state and the outcome.
    @Override
    public String toString();
}
