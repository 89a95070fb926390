package io.asyncio4j.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/// The objects that others keep for a loop, by type, and what they do when it is closed. Confined
/// to the thread that holds the loop.
public final class Attachments {
    private final Map<Class<?>, Object> kept = new LinkedHashMap<>(0);
    private final List<Runnable> closings = new ArrayList<>(0);

    Attachments() {}

    /// Returns what is kept under a type, made at first use.
    public <A> A get(Class<A> type, Supplier<A> factory) {
        return type.cast(kept.computeIfAbsent(type, _ -> Objects.requireNonNull(factory.get())));
    }

    /// Has `closing` done when the loop is closed.
    public void atClose(Runnable closing) {
        closings.add(closing);
    }

    void close() {
        closings.forEach(Runnable::run);
    }
}
