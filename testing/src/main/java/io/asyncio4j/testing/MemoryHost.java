package io.asyncio4j.testing;

import io.asyncio4j.Body;
import io.asyncio4j.ContextVar;
import io.asyncio4j.VoidBody;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A host of a [MemoryNetwork]: where servers listen, and where tasks connect from.
public final class MemoryHost {
    private static final int FIRST_FREE_PORT = 49_152;
    private static final int PORTS = 16_384;

    /// Where a task is.
    static final ContextVar<MemoryHost> HERE = new ContextVar<>("memory host");

    final MemoryFabric fabric;
    final Map<Integer, MemoryPort> ports = new HashMap<>();
    private final String name;
    private final InetAddress address;
    private int chosenPorts;

    MemoryHost(MemoryFabric fabric, String name, InetAddress address) {
        this.fabric = fabric;
        this.name = name;
        this.address = address;
    }

    /// Returns the name by which other hosts find it.
    public String name() {
        return name;
    }

    /// Returns its address, which is made up.
    public InetAddress address() {
        return address;
    }

    /// Runs a coroutine at this host, with the tasks that it creates: their servers listen here,
    /// and their connections come from here.
    ///
    /// @throws X what the coroutine throws
    public <T extends @Nullable Object, X extends Exception> T run(Body<T, X> body) throws X {
        ContextVar.Token<MemoryHost> token = HERE.set(this);
        try {
            return body.call();
        } finally {
            HERE.reset(token);
        }
    }

    /// Runs a coroutine without a result at this host.
    ///
    /// @throws X what the coroutine throws
    public <X extends Exception> void run(VoidBody<X> body) throws X {
        run(Objects.requireNonNull(body, "body").returningNull());
    }

    /// Returns a port that nobody listens on.
    int choosePort() {
        int port;
        do {
            port = FIRST_FREE_PORT + chosenPorts++ % PORTS;
        } while (ports.containsKey(port));
        return port;
    }

    /// Returns its name and address.
    @Override
    public String toString() {
        return "MemoryHost[" + name + ", " + address.getHostAddress() + "]";
    }
}
