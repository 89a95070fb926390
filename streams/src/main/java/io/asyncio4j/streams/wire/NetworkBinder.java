package io.asyncio4j.streams.wire;

import io.asyncio4j.Context;
import io.asyncio4j.EventLoop;
import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.streams.bytes.Acceptor;
import io.asyncio4j.streams.bytes.ConnectionErrors;
import io.asyncio4j.streams.bytes.ServerSettings;
import io.asyncio4j.streams.spi.Network;
import io.asyncio4j.streams.spi.Wire;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Opens the port of a server on a network that stands in for the machine's, and brings it the
/// connections that come there.
public final class NetworkBinder {
    private final LoopAccess loop = EventLoop.access();
    private final Network network;
    private final ServerSettings settings;
    private final @Nullable String host;
    private final InetSocketAddress wanted;

    /// @param host as the program gave it; null for all addresses
    public NetworkBinder(Network network, ServerSettings settings, @Nullable String host, int port) throws IOException {
        if (settings.tls() != null) {
            throw NetworkConnector.noTls("the server on " + (host == null ? "port " : host + ":") + port);
        }
        this.network = network;
        this.settings = settings;
        this.host = host;
        this.wanted = host == null
                ? new InetSocketAddress(port)
                : new InetSocketAddress(NetworkConnector.resolve(network, host).getFirst(), port);
    }

    /// Returns the context in which the server's connections are served.
    public Context context() throws IOException {
        try {
            return network.contextAt(host).run(Context::copyCurrent);
        } catch (IOException failure) {
            throw ConnectionErrors.ofListening(failure, wanted);
        }
    }

    /// Listens, for `server`.
    public void listen(Acceptor server) throws IOException {
        Network.Port at;
        try {
            at = network.listen(host, wanted.getPort(), settings.backlog(), wire -> accepted(server, wire));
        } catch (IOException failure) {
            throw ConnectionErrors.ofListening(failure, wanted);
        }
        server.opened(List.of(new NetworkListener(at)), List.of(at.address()));
    }

    private WireTransport accepted(Acceptor server, Wire wire) {
        WireTransport client = new WireTransport(loop, settings.limits(), null, server.whenReady());
        client.attach(wire);
        server.add(client);
        return client;
    }
}
