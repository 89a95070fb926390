package io.asyncio4j.testing.memory;

import io.asyncio4j.Context;
import io.asyncio4j.EventLoop;
import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.streams.spi.Network;
import io.asyncio4j.streams.spi.Wire;
import io.asyncio4j.streams.spi.WireEnd;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The hosts of the network in memory, and the links between them.
public final class MemoryFabric implements Network {
    /// Where a task is if nothing else was said.
    private static final String DEFAULT_HOST = "localhost";

    private static final int HOSTS_IN_A_BYTE = 256;

    final SplittableRandom random;

    /// What holds where two hosts have nothing of their own.
    private final MemoryLink.Qualities everywhere = MemoryLink.Qualities.best();

    private final Map<String, MemoryMachine> hosts = new LinkedHashMap<>();
    private final Map<Set<MemoryMachine>, MemoryLink> links = new HashMap<>();

    /// The loop it was first used in.
    private @Nullable LoopAccess loop;

    public MemoryFabric(long seed) {
        random = new SplittableRandom(seed);
        addHost(DEFAULT_HOST);
    }

    public MemoryLink.Qualities everywhere() {
        return everywhere;
    }

    /// Returns the loop, which is the caller's.
    public LoopAccess loop() {
        LoopAccess callers = EventLoop.access();
        if (loop == null) {
            loop = callers;
        } else if (loop != callers) {
            throw new IllegalStateException(
                    "A MemoryNetwork belongs to the event loop it was first used in; make a new one for another");
        }
        return callers;
    }

    // ------------------------------------------------------------------ hosts

    public MemoryMachine addHost(String name) {
        return hosts.computeIfAbsent(Objects.requireNonNull(name, "name"), _ -> {
            int number = hosts.size() + 1;
            byte[] address = {10, 0, (byte) (number / HOSTS_IN_A_BYTE), (byte) (number % HOSTS_IN_A_BYTE)};
            try {
                return new MemoryMachine(this, name, InetAddress.getByAddress(address));
            } catch (UnknownHostException impossible) {
                throw new AssertionError(impossible);
            }
        });
    }

    public Collection<String> hostNames() {
        return hosts.keySet();
    }

    /// Returns what joins two hosts, for the program.
    public MemoryLink link(String host, String other) {
        if (host.equals(other)) {
            throw new IllegalArgumentException("There is nothing between '" + host + "' and itself; name two hosts");
        }
        return link(known(host), known(other));
    }

    private MemoryMachine known(String name) {
        MemoryMachine host = hosts.get(name);
        if (host == null) {
            throw new IllegalArgumentException("There is no host '" + name + "' in the network, only " + hosts.keySet()
                    + "; host(\"" + name + "\") adds it");
        }
        return host;
    }

    private MemoryLink link(MemoryMachine host, MemoryMachine other) {
        return links.computeIfAbsent(Set.copyOf(List.of(host, other)), _ -> new MemoryLink(this));
    }

    /// Returns where the running task is.
    private MemoryMachine here() {
        MemoryMachine chosen = MemoryMachine.HERE.get(null);
        return chosen != null && chosen.fabric == this ? chosen : addHost(DEFAULT_HOST);
    }

    private @Nullable MemoryMachine at(InetAddress address) {
        if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
            return here();
        }
        for (MemoryMachine host : hosts.values()) {
            if (host.address().equals(address)) {
                return host;
            }
        }
        return null;
    }

    // ------------------------------------------------------------------ for streams

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        if (host.equals(DEFAULT_HOST)) {
            return List.of(InetAddress.ofLiteral("127.0.0.1"));
        }
        MemoryMachine known = hosts.get(host);
        if (known != null) {
            return List.of(known.address());
        }
        try {
            return List.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException name) {
            throw new UnknownHostException("The network in memory has no host '" + host + "', only " + hosts.keySet());
        }
    }

    @Override
    public Wire connect(InetSocketAddress address, WireEnd end) {
        LoopAccess access = loop();
        MemoryMachine here = here();
        MemoryMachine target = at(address.getAddress());
        InetAddress from = address.getAddress().isLoopbackAddress() ? address.getAddress() : here.address();
        InetSocketAddress local = new InetSocketAddress(from, here.choosePort());
        MemoryWire client = new MemoryWire(access, local, address);
        client.usedBy(end);
        if (target == null) {
            access.callAt(access.time(), () -> client.fail(new NoRouteToHostException("No route to host")));
            return client;
        }
        MemoryLink link = link(here, target);
        MemoryWire server = new MemoryWire(access, address, local);
        client.join(server, link, 0);
        server.join(client, link, 1);
        link.add(client, server);
        server.expectAt(target, here);
        client.connect();
        return client;
    }

    @Override
    public Port listen(@Nullable String host, int port, int backlog, Function<Wire, WireEnd> accept)
            throws IOException {
        loop();
        MemoryMachine owner = owner(host);
        int chosen = port == 0 ? owner.choosePort() : port;
        if (owner.ports.containsKey(chosen)) {
            throw new BindException("Address already in use");
        }
        InetSocketAddress address = host == null
                ? new InetSocketAddress(chosen)
                : new InetSocketAddress(resolve(host).getFirst(), chosen);
        MemoryPort listening = new MemoryPort(owner, address, backlog, accept);
        owner.ports.put(chosen, listening);
        return listening;
    }

    @Override
    public Context contextAt(@Nullable String host) throws IOException {
        MemoryMachine owner = owner(host);
        Context context = Context.copyCurrent();
        context.run(() -> {
            MemoryMachine.HERE.set(owner);
        });
        return context;
    }

    private MemoryMachine owner(@Nullable String host) throws IOException {
        MemoryMachine owner = host == null ? here() : at(resolve(host).getFirst());
        if (owner == null) {
            throw new BindException("Cannot assign requested address");
        }
        return owner;
    }
}
