package io.asyncio4j.testing.memory;

import io.asyncio4j.Body;
import io.asyncio4j.ContextVar;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A host of the network in memory: its ports, and where tasks are.
public final class MemoryMachine {
    private static final int FIRST_FREE_PORT = 49_152;
    private static final int PORTS = 16_384;

    /// Where a task is.
    static final ContextVar<MemoryMachine> HERE = new ContextVar<>("memory host");

    final MemoryFabric fabric;
    final Map<Integer, MemoryPort> ports = new HashMap<>();
    private final String name;
    private final InetAddress address;
    private int chosenPorts;

    MemoryMachine(MemoryFabric fabric, String name, InetAddress address) {
        this.fabric = fabric;
        this.name = name;
        this.address = address;
    }

    public String name() {
        return name;
    }

    public InetAddress address() {
        return address;
    }

    /// Runs a coroutine at this host, with the tasks that it creates.
    public <T extends @Nullable Object, X extends Exception> T run(Body<T, X> body) throws X {
        ContextVar.Token<MemoryMachine> token = HERE.set(this);
        try {
            return body.call();
        } finally {
            HERE.reset(token);
        }
    }

    /// Returns a port that nobody listens on.
    int choosePort() {
        int port;
        do {
            port = FIRST_FREE_PORT + chosenPorts++ % PORTS;
        } while (ports.containsKey(port));
        return port;
    }
}
