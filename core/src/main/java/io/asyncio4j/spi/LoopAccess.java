package io.asyncio4j.spi;

import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import io.asyncio4j.Task;
import io.asyncio4j.TaskSnapshot;
import io.asyncio4j.TimerHandle;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The services of an event loop for a module that brings I/O. A module gets it with
/// [EventLoop#access]; programs use the [EventLoop] itself.
public interface LoopAccess {
    /// Returns the loop's poller, made by `factory` and installed if there is none yet. Called on
    /// the loop.
    ///
    /// @throws IllegalStateException if another module has installed a poller of another type, or
    ///     if a pinned task keeps the loop's own thread
    <P extends Poller> P poller(Class<P> type, Function<LoopAccess, P> factory);

    /// Returns the loop's own thread, which calls the poller. Called on the loop.
    Thread thread();

    /// Returns whether the loop has nothing to do, so that its poller may block. Called on the
    /// loop's thread.
    boolean mayBlock();

    /// Returns whether the caller is a task of this loop or one of its callbacks, or a handler that
    /// the poller calls.
    boolean isHeld();

    /// Creates a future of the loop, which is completed on the loop and stands for `awaited`.
    <T extends @Nullable Object> Future<T> createFuture(Awaited awaited);

    /// Has `handler` called on the loop's own thread, as a poller calls its handlers. Any thread.
    ///
    /// Whoever will call this later, from outside, says so by [#register], or the loop may find
    /// itself in a deadlock before.
    ///
    /// @return false if the loop is closed, so that it never will be
    boolean post(Runnable handler);

    /// Notes something outside that may wake the loop, so that a loop with nothing else to do waits
    /// for it, and that is freed when the loop is closed. Called on the loop.
    ///
    /// @return takes it off the list, when it is over; called on the loop
    Runnable register(Resource resource);

    /// Returns what a module keeps for this loop, made by `factory` at the first call. Called on
    /// the loop.
    <A> A attachment(Class<A> type, Supplier<A> factory);

    /// Returns the loop's time in nanoseconds, as [EventLoop#time] does. Any thread.
    long time();

    /// Has `handler` called when [#time] has reached `when`, as [EventLoop#callAt] does, in an
    /// empty context. Called on the loop.
    TimerHandle callAt(long when, Runnable handler);

    /// Returns whether debug mode is on, so that what the program leaves open is registered with
    /// the place where it was opened. Called on the loop.
    boolean isDebug();

    /// Has `callback` called once the loop has had nothing to run for `duration` of its time, also
    /// if no task would ever run again: nothing was ready, no event came, no timer was due. Called
    /// on the loop.
    void whenQuiet(Duration duration, Runnable callback);

    /// Returns what is known of the tasks that are not done, with their stacks, in the order of
    /// creation. Called on the loop; another thread may call this as well while a task blocks the
    /// loop, or while it does not run.
    List<TaskSnapshot> tasks();

    /// Marks a task that the module has created, and not the program, which is then not told that
    /// the end of the run cancels the task. Called on the loop.
    void markOwn(Task<?> task);

    /// Hands a problem that nobody waits for to the loop's exception handler. Called on the loop.
    void report(EventLoop.ExceptionContext problem);

    /// Hands over a problem that is no fault of the program, such as a peer that has left, as
    /// [#report] does; without an exception handler, the log gets one line at level INFO, and the
    /// stack trace in debug mode only. Called on the loop.
    void reportMinor(EventLoop.ExceptionContext problem);
}
