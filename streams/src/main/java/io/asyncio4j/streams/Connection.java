package io.asyncio4j.streams;

import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// A connection: what comes in and what goes out.
///
/// ```java
/// try (Connection connection = Streams.openConnection("example.org", 80)) {
///     connection.writer().write("GET / HTTP/1.0\r\nHost: example.org\r\n\r\n");
///     byte[] answer = connection.reader().readAll();
/// }
/// ```
///
/// Used by tasks of the event loop in which it was made. asyncio: the pair that `open_connection`
/// returns.
///
/// @param reader what comes in
/// @param writer what goes out
public record Connection(StreamReader reader, StreamWriter writer) implements AutoCloseable {
    /// Returns the address of the peer; null if it has none, as a client of a Unix socket.
    public @Nullable SocketAddress peerAddress() {
        return writer.peerAddress();
    }

    /// Returns the address of this end; null if it has none.
    public @Nullable SocketAddress localAddress() {
        return writer.localAddress();
    }

    /// Closes the connection, after what was written is sent. Does not suspend. Closing twice is
    /// harmless.
    @Override
    public void close() {
        writer.close();
    }

    /// Suspends until the connection is closed.
    ///
    /// @throws IOException if it was lost before
    public void waitClosed() throws IOException {
        writer.waitClosed();
    }

    /// Returns whom it connects.
    @Override
    public String toString() {
        return "Connection[" + writer + "]";
    }
}
