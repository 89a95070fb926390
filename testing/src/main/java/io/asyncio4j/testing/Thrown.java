package io.asyncio4j.testing;

import org.jspecify.annotations.Nullable;

/// What the parts of a test throw, the first with the others as suppressed.
final class Thrown {
    private @Nullable Throwable first;

    @SuppressWarnings("ReferenceEquality") // what cannot suppress itself
    void add(@Nullable Throwable thrown) {
        if (first == null) {
            first = thrown;
        } else if (thrown != null && thrown != first) {
            first.addSuppressed(thrown);
        }
    }

    /// Runs `action` and notes what it throws.
    void during(TestThread.Action action) {
        try {
            action.run();
        } catch (Throwable thrown) {
            add(thrown);
        }
    }

    boolean isEmpty() {
        return first == null;
    }

    void rethrow() throws Throwable {
        if (first != null) {
            throw first;
        }
    }

    /// Throws `thrown`, checked or not. Declared to return, so that a caller can write `throw`.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the cast is erased: this is the point
    static <E extends Throwable> RuntimeException sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
