package io.asyncio4j.web.http;

import io.asyncio4j.Context;
import io.asyncio4j.ContextVar;
import io.asyncio4j.streams.spi.Network;
import io.asyncio4j.streams.spi.Networks;
import java.io.IOException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A network in the place of the machine's for one server, which has no port then, and a receiver
/// of what its path functions throw. For a client in the same loop.
public final class InMemory {
    private static final ContextVar<InMemory> CHOSEN = new ContextVar<>("server without a port");

    private final Function<Context, Network> network;
    final BiConsumer<ServerExchange, Throwable> failures;
    private boolean taken;

    /// @param network makes the network, of the context that connections are to be served in
    /// @param failures told what calls have thrown, besides the log
    public InMemory(Function<Context, Network> network, BiConsumer<ServerExchange, Throwable> failures) {
        this.network = network;
        this.failures = failures;
    }

    /// Has the next server that the running task, or a task that it creates, opens be in memory.
    public void choose() {
        CHOSEN.set(this);
    }

    /// Returns what was chosen for the server that is being opened; null for none.
    static @Nullable InMemory take() {
        InMemory chosen = CHOSEN.get(null);
        if (chosen == null || chosen.taken) {
            return null;
        }
        chosen.taken = true;
        return chosen;
    }

    /// Opens a server there. What its application opens itself remains on the usual network.
    <T> T open(Networks.Opening<T> opening) throws IOException {
        return Networks.with(network.apply(Context.copyCurrent()), opening);
    }
}
