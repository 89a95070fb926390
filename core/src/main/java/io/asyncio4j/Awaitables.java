package io.asyncio4j;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Awaitables as futures: that is how several are waited for at once.
final class Awaitables {
    private Awaitables() {}

    /// Returns the elements, checked before anything is made of them.
    ///
    /// @param what is done with them, for the message
    static <A extends Awaitable<?>> List<A> checked(Loop loop, String what, Collection<? extends A> awaitables) {
        List<A> list = List.copyOf(awaitables);
        list.forEach(awaitable -> requireSameLoop(loop, what, awaitable));
        return list;
    }

    /// Returns a future as it is, and for anything else a new task that awaits it.
    ///
    /// @param what is done with it, for the message
    @SuppressWarnings("unchecked") // a future is only read from
    static <T extends @Nullable Object> Future<T> toFuture(Loop loop, String what, Awaitable<? extends T> awaitable) {
        requireSameLoop(loop, what, awaitable);
        return awaitable instanceof Future<?> future
                ? (Future<T>) future
                : loop.createTask(awaitable, TaskOptions.defaults(), null);
    }

    private static void requireSameLoop(Loop loop, String what, Awaitable<?> awaitable) {
        Objects.requireNonNull(awaitable, "awaitable");
        if (awaitable instanceof Future<?> future && future.loop != loop) {
            throw new IllegalArgumentException("Cannot " + what + " " + future
                    + ": it belongs to another event loop; use runCoroutineThreadsafe(...) there");
        }
    }
}
