package io.asyncio4j.streams.bytes;

import java.net.SocketAddress;
import java.util.List;

/// A server, as what opens its sockets and brings its connections sees it. Used on the loop.
///
/// Its text says which server it is, for messages.
public interface Acceptor {
    /// It listens.
    void opened(List<Listener> listeners, List<SocketAddress> addresses);

    /// Returns whether it takes no more connections.
    boolean isClosed();

    /// Returns what receives the outcome of a new connection's opening.
    ConnectionTransport.Opening whenReady();

    /// Takes a new connection, which is not ready yet.
    void add(ConnectionTransport client);
}
