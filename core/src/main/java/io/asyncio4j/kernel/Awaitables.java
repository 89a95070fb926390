package io.asyncio4j.kernel;

import io.asyncio4j.Awaitable;
import io.asyncio4j.Body;
import io.asyncio4j.Coroutine;
import io.asyncio4j.Task;
import io.asyncio4j.TaskFactory;
import io.asyncio4j.TaskOptions;
import io.asyncio4j.VoidBody;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.Waitable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Awaitables as futures: that is how several are waited for at once.
public final class Awaitables {
    private Awaitables() {}

    /// Returns code as the coroutine of a task.
    public static <T extends @Nullable Object> Coroutine<T> coroutine(Body<T, ?> body) {
        Objects.requireNonNull(body, "coroutine");
        return (Awaitable<T>) body instanceof Coroutine<T> already ? already : body::call;
    }

    /// Returns code without a result as the coroutine of a task.
    public static Coroutine<@Nullable Void> coroutine(VoidBody<?> body) {
        Objects.requireNonNull(body, "coroutine");
        return () -> {
            body.execute();
            return null;
        };
    }

    /// Returns the elements, checked before anything is made of them.
    ///
    /// @param what is done with them, for the message
    public static <A extends Awaitable<?>> List<A> checked(Loop loop, String what, Collection<? extends A> awaitables) {
        List<A> list = List.copyOf(awaitables);
        list.forEach(awaitable -> requireSameLoop(loop, what, awaitable));
        return list;
    }

    /// Returns a future as it is, and for anything else a new task that awaits it.
    ///
    /// @param what is done with it, for the message
    @SuppressWarnings("unchecked") // a future is only read from
    public static <T extends @Nullable Object> Promise<T> toFuture(
            Loop loop, String what, Awaitable<? extends T> awaitable) {
        requireSameLoop(loop, what, awaitable);
        return awaitable instanceof Promise<?> future
                ? (Promise<T>) future
                : loop.maker.create(awaitable, TaskOptions.defaults());
    }

    /// Has `factory` make a task, and checks that it is one.
    static Fiber<?> toTask(TaskFactory factory, Loop loop, Awaitable<?> body, TaskOptions options) {
        Objects.requireNonNull(body, "coroutine");
        Coroutine<?> coroutine = body instanceof Coroutine<?> already ? already : body::await;
        Task<?> task = factory.create(loop.handle(), coroutine, options);
        Objects.requireNonNull(task, "The task factory " + factory + " returned null instead of a task");
        Fiber<?> fiber = (Fiber<?>) task;
        if (fiber.loop != loop) {
            throw new IllegalStateException("The task factory " + factory + " returned task '" + task.name()
                    + "' of another event loop; it must create one of the loop it is given");
        }
        return fiber;
    }

    /// Returns what may have no value as awaitables, whose value is null then.
    public static List<Awaitable<@Nullable Object>> of(Iterable<? extends Waitable> waitables) {
        List<Awaitable<@Nullable Object>> list = new ArrayList<>();
        for (Waitable waitable : waitables) {
            list.add(of(Objects.requireNonNull(waitable, "awaitable")));
        }
        return list;
    }

    @SuppressWarnings("unchecked") // an awaitable is only read from
    private static Awaitable<@Nullable Object> of(Waitable waitable) {
        return (Awaitable<@Nullable Object>)
                switch (waitable) {
                    case Awaitable<?> awaitable -> awaitable;
                    case VoidCoroutine coroutine -> coroutine.returningNull();
                };
    }

    private static void requireSameLoop(Loop loop, String what, Awaitable<?> awaitable) {
        Objects.requireNonNull(awaitable, "awaitable");
        if (awaitable instanceof Promise<?> future && future.loop != loop) {
            throw new IllegalArgumentException("Cannot " + what + " " + future
                    + ": it belongs to another event loop; use runCoroutineThreadsafe(...) there");
        }
    }
}
