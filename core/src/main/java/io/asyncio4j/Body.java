package io.asyncio4j;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// A block of code with a result that runs in the caller's own task, or in another thread while
/// that task waits. What is given one declares what it fails with, so that the caller can catch it.
/// A lambda is a body.
///
/// Unlike a [Coroutine], which becomes a task and whose failure is that task's, the type tells what
/// it fails with.
///
/// @param <T> the type of its result
/// @param <X> what it fails with: the compiler finds the one checked exception that a lambda
///     throws, `Exception` if there are several, `RuntimeException` if there is none
@FunctionalInterface
public interface Body<T extends @Nullable Object, X extends Exception>
        extends Awaitable<T>, VoidBody<X>, TimeoutBody<T, X>, Callable<T> {
    /// Runs the code in the calling task, which it may suspend.
    ///
    /// @return its result
    /// @throws X what the code fails with
    @Override
    public T call() throws X;

    @Override
    public default T await() throws Exception {
        return call();
    }

    @Override
    public default void execute() throws X {
        call();
    }

    @Override
    public default T call(Timeout timeout) throws X {
        return call();
    }

    @Override
    public default void run(Timeout timeout) throws X {
        call();
    }

    @Override
    public default Body<@Nullable Void, X> returningNull() {
        return VoidBody.super.returningNull();
    }
}
