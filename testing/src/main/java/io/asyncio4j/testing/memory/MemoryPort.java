package io.asyncio4j.testing.memory;

import io.asyncio4j.streams.spi.Network;
import io.asyncio4j.streams.spi.Wire;
import io.asyncio4j.streams.spi.WireEnd;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// A port of the network in memory on which a server listens.
final class MemoryPort implements Network.Port {
    private final MemoryMachine host;
    private final InetSocketAddress address;
    private final int backlog;
    private final Function<Wire, WireEnd> accept;

    /// Connections that are accepted here and not open at the client yet.
    private final Set<MemoryWire> opening = new LinkedHashSet<>();

    /// Open connections that the server has not taken.
    private final ArrayDeque<MemoryWire> open = new ArrayDeque<>();

    /// Connections that found no place in the backlog, and ask again.
    private final ArrayDeque<MemoryWire> asking = new ArrayDeque<>();

    /// How many more connections the server takes.
    private int room;

    MemoryPort(MemoryMachine host, InetSocketAddress address, int backlog, Function<Wire, WireEnd> accept) {
        this.host = host;
        this.address = address;
        this.backlog = backlog;
        this.accept = accept;
    }

    /// Returns whether a client at `other` reaches this.
    boolean isReachedFrom(MemoryMachine other) {
        return host == other || !address.getAddress().isLoopbackAddress();
    }

    // ------------------------------------------------------------------ for the server

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void accept(int atMost) {
        room = atMost;
        takeOpen();
    }

    @Override
    public void close() {
        host.ports.remove(address.getPort());
        room = 0;
        List.copyOf(opening).forEach(MemoryWire::reset);
        List.copyOf(open).forEach(MemoryWire::reset);
        asking.forEach(MemoryWire::refuse);
        opening.clear();
        open.clear();
        asking.clear();
    }

    private void takeOpen() {
        while (room > 0 && !open.isEmpty()) {
            room--;
            open.remove().serve(accept); // which calls accept(int)
        }
        while (!asking.isEmpty() && hasPlace()) {
            asked(asking.remove());
        }
    }

    private boolean hasPlace() {
        return opening.size() + open.size() < backlog;
    }

    // ------------------------------------------------------------------ for clients

    /// A client wants to connect.
    void asked(MemoryWire wire) {
        if (hasPlace()) {
            opening.add(wire);
            wire.accept();
        } else {
            asking.add(wire);
        }
    }

    /// The client knows that the connection is open.
    void opened(MemoryWire wire) {
        if (opening.remove(wire)) {
            open.add(wire);
            takeOpen();
        }
    }

    /// The client has gone.
    void forget(MemoryWire wire) {
        opening.remove(wire);
        open.remove(wire);
        asking.remove(wire);
        takeOpen();
    }
}
