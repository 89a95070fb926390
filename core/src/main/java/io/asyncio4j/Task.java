package io.asyncio4j;

import io.asyncio4j.kernel.Fiber;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A coroutine that the loop runs concurrently with others, and the future of its result.
///
/// A task lives on a virtual thread of its own. It runs until it awaits something that is not there
/// yet; then another task's turn comes. Like every [Future] it is used on its loop only. asyncio:
/// `Task`.
///
/// @param <T> the type of the result
public sealed interface Task<T extends @Nullable Object> extends Future<T> permits Fiber {
    /// Takes back one [#cancel]. At the last one a cancellation that was not delivered yet is
    /// dropped.
    ///
    /// @return how many are left
    int uncancel();

    /// Returns the number of calls of [#cancel] that were not taken back with [#uncancel].
    int cancelling();

    /// Returns the name: the one given, or `Task-` and a number.
    String name();

    /// Sets the name, for messages and dumps.
    void setName(String name);

    /// Returns the context the task runs in.
    Context context();

    /// Returns the task's stack, innermost frame first: where it waits, or where it is if it runs.
    /// Empty if it has not started or is done.
    List<StackTraceElement> stack();

    /// Returns how many steps the task has made and, while accounting is on, where its time has
    /// gone: also when it is done. See [EventLoop#setAccounting].
    ///
    /// @throws IllegalStateException if another thread than the loop's calls this while that runs
    TaskStatistics statistics();

    /// Prints the name, the state and the [#stack] to `out`.
    void printStack(PrintStream out);

    /// Prints the name, the state and the [#stack] to standard output.
    void printStack();

    /// A task's result is what its body returns.
    ///
    /// @throws UnsupportedOperationException always
    @Override
    public void setResult(T value);

    /// A task fails with what its body throws.
    ///
    /// @throws UnsupportedOperationException always
    @Override
    public void setException(Throwable exception);

    /// Returns the name, and the state with the outcome or what the task waits for.
    @Override
    public String toString();
}
