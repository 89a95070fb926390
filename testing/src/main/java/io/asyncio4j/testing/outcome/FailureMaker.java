package io.asyncio4j.testing.outcome;

import java.lang.invoke.MethodHandles;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The way to make the failure that a program gets when it fails in an interleaving: its class
/// keeps its constructor to itself, and hands it over here.
public final class FailureMaker {
    /// Makes a failure.
    public interface Constructor {
        AssertionError make(String message, String seed, int tried, Throwable cause);
    }

    private static volatile @Nullable Constructor constructor;

    private FailureMaker() {}

    /// Sets how failures are made.
    public static void open(Constructor own) {
        constructor = own;
    }

    /// Returns how failures of `type` are made.
    public static Constructor of(Class<? extends AssertionError> type) {
        try {
            MethodHandles.lookup().ensureInitialized(type); // which calls open()
        } catch (IllegalAccessException impossible) {
            throw new AssertionError(impossible);
        }
        return Objects.requireNonNull(constructor);
    }
}
