package io.asyncio4j.streams;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Future;
import io.asyncio4j.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// Both ends of a connection, in one loop.
///
/// @param client the end that was opened
/// @param served the end that the server accepted
record TwoEnds(Server server, Connection client, Connection served) implements AutoCloseable {
    private static final byte[] CHUNK = new byte[64 * 1024];

    /// Opens a connection of which one end was accepted by a server.
    interface Listening {
        Server listen(ConnectionHandler handler) throws IOException;
    }

    static TwoEnds open() throws IOException {
        return open(ServerOptions.defaults(), ConnectionOptions.defaults());
    }

    static TwoEnds open(ServerOptions serverOptions, ConnectionOptions options) throws IOException {
        Future<Connection> accepted = Asyncio.createFuture();
        Server server = Streams.startServer(handler(accepted), "127.0.0.1", 0, serverOptions);
        Connection client = Streams.openConnection("127.0.0.1", server.port(), options);
        return new TwoEnds(server, client, accepted.await());
    }

    static TwoEnds onUnixSocket(Path path, ServerOptions serverOptions, ConnectionOptions options) throws IOException {
        Future<Connection> accepted = Asyncio.createFuture();
        Server server = Streams.startUnixServer(handler(accepted), path, serverOptions);
        Connection client = Streams.openUnixConnection(path, options);
        return new TwoEnds(server, client, accepted.await());
    }

    private static ConnectionHandler handler(Future<Connection> accepted) {
        return (reader, writer) -> {
            accepted.setResult(new Connection(reader, writer));
            try {
                writer.waitClosed();
            } catch (IOException lost) {
                // the test looks at it
            }
        };
    }

    /// Writes until the other end, which does not read, is so far behind that drain() waits.
    ///
    /// @return how many bytes were written
    static long fill(StreamWriter writer) throws IOException {
        long written = 0;
        do {
            writer.write(CHUNK);
            written += CHUNK.length;
        } while (drains(writer));
        return written;
    }

    /// Whether the system takes enough for drain() to return. It does not if it takes nothing at
    /// all, however often it is asked.
    private static boolean drains(StreamWriter writer) {
        Task<?> draining = Asyncio.createTask(() -> writer.drain());
        long pending = writer.pendingBytes();
        for (int unchanged = 0; unchanged < 15 && !draining.isDone(); unchanged++) {
            Asyncio.sleep(unchanged < 10 ? Duration.ZERO : Duration.ofMillis(10));
            if (writer.pendingBytes() != pending) {
                pending = writer.pendingBytes();
                unchanged = 0;
            }
        }
        boolean drained = draining.isDone();
        draining.cancel();
        Bounded.outcome(draining);
        return drained;
    }

    @Override
    public void close() {
        client.writer().abort();
        served.writer().abort();
        server.close();
        server.waitClosed();
    }
}
