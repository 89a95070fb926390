package io.asyncio4j.base;

/// Throws checked exceptions where none is declared: a coroutine's failure reaches whoever awaits
/// it as it is, unwrapped.
public final class Throwing {
    private Throwing() {}

    /// Throws `thrown`. Declared to return, so that a caller can write `throw sneaky(e)`.
    public static RuntimeException sneaky(Throwable thrown) {
        Throwing.<RuntimeException>unchecked(thrown);
        throw new AssertionError(thrown); // not reached
    }

    @SuppressWarnings("unchecked") // the cast is erased: this is the point
    private static <E extends Throwable> void unchecked(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
