package io.asyncio4j.streams;

import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.streams.spi.Network;
import io.asyncio4j.streams.spi.Networks;
import io.asyncio4j.streams.spi.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Opens connections and servers on a network that stands in for the machine's.
final class Wiring {
    private final LoopAccess loop = EventLoop.access();
    private final Network network;

    Wiring(Network network) {
        this.network = network;
    }

    /// Checks that what the caller asks for is on the machine's own network.
    static void requireMachine(String what) {
        if (Networks.current() != null) {
            throw new UnsupportedOperationException("Cannot " + what + " on the network that stands in for the"
                    + " machine's: it has TCP connections and servers only");
        }
    }

    static UnsupportedOperationException noTls(String where) {
        return new UnsupportedOperationException("Cannot use TLS on " + where
                + ": the network that stands in for the machine's has none; test without it");
    }

    /// Returns the addresses of a host.
    List<InetAddress> resolve(String host) throws IOException {
        try {
            return network.resolve(host);
        } catch (UnknownHostException unknown) {
            throw Resolver.unknown(host, unknown);
        }
    }

    // ------------------------------------------------------------------ connections

    /// Opens a connection; suspends.
    ConnectionTransport connect(String host, int port, ConnectionOptions options) throws IOException {
        String target = host + ":" + port;
        if (options.tls != null) {
            throw noTls("the connection to " + target);
        }
        if (options.localAddress != null) {
            throw new UnsupportedOperationException("Cannot connect to " + target + " from " + options.localAddress
                    + ": the network that stands in for the machine's chooses that address");
        }
        return Connecting.withinTimeout(target, options, () -> {
            InetSocketAddress address = new InetSocketAddress(resolve(host).getFirst(), port);
            return attempt(target, address, options);
        });
    }

    private ConnectionTransport attempt(String target, InetSocketAddress address, ConnectionOptions options)
            throws IOException {
        Future<ConnectionTransport> connected = loop.createFuture(() -> "a connection to " + target);
        WireTransport transport = new WireTransport(loop, options.limits, target, Connecting.settling(connected));
        transport.attach(network.connect(address, transport));
        try {
            return connected.await();
        } catch (Throwable thrown) {
            transport.abort();
            if (thrown instanceof IOException failure) {
                throw Failures.here(failure);
            }
            throw thrown;
        }
    }

    // ------------------------------------------------------------------ servers

    /// Starts a server.
    Server listen(ConnectionHandler handler, @Nullable String host, int port, ServerOptions options)
            throws IOException {
        if (options.tls != null) {
            throw noTls("the server on " + (host == null ? "port " : host + ":") + port);
        }
        InetSocketAddress wanted = host == null
                ? new InetSocketAddress(port)
                : new InetSocketAddress(resolve(host).getFirst(), port);
        Server server;
        Network.Port at;
        try {
            server = network.contextAt(host).run(() -> new Server(loop, Runnable::run, handler, options));
            at = network.listen(host, port, options.backlog, wire -> accepted(server, wire, options));
        } catch (IOException failure) {
            throw Failures.ofListening(failure, wanted);
        }
        server.opened(List.of(new Listener.OnNetwork(at)), List.of(at.address()));
        return server;
    }

    private WireTransport accepted(Server server, Wire wire, ServerOptions options) {
        WireTransport client = new WireTransport(loop, options.limits, null, server.whenReady());
        client.attach(wire);
        server.add(client);
        return client;
    }
}
