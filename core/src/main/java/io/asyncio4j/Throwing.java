package io.asyncio4j;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Throws checked exceptions where none is declared: a coroutine's failure reaches whoever awaits
/// it as it is, unwrapped.
final class Throwing {
    private Throwing() {}

    /// Throws `thrown`. Declared to return, so that a caller can write `throw sneaky(e)`.
    static RuntimeException sneaky(Throwable thrown) {
        Throwing.<RuntimeException>unchecked(thrown);
        throw new AssertionError(thrown); // not reached
    }

    @SuppressWarnings("unchecked") // the cast is erased: this is the point
    private static <E extends Throwable> void unchecked(Throwable thrown) throws E {
        throw (E) thrown;
    }

    /// Returns code as the coroutine of a task.
    static <T extends @Nullable Object> Coroutine<T> coroutine(Body<T, ?> body) {
        Objects.requireNonNull(body, "coroutine");
        return (Awaitable<T>) body instanceof Coroutine<T> already ? already : body::call;
    }

    /// Returns code without a result as the coroutine of a task.
    static Coroutine<@Nullable Void> coroutine(VoidBody<?> body) {
        Objects.requireNonNull(body, "coroutine");
        return () -> {
            body.execute();
            return null;
        };
    }

    static VoidCoroutine requireCoroutine(VoidCoroutine coroutine) {
        return Objects.requireNonNull(coroutine, "coroutine");
    }
}
