package io.asyncio4j.streams.wire;

import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.streams.bytes.ConnectSettings;
import io.asyncio4j.streams.bytes.ConnectionErrors;
import io.asyncio4j.streams.bytes.ConnectionTransport;
import io.asyncio4j.streams.spi.Network;
import io.asyncio4j.streams.spi.Networks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Opens connections on a network that stands in for the machine's.
public final class NetworkConnector {
    private final LoopAccess loop = EventLoop.access();
    private final Network network;

    public NetworkConnector(Network network) {
        this.network = network;
    }

    /// Checks that what the caller asks for is on the machine's own network.
    public static void requireMachine(String what) {
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
    public List<InetAddress> resolve(String host) throws IOException {
        return resolve(network, host);
    }

    public static List<InetAddress> resolve(Network network, String host) throws IOException {
        try {
            return network.resolve(host);
        } catch (UnknownHostException unknown) {
            throw ConnectionErrors.unknownHost(host, unknown);
        }
    }

    // ------------------------------------------------------------------ connections

    /// Opens a connection; suspends.
    public ConnectionTransport connect(String host, int port, ConnectSettings settings) throws IOException {
        String target = host + ":" + port;
        if (settings.tls() != null) {
            throw noTls("the connection to " + target);
        }
        if (settings.localAddress() != null) {
            throw new UnsupportedOperationException("Cannot connect to " + target + " from " + settings.localAddress()
                    + ": the network that stands in for the machine's chooses that address");
        }
        return settings.openInTime(target, () -> {
            InetSocketAddress address = new InetSocketAddress(resolve(host).getFirst(), port);
            return attempt(target, address, settings);
        });
    }

    private ConnectionTransport attempt(String target, InetSocketAddress address, ConnectSettings settings)
            throws IOException {
        Future<ConnectionTransport> connected = loop.createFuture(() -> "a connection to " + target);
        WireTransport transport =
                new WireTransport(loop, settings.limits(), target, ConnectionTransport.Opening.settling(connected));
        transport.attach(network.connect(address, transport));
        try {
            return connected.await();
        } catch (Throwable thrown) {
            transport.abort();
            if (thrown instanceof IOException failure) {
                throw ConnectionErrors.here(failure);
            }
            throw thrown;
        }
    }
}
