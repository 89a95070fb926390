package io.asyncio4j;

import org.jspecify.annotations.Nullable;

/// A block of code without a result that runs in the caller's own task, such as that of a
/// [timeout][Asyncio#timeout(java.time.Duration, VoidBody)]. What is given one declares what it
/// fails with, so that the caller can catch it. A lambda is a body.
///
/// @param <X> what it fails with: the compiler finds the one checked exception that a lambda
///     throws, `Exception` if there are several, `RuntimeException` if there is none
@FunctionalInterface
public interface VoidBody<X extends Exception> extends Timeout.VoidBody<X> {
    /// Runs the code in the calling task, which it may suspend.
    ///
    /// @throws X what the code fails with
    void execute() throws X;

    @Override
    public default void run(Timeout timeout) throws X {
        execute();
    }

    /// Returns this as a body whose result is null.
    @Override
    public default Body<@Nullable Void, X> returningNull() {
        return () -> {
            execute();
            return null;
        };
    }
}
