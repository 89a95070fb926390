package io.asyncio4j.streams;

import io.asyncio4j.streams.bytes.ConnectionTransport;
import io.asyncio4j.streams.netty.Connector;
import io.asyncio4j.streams.netty.DatagramBinder;
import io.asyncio4j.streams.netty.NettyVersion;
import io.asyncio4j.streams.netty.Resolver;
import io.asyncio4j.streams.spi.Network;
import io.asyncio4j.streams.spi.Networks;
import io.asyncio4j.streams.wire.NetworkConnector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Connections, servers and datagrams on the event loop: TCP, with or without TLS, Unix sockets,
/// UDP.
///
/// All methods are called by tasks, suspend, and serve the loop that the task runs in. asyncio: its
/// "Streams".
public final class Streams {
    private static final int MAX_PORT = 65_535;

    private Streams() {}

    /// Opens a TCP connection. asyncio: `open_connection`.
    ///
    /// @param host a name or an address
    /// @param port from 1 to 65535
    /// @throws java.net.UnknownHostException if the name does not resolve
    /// @throws java.net.ConnectException if nobody listens there
    /// @throws java.net.SocketTimeoutException if it takes longer than 30 seconds
    /// @throws IOException if it fails otherwise
    public static Connection openConnection(String host, int port) throws IOException {
        return openConnection(host, port, ConnectionOptions.defaults());
    }

    /// Opens a TCP connection. If the host has several addresses, they are tried side by side, each
    /// a little later than the one before. Cancelled, this leaves nothing open. asyncio:
    /// `open_connection`.
    ///
    /// @param host a name or an address
    /// @param port from 1 to 65535
    /// @throws java.net.UnknownHostException if the name does not resolve
    /// @throws java.net.ConnectException if nobody listens there
    /// @throws java.net.SocketTimeoutException if it takes longer than
    ///     [ConnectionOptions#connectTimeout]
    /// @throws java.net.BindException if it is to come from an address that this machine has not
    /// @throws IOException if it fails otherwise; if the host has several addresses, it is the
    ///     failure of the first to fail, with the others suppressed
    /// @throws javax.net.ssl.SSLException if TLS was asked for and the two do not agree, or the
    ///     server is not trusted
    public static Connection openConnection(String host, int port, ConnectionOptions options) throws IOException {
        Objects.requireNonNull(host, "host");
        requirePort(port, 1);
        Network network = network();
        return connection(
                network == null
                        ? Connector.toHost(host, port, options.settings())
                        : new NetworkConnector(network).connect(host, port, options.settings()));
    }

    /// Listens on a port and runs `handler` for every connection, in a task of its own. asyncio:
    /// `start_server`.
    ///
    /// @param host a name or an address; null for all addresses of this machine
    /// @param port from 0 to 65535; 0 for one that the system chooses
    /// @throws java.net.UnknownHostException if the name does not resolve
    /// @throws java.net.BindException if the address or port cannot be had
    public static Server startServer(ConnectionHandler handler, @Nullable String host, int port) throws IOException {
        return startServer(handler, host, port, ServerOptions.defaults());
    }

    /// Listens on a port, with options. If the host has several addresses, the server listens on
    /// all, with the same port. asyncio: `start_server`.
    ///
    /// @param host a name or an address; null for all addresses of this machine
    /// @param port from 0 to 65535; 0 for one that the system chooses
    /// @throws java.net.UnknownHostException if the name does not resolve
    /// @throws java.net.BindException if the address or port cannot be had
    /// @throws IOException if a file for TLS cannot be read or is not what it should be
    public static Server startServer(ConnectionHandler handler, @Nullable String host, int port, ServerOptions options)
            throws IOException {
        requirePort(port, 0);
        Network network = network();
        return network == null
                ? Server.onHost(handler, host, port, options)
                : Server.onNetwork(network, handler, host, port, options);
    }

    /// Opens a connection to a Unix socket. asyncio: `open_unix_connection`.
    ///
    /// @throws java.net.ConnectException if nobody listens there
    /// @throws java.net.SocketTimeoutException if it takes longer than 30 seconds
    /// @throws IOException if it fails otherwise
    public static Connection openUnixConnection(Path path) throws IOException {
        return openUnixConnection(path, ConnectionOptions.defaults());
    }

    /// Opens a connection to a Unix socket, with options; those that are about TCP do nothing. On
    /// the transports nio and io_uring, either side's [StreamWriter#writeEof] ends both directions.
    /// asyncio: `open_unix_connection`.
    ///
    /// @throws java.net.ConnectException if nobody listens there
    /// @throws java.net.SocketTimeoutException if it takes longer than
    ///     [ConnectionOptions#connectTimeout]
    /// @throws javax.net.ssl.SSLException if TLS was asked for and the two do not agree, or the
    ///     server is not trusted
    /// @throws IOException if it fails otherwise
    /// @throws IllegalArgumentException if TLS was asked for without a
    ///     [ConnectionOptions#serverName]: a path is no name that a server can prove to have
    public static Connection openUnixConnection(Path path, ConnectionOptions options) throws IOException {
        NetworkConnector.requireMachine("connect to a Unix socket");
        NettyVersion.require();
        return connection(Connector.toPath(Objects.requireNonNull(path, "path"), options.settings()));
    }

    /// Listens on a Unix socket and runs `handler` for every connection. A socket file that is left
    /// from an earlier server is replaced. asyncio: `start_unix_server`.
    ///
    /// @throws java.net.BindException if the file cannot be made
    public static Server startUnixServer(ConnectionHandler handler, Path path) throws IOException {
        return startUnixServer(handler, path, ServerOptions.defaults());
    }

    /// Listens on a Unix socket, with options; those that are about TCP do nothing. asyncio:
    /// `start_unix_server`.
    ///
    /// @throws java.net.BindException if the file cannot be made
    /// @throws IOException if a file for TLS cannot be read or is not what it should be
    public static Server startUnixServer(ConnectionHandler handler, Path path, ServerOptions options)
            throws IOException {
        NetworkConnector.requireMachine("listen on a Unix socket");
        NettyVersion.require();
        return Server.onPath(handler, Objects.requireNonNull(path, "path"), options);
    }

    /// Opens an endpoint for datagrams, UDP. asyncio: `create_datagram_endpoint`.
    ///
    /// @param local where to receive; null for a port that the system chooses, on all addresses
    /// @param remote the only peer to send to and receive from; null for any
    /// @throws java.net.BindException if the local address or port cannot be had
    /// @throws java.net.UnknownHostException if a name in an address does not resolve
    /// @throws IllegalArgumentException if the addresses are not both IPv4 or both IPv6
    public static DatagramEndpoint openDatagram(@Nullable SocketAddress local, @Nullable SocketAddress remote)
            throws IOException {
        return openDatagram(local, remote, DatagramOptions.defaults());
    }

    /// Opens an endpoint for datagrams, with options.
    public static DatagramEndpoint openDatagram(
            @Nullable SocketAddress local, @Nullable SocketAddress remote, DatagramOptions options) throws IOException {
        NetworkConnector.requireMachine("open a datagram endpoint");
        NettyVersion.require();
        return new DatagramEndpoint(DatagramBinder.open(local, remote, options.settings()));
    }

    /// Returns the addresses of a host, as the system orders them, without blocking the loop.
    /// asyncio: `loop.getaddrinfo`.
    ///
    /// @param host a name, or an address, which needs no look-up
    /// @return at least one
    /// @throws java.net.UnknownHostException if the name does not resolve
    public static List<InetAddress> resolve(String host) throws IOException {
        Objects.requireNonNull(host, "host");
        Network network = Networks.current();
        return network == null ? Resolver.resolve(host) : new NetworkConnector(network).resolve(host);
    }

    /// Returns the network that stands in for the machine's; null for the machine's own, whose
    /// Netty has been checked.
    private static @Nullable Network network() {
        Network network = Networks.current();
        if (network == null) {
            NettyVersion.require();
        }
        return network;
    }

    /// Returns the two streams of a connection.
    static Connection connection(ConnectionTransport transport) {
        return new Connection(new StreamReader(transport.input), new StreamWriter(transport.output));
    }

    private static void requirePort(int port, int lowest) {
        if (port < lowest || port > MAX_PORT) {
            throw new IllegalArgumentException(
                    "The port must be from " + lowest + " to " + MAX_PORT + ", but is " + port);
        }
    }
}
