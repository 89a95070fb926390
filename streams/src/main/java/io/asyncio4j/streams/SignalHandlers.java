package io.asyncio4j.streams;

import io.asyncio4j.spi.ProcessSignals;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The handlers of one signal, of all loops. It claims the signal while there is one.
///
/// Any thread may use it.
final class SignalHandlers {
    private static final Map<String, SignalHandlers> ALL = new ConcurrentHashMap<>();

    private final String name;
    private final List<Signals.Registration> handlers = new CopyOnWriteArrayList<>();

    /// Guarded by this.
    private ProcessSignals.@Nullable Claim claim;

    private SignalHandlers(String name) {
        this.name = name;
    }

    static SignalHandlers of(String name) {
        return ALL.computeIfAbsent(name, SignalHandlers::new);
    }

    /// Adds a handler.
    ///
    /// @throws IllegalArgumentException if there is no such signal
    /// @throws UnsupportedOperationException if it cannot be handled
    synchronized void add(Signals.Registration handler) {
        if (claim == null) {
            claim = ProcessSignals.claim(name, this::arrived);
        }
        handlers.add(handler);
    }

    synchronized void remove(Signals.Registration handler) {
        handlers.remove(handler);
        if (handlers.isEmpty() && claim != null) {
            claim.close();
            claim = null;
        }
    }

    private void arrived() {
        handlers.forEach(Signals.Registration::post);
    }
}
