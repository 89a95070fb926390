package io.asyncio4j.streams.process;

import io.asyncio4j.spi.ProcessSignals;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The handlers of one signal, of all loops. It claims the signal while there is one.
///
/// Any thread may use it.
public final class SignalHandlers {
    private static final Map<String, SignalHandlers> ALL = new ConcurrentHashMap<>();

    private final String name;
    private final List<Consumer<Arrival>> handlers = new CopyOnWriteArrayList<>();

    /// Guarded by this.
    private ProcessSignals.@Nullable Claim claim;

    private SignalHandlers(String name) {
        this.name = name;
    }

    public static SignalHandlers of(String name) {
        return ALL.computeIfAbsent(name, SignalHandlers::new);
    }

    /// Adds a handler: what has it called, in any thread.
    ///
    /// @throws IllegalArgumentException if there is no such signal
    /// @throws UnsupportedOperationException if it cannot be handled
    public synchronized void add(Consumer<Arrival> handler) {
        if (claim == null) {
            claim = ProcessSignals.claim(name, this::arrived);
        }
        handlers.add(handler);
    }

    public synchronized void remove(Consumer<Arrival> handler) {
        handlers.remove(handler);
        if (handlers.isEmpty() && claim != null) {
            claim.close();
            claim = null;
        }
    }

    /// The signal has arrived.
    public void arrived() {
        List<Consumer<Arrival>> asked = List.copyOf(handlers);
        Arrival arrival = new Arrival(asked.size());
        asked.forEach(handler -> handler.accept(arrival));
        arrival.answered(false);
    }

    /// A signal on its way to its handlers. If all of them are closed before they are called, the
    /// signal is raised again and does what it does without them. Any thread.
    public final class Arrival {
        /// How many handlers have not answered, and the one who asks them.
        private final AtomicInteger waiting;

        private volatile boolean taken;

        private Arrival(int handlers) {
            waiting = new AtomicInteger(handlers + 1);
        }

        /// A handler has taken the signal, or will not.
        public void answered(boolean takes) {
            if (takes) {
                taken = true;
            }
            if (waiting.decrementAndGet() == 0 && !taken) {
                ProcessSignals.raise(name);
            }
        }
    }
}
