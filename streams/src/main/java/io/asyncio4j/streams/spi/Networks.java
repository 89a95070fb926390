package io.asyncio4j.streams.spi;

import io.asyncio4j.ContextVar;
import io.asyncio4j.EventLoop;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The choice of the network that the streams of a task are on.
public final class Networks {
    /// What was chosen for the running task, whatever its loop has.
    private static final ContextVar<Network> CHOSEN = new ContextVar<>("network");

    private Networks() {}

    /// The network of a loop; the machine's if it is null.
    private static final class OfLoop {
        @Nullable
        Network network;
    }

    private static OfLoop ofLoop() {
        return EventLoop.access().attachment(OfLoop.class, OfLoop::new);
    }

    /// Puts `network` in the place of the machine's, for all tasks of the caller's loop.
    public static void install(Network network) {
        ofLoop().network = network;
    }

    /// Returns the network of the running task; null for the machine's.
    public static @Nullable Network current() {
        Network chosen = CHOSEN.get(null);
        return chosen == null ? ofLoop().network : chosen;
    }

    /// Opens something.
    public interface Opening<T> {
        T open() throws IOException;
    }

    /// Opens something with the streams on `network`, those of tasks that it creates included.
    public static <T> T with(Network network, Opening<T> body) throws IOException {
        ContextVar.Token<Network> token = CHOSEN.set(network);
        try {
            return body.open();
        } finally {
            CHOSEN.reset(token);
        }
    }
}
