package io.asyncio4j.testing.outcome;

import org.jspecify.annotations.Nullable;

/// The failure of a test: what its parts throw, the first with the others as suppressed.
public final class Thrown {
    /// A part of a test.
    @FunctionalInterface
    public interface Action {
        void run() throws Throwable;
    }

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
    public void during(Action action) {
        try {
            action.run();
        } catch (Throwable thrown) {
            add(thrown);
        }
    }

    public boolean isEmpty() {
        return first == null;
    }

    public void rethrow() throws Throwable {
        if (first != null) {
            throw first;
        }
    }

    /// Throws `thrown`, checked or not. Declared to return, so that a caller can write `throw`.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the cast is erased: this is the point
    public static <E extends Throwable> RuntimeException sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
