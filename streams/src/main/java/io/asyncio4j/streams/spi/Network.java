package io.asyncio4j.streams.spi;

import io.asyncio4j.Context;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A network that stands in for the machine's, on one event loop.
///
/// It is called on that loop and never suspends. What it throws, and what it tells a [WireEnd],
/// says what happened in the words of an operating system, such as `Connection refused`; the
/// program gets what it would get from a real network.
public interface Network {
    /// Returns the addresses of a host: at least one.
    ///
    /// @param host a name, or an address as text
    /// @throws java.net.UnknownHostException if there is no such host
    List<InetAddress> resolve(String host) throws IOException;

    /// Begins to connect. The end is told when the connection is [opened][WireEnd#opened] or, with
    /// the reason, [over][WireEnd#over].
    Wire connect(InetSocketAddress address, WireEnd end);

    /// Begins to listen; takes no connection before it is told how many.
    ///
    /// @param host as the program gave it; null for all addresses
    /// @param port 0 for one to be chosen
    /// @param backlog how many connections may wait to be taken
    /// @param accept given a connection that is open, returns its end
    /// @throws java.net.BindException if the port is in use
    Port listen(@Nullable String host, int port, int backlog, Function<Wire, WireEnd> accept) throws IOException;

    /// Returns the context in which connections to a server on `host` are served.
    Context contextAt(@Nullable String host) throws IOException;

    /// A place where a server listens.
    interface Port {
        InetSocketAddress address();

        /// Says how many more connections may come, which is 0 for none at present.
        void accept(int atMost);

        /// Ends it. Connections that have not been taken are reset.
        void close();
    }
}
