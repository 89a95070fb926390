package io.asyncio4j;

import io.asyncio4j.base.Times;
import io.asyncio4j.combine.Waiting;
import io.asyncio4j.kernel.Awaitables;
import io.asyncio4j.kernel.Caller;
import io.asyncio4j.kernel.Fiber;
import io.asyncio4j.kernel.KernelTimer;
import io.asyncio4j.kernel.Loop;
import io.asyncio4j.kernel.OwnCancellation;
import io.asyncio4j.kernel.Promise;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A deadline for a block of code: see [Asyncio#timeout]. Its times are nanoseconds of
/// [EventLoop#time].
///
/// When the deadline has come, the task that runs the body is cancelled; the [CancelledError] that
/// leaves the body becomes a [TimeoutException]. A body that ends before it is cancelled is not
/// late. Used on its loop only. asyncio: `Timeout`.
public final class Timeout {
    /*
     * ACTIVE   -> EXPIRING   the deadline has come and the task was cancelled
     *          -> FINISHED   the body ended first
     * EXPIRING -> EXPIRED    the body has ended
     */
    private enum State {
        ACTIVE,
        EXPIRING,
        EXPIRED,
        FINISHED
    }

    private final Fiber<?> task;
    private final long entered;

    /// Stops the body.
    private final OwnCancellation cancellation;

    private State state = State.ACTIVE;
    private @Nullable Long when;
    private @Nullable KernelTimer timer;

    private Timeout(Fiber<?> task, long now, @Nullable Long when) {
        this.task = task;
        this.entered = now;
        this.cancellation = new OwnCancellation(task);
        this.when = when;
        setTimer();
    }

    /// Runs `body` with a deadline `delay` from now, or with none.
    static <T extends @Nullable Object, X extends Exception> T after(@Nullable Duration delay, TimeoutBody<T, X> body)
            throws X {
        Fiber<?> task = Caller.requireTask("set a timeout");
        long now = task.loop.time();
        Objects.requireNonNull(body, "body");
        return new Timeout(task, now, delay == null ? null : Times.after(now, delay)).run(body);
    }

    /// Runs `body` with a deadline, or with none.
    static <T extends @Nullable Object, X extends Exception> T at(@Nullable Long when, TimeoutBody<T, X> body)
            throws X {
        Fiber<?> task = Caller.requireTask("set a timeout");
        Objects.requireNonNull(body, "body");
        return new Timeout(task, task.loop.time(), when).run(body);
    }

    /// Waits for `awaitable`, no longer than `delay`. A coroutine runs in the calling task, except
    /// if there is no time at all: then it is a task that is cancelled before it starts.
    static <T extends @Nullable Object> T waitFor(Awaitable<T> awaitable, @Nullable Duration delay) {
        Objects.requireNonNull(awaitable, "awaitable");
        if (delay == null || delay.isPositive()) {
            return after(delay, timeout -> Asyncio.<T>await(awaitable));
        }
        Fiber<?> task = Caller.requireTask("wait for an awaitable");
        Promise<T> future = Awaitables.toFuture(task.loop, "wait for", awaitable);
        if (future.isDone()) {
            return future.await();
        }
        Waiting.cancelAndWait(future);
        try {
            return future.await();
        } catch (CancelledError error) {
            throw timedOut(task, 0, error);
        }
    }

    // ------------------------------------------------------------------ for the body

    /// Returns the deadline, or null if there is none. asyncio: `when`.
    public @Nullable Long when() {
        return when;
    }

    /// Moves the deadline, while the body runs and it has not come yet. One in the past cancels the
    /// body at its next await. asyncio: `reschedule`.
    ///
    /// @param when the new deadline, or null for none
    /// @throws IllegalStateException if the timeout has expired, or its body has ended
    public void reschedule(@Nullable Long when) {
        task.loop.owner.requireHeld("reschedule a timeout");
        if (state != State.ACTIVE) {
            throw new IllegalStateException("Cannot reschedule the timeout of " + task.describe() + " to " + when + ": "
                    + (state == State.FINISHED ? "its body has ended" : "it has expired")
                    + "; reschedule it in its body, before the deadline");
        }
        this.when = when;
        cancelTimer();
        setTimer();
    }

    /// Returns whether the deadline has come while the body ran. asyncio: `expired`.
    public boolean expired() {
        return state == State.EXPIRING || state == State.EXPIRED;
    }

    /// Returns whose timeout it is, its state, and the deadline while it counts.
    @Override
    public String toString() {
        String deadline = state == State.ACTIVE ? ", when=" + when : "";
        return "Timeout[of " + task.describe() + ", " + state.name().toLowerCase(Locale.ROOT) + deadline + "]";
    }

    // ------------------------------------------------------------------ steps

    private void setTimer() {
        Long deadline = when;
        if (deadline == null) {
            return;
        }
        Loop loop = task.loop;
        timer = new KernelTimer(loop, deadline, this::expire);
        if (deadline <= loop.time()) {
            loop.ready.add(timer);
        } else {
            timer.set();
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void expire() {
        state = State.EXPIRING;
        cancellation.requestAfterDelivered(); // asyncio's timeout tells it so
        timer = null;
    }

    private <T extends @Nullable Object, X extends Exception> T run(TimeoutBody<T, X> body) throws X {
        try {
            T result = body.call(this);
            leave();
            return result;
        } catch (CancelledError error) {
            if (leave()) {
                throw timedOut(task, Objects.requireNonNull(when) - entered, error);
            }
            throw error;
        } catch (Throwable thrown) {
            leave();
            throw thrown;
        }
    }

    /// The body has ended.
    ///
    /// @return whether a cancellation that leaves it is this timeout's alone
    private boolean leave() {
        cancelTimer();
        if (state == State.ACTIVE) {
            state = State.FINISHED;
            return false;
        }
        state = State.EXPIRED;
        return cancellation.takeBack();
    }

    private static TimeoutException timedOut(Fiber<?> task, long nanos, CancelledError cause) {
        return new TimeoutException(
                "Timed out after " + Duration.ofNanos(Math.max(0, nanos)) + " in " + task.describe(), cause);
    }

    /// The body of a timeout without a result. See [Asyncio#timeout].
    ///
    /// @param <X> what it fails with, as a [io.asyncio4j.VoidBody] does
    @FunctionalInterface
    public interface VoidBody<X extends Exception> {
        /// Runs the body in the task that set the timeout.
        ///
        /// @throws X what the body fails with
        void run(Timeout timeout) throws X;

        /// Returns this body as one whose result is null.
        default TimeoutBody<@Nullable Void, X> returningNull() {
            return timeout -> {
                run(timeout);
                return null;
            };
        }
    }
}
