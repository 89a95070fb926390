package io.asyncio4j;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The futures that [Asyncio#waitAll] was given, those that were done when it returned and the
/// rest, each in the order given and each once.
///
/// asyncio: the two sets that `wait` returns.
///
/// @param done the futures that are done
/// @param pending the others
/// @param <T> the type of their values
public record Done<T extends @Nullable Object>(List<Future<T>> done, List<Future<T>> pending) {
    /// Creates one with copies of the lists.
    public Done {
        done = List.copyOf(done);
        pending = List.copyOf(pending);
    }
}
