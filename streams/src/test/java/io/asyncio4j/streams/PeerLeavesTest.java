package io.asyncio4j.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Asyncio;
import io.asyncio4j.VoidCoroutine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The log about clients that leave: one line each, and no stack trace.
final class PeerLeavesTest {
    private final Logger logger = Logger.getLogger("io.asyncio4j");
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Handler capture = new Handler() {
        @Override
        public void publish(LogRecord record) {
            if (!Thread.currentThread().getName().startsWith("asyncio4j-")) {
                records.add(record);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void capture() {
        logger.setUseParentHandlers(false);
        logger.addHandler(capture);
    }

    @AfterEach
    void release() {
        logger.removeHandler(capture);
        logger.setUseParentHandlers(true);
    }

    /// The use that a client makes of its socket.
    private interface Client {
        void act(Socket socket) throws IOException;
    }

    /// Returns the client's address, when its handler has ended.
    private static String serve(ConnectionHandler handler, ServerOptions options, Client client) throws IOException {
        boolean[] served = {false};
        ConnectionHandler noting = (reader, writer) -> {
            served[0] = true;
            handler.handle(reader, writer);
        };
        try (Server server = ServerTest.start(noting, options)) {
            Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port());
            String address = "/127.0.0.1:" + socket.getLocalPort();
            while (server.connections() == 0 && !served[0]) {
                Asyncio.sleep(Duration.ofMillis(1));
            }
            client.act(socket);
            while (server.connections() > 0) {
                Asyncio.sleep(Duration.ofMillis(1));
            }
            return address;
        }
    }

    private void assertOneLine(String text) {
        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.getLevel() + " " + record.getMessage()).isEqualTo("INFO " + text);
            assertThat(record.getThrown()).isNull();
        });
    }

    private static ConnectionHandler reading(int bytes) {
        return (reader, writer) -> reader.readExactly(bytes);
    }

    @Test
    void aResetIsOneLine() {
        Bounded.run(() -> {
            String client = serve(reading(4), ServerOptions.defaults(), RawPeer::reset);
            assertOneLine("The handler of the connection with " + client + " failed: The connection with " + client
                    + " was reset by the peer");
        });
    }

    @Test
    void aProbeThatConnectsAndClosesIsOneLine() {
        Bounded.run(() -> {
            String client = serve(reading(4), ServerOptions.defaults(), Socket::close);
            assertOneLine("The handler of the connection with " + client
                    + " failed: The stream ended after 0 bytes, of the 4 expected");
        });
    }

    @Test
    void aResetThatTheLinesOfAReaderTellIsOneLine() {
        Bounded.run(() -> {
            List<String> lines = new ArrayList<>();
            ConnectionHandler handler = (reader, writer) -> reader.lines().forEach(lines::add);
            String client = serve(handler, ServerOptions.defaults(), RawPeer::reset);
            assertOneLine("The handler of the connection with " + client + " failed: The connection with " + client
                    + " was reset by the peer");
        });
    }

    @Test
    void aResetThatTheTasksOfAHandlerFailWithIsOneLine() {
        Bounded.run(() -> {
            ConnectionHandler handler = (reader, writer) -> Asyncio.taskGroup(group -> {
                group.createTask(() -> reader.readExactly(4));
                group.createTask((VoidCoroutine) writer::waitClosed);
            });
            String client = serve(handler, ServerOptions.defaults(), RawPeer::reset);
            assertOneLine("The handler of the connection with " + client + " failed: The connection with " + client
                    + " was reset by the peer");
        });
    }

    @Test
    void debugModeShowsTheStack() {
        Bounded.run(() -> {
            Asyncio.runningLoop().setDebug(true);
            serve(reading(4), ServerOptions.defaults(), RawPeer::reset);
            assertThat(records)
                    .filteredOn(record -> record.getMessage().startsWith("The handler of"))
                    .singleElement()
                    .satisfies(record -> {
                        assertThat(record.getLevel()).isEqualTo(java.util.logging.Level.INFO);
                        assertThat(record.getThrown()).hasMessageEndingWith(" was reset by the peer");
                    });
        });
    }

    @Test
    void aClientThatLeavesDuringTheHandshakeIsOneLine() {
        Bounded.run(() -> {
            String client = serve(reading(4), TlsTest.serving(), Socket::close);
            assertThat(records).hasSize(1);
            assertThat(records.getFirst().getMessage())
                    .startsWith("No connection with " + client + " for server 127.0.0.1:")
                    .endsWith(": The peer closed the connection with " + client + " before TLS was agreed on");
            assertThat(records.getFirst().getLevel()).isEqualTo(java.util.logging.Level.INFO);
            assertThat(records.getFirst().getThrown()).isNull();
        });
    }

    @Test
    void aClientWithoutTlsIsOneShortLine() {
        Bounded.run(() -> {
            String client = serve(reading(4), TlsTest.serving(), socket -> {
                socket.getOutputStream().write(("GET / HTTP/1.0\r\n" + "x".repeat(500) + "\r\n\r\n").getBytes(UTF_8));
            });
            assertThat(records).hasSize(1);
            assertThat(records.getFirst().getMessage())
                    .startsWith("No connection with " + client + " for server 127.0.0.1:")
                    .hasSizeLessThan(400);
            assertThat(records.getFirst().getLevel()).isEqualTo(java.util.logging.Level.INFO);
        });
    }

    // ------------------------------------------------------------------ what stays loud

    private void assertLoud(Class<? extends Throwable> thrown) {
        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.getLevel()).isEqualTo(java.util.logging.Level.SEVERE);
            assertThat(record.getThrown()).isInstanceOf(thrown);
        });
    }

    @Test
    void aBugIsLoud() {
        Bounded.run(() -> {
            ConnectionHandler handler = (reader, writer) -> {
                throw new IllegalStateException("a bug");
            };
            serve(handler, ServerOptions.defaults(), Socket::close);
            assertLoud(IllegalStateException.class);
        });
    }

    @Test
    void anExceptionOfAnotherStreamIsLoud() {
        Bounded.run(() -> {
            try (RawPeer backend = new RawPeer()) {
                ConnectionHandler handler = (reader, writer) -> {
                    try (Connection other = Streams.openConnection("127.0.0.1", backend.port())) {
                        backend.accept().close();
                        other.reader().readExactly(4);
                    }
                };
                serve(handler, ServerOptions.defaults(), socket -> {});
                assertLoud(IncompleteReadException.class);
            }
        });
    }

    @Test
    void aBugBesideAResetIsLoud() {
        Bounded.run(() -> {
            ConnectionHandler handler = (reader, writer) -> Asyncio.taskGroup(group -> {
                group.createTask(() -> {
                    try {
                        reader.readExactly(4);
                    } catch (IOException lost) {
                        throw new IllegalStateException("a bug", lost);
                    }
                });
                group.createTask((VoidCoroutine) writer::waitClosed);
            });
            serve(handler, ServerOptions.defaults(), RawPeer::reset);
            assertLoud(io.asyncio4j.ExceptionGroup.class);
        });
    }
}
