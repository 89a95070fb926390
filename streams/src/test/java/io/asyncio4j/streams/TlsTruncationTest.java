package io.asyncio4j.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Future;
import io.asyncio4j.Task;
import io.asyncio4j.streams.netty.TlsHandlers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Peers that end an encrypted connection without TLS's farewell, as does whoever cuts it.
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("ways")
@SuppressWarnings("try") // only held open
final class TlsTruncationTest {
    @Parameter(0)
    String provider = "";

    @Parameter(1)
    String protocol = "";

    static Stream<Arguments> ways() {
        return Stream.of("jdk", "openssl")
                .flatMap(provider -> Stream.of("TLSv1.3", "TLSv1.2").map(protocol -> Arguments.of(provider, protocol)));
    }

    @BeforeEach
    void choose() {
        System.setProperty(TlsHandlers.PROPERTY, provider);
    }

    @AfterEach
    void forget() {
        System.clearProperty(TlsHandlers.PROPERTY);
    }

    /// The use that a program makes of a connection to a peer.
    private interface Client {
        void use(Connection connection, TlsPeer peer) throws Exception;
    }

    private void connected(Tls tls, Client client) {
        Bounded.run(() -> {
            try (RawPeer listening = new RawPeer()) {
                Task<TlsPeer> accepting = Asyncio.createTask(() -> TlsPeer.accept(listening, protocol));
                ConnectionOptions options = ConnectionOptions.defaults().tls(tls);
                try (Connection connection = Streams.openConnection("127.0.0.1", listening.port(), options);
                        TlsPeer peer = accepting.await()) {
                    client.use(connection, peer);
                }
            }
        });
    }

    private void connected(Client client) {
        connected(TlsTest.trusting(), client);
    }

    /// Sends something without a word that this is the end of it.
    private static void sendAndCut(TlsPeer peer, String text) throws IOException {
        Asyncio.toThread(() -> {
            peer.write(text);
            peer.cut();
        });
    }

    private static void isTruncated(Connection connection, ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isExactlyInstanceOf(SSLException.class)
                .hasMessage("The stream of the connection with "
                        + connection.writer().peerAddress() + " was truncated: the peer ended it without TLS's"
                        + " close_notify, so the last of what it sent may be missing; if the peer is known to end"
                        + " so, and messages tell their length, use Tls.allowingTruncation()");
    }

    @Test
    void whatCameIsReadAndThenEveryReadFails() {
        connected((connection, peer) -> {
            sendAndCut(peer, "words");
            StreamReader reader = connection.reader();
            StringBuilder came = new StringBuilder();
            while (came.length() < 5) {
                came.append(new String(reader.read(100), UTF_8));
            }
            assertThat(came).hasToString("words");
            isTruncated(connection, () -> reader.read(100));
            isTruncated(connection, () -> reader.read(100));
            isTruncated(connection, reader::readAll);
            isTruncated(connection, () -> reader.readExactly(1));
            isTruncated(connection, reader::readLine);
            isTruncated(connection, reader::readLineBytes);
            isTruncated(connection, () -> reader.readUntil("."));
            assertThat(reader.atEof()).isFalse();
            assertThat(reader).hasToString("StreamReader[0 bytes, truncated]");
        });
    }

    @Test
    void allThatCameIsNotEverything() {
        connected((connection, peer) -> {
            sendAndCut(peer, "words");
            isTruncated(connection, () -> connection.reader().readAll());
            assertThat(connection.reader().read(100)).as("what is left").isEqualTo("words".getBytes(UTF_8));
        });
    }

    @Test
    void aLineWithoutItsEndIsNotGiven() {
        connected((connection, peer) -> {
            sendAndCut(peer, "first\nsec");
            assertThat(connection.reader().readLine()).isEqualTo("first");
            isTruncated(connection, () -> connection.reader().readLine());
            assertThat(connection.reader().readExactly(3)).isEqualTo("sec".getBytes(UTF_8));
        });
    }

    @Test
    void aLoopOverLinesFailsAtTheEnd() {
        connected((connection, peer) -> {
            sendAndCut(peer, "first\nsecond\n");
            List<String> lines = new ArrayList<>();
            assertThatThrownBy(() -> connection.reader().lines().forEach(lines::add))
                    .isExactlyInstanceOf(UncheckedIOException.class)
                    .hasCauseExactlyInstanceOf(SSLException.class);
            assertThat(lines).containsExactly("first", "second");
        });
    }

    @Test
    void tooFewBytesAreNotTakenForTheEnd() {
        connected((connection, peer) -> {
            sendAndCut(peer, "words");
            isTruncated(connection, () -> connection.reader().readExactly(6));
            isTruncated(connection, () -> connection.reader().readUntil("\n"));
            assertThat(connection.reader().readUntil("ds")).isEqualTo("words".getBytes(UTF_8));
        });
    }

    @Test
    void aReadThatWaitsFails() {
        connected((connection, peer) -> {
            Task<?> reading = Asyncio.createTask(() -> connection.reader().readLine());
            Bounded.settle();
            sendAndCut(peer, "");
            assertThat(Bounded.outcome(reading)).isExactlyInstanceOf(SSLException.class);
        });
    }

    @Test
    void muchIsReadToTheCut() {
        connected((connection, peer) -> {
            Task<?> sending = Asyncio.createTask(() -> sendAndCut(peer, "0123456789".repeat(100_000)));
            assertThat(connection.reader().readExactly(1_000_000)).hasSize(1_000_000);
            isTruncated(connection, () -> connection.reader().readAll());
            sending.await();
        });
    }

    @Test
    void writingGoesOn() {
        connected((connection, peer) -> {
            sendAndCut(peer, "");
            isTruncated(connection, () -> connection.reader().readLine());
            connection.writer().write("answer");
            connection.writer().drain();
            assertThat(Asyncio.toThread(peer::read)).isEqualTo('a');
            connection.close();
            connection.waitClosed();
        });
    }

    @Test
    void aFarewellIsTheEnd() {
        connected((connection, peer) -> {
            Asyncio.toThread(() -> {
                peer.write("words");
                peer.farewell();
            });
            assertThat(connection.reader().readAll()).isEqualTo("words".getBytes(UTF_8));
            assertThat(connection.reader().atEof()).isTrue();
            assertThat(connection.reader().readLine()).isNull();
        });
    }

    @Test
    void aResetIsNoEnd() {
        connected((connection, peer) -> {
            Asyncio.toThread(() -> peer.write("words"));
            assertThat(connection.reader().readExactly(5)).isEqualTo("words".getBytes(UTF_8));
            Task<byte[]> reading = Asyncio.createTask(() -> connection.reader().readAll());
            Bounded.settle();
            RawPeer.reset(peer.socket);
            assertThat(Bounded.outcome(reading))
                    .isInstanceOf(IOException.class)
                    .hasMessage("The connection with " + connection.writer().peerAddress() + " was reset by the peer");
        });
    }

    @Test
    void afterACloseOfOnesOwnTheEndIsNoCut() {
        connected((connection, peer) -> {
            Task<byte[]> reading = Asyncio.createTask(() -> connection.reader().readAll());
            Bounded.settle();
            connection.close();
            Asyncio.toThread(peer::cut);
            connection.waitClosed();
            assertThat(reading.await()).isEmpty();
            assertThat(connection.reader().atEof()).isTrue();
        });
    }

    @Test
    void anAllowedTruncationIsTheEnd() {
        connected(TlsTest.trusting().allowingTruncation(), (connection, peer) -> {
            sendAndCut(peer, "first\nsec");
            assertThat(connection.reader().readLine()).isEqualTo("first");
            assertThat(connection.reader().readLine()).isEqualTo("sec");
            assertThat(connection.reader().readLine()).isNull();
            assertThat(connection.reader().atEof()).isTrue();
        });
    }

    // ------------------------------------------------------------------ servers, upgrades, Unix sockets

    private void servedTo(ServerOptions options, Client handling) {
        Bounded.run(() -> {
            Future<Connection> served = Asyncio.createFuture();
            Future<Boolean> done = Asyncio.createFuture();
            ConnectionHandler handler = (reader, writer) -> {
                served.setResult(new Connection(reader, writer));
                done.await();
            };
            try (Server server = ServerTest.start(handler, options);
                    TlsPeer peer = TlsPeer.connect(server.port(), protocol)) {
                handling.use(served.await(), peer);
                done.setResult(true);
            }
        });
    }

    @Test
    void aServerIsToldOfItToo() {
        servedTo(TlsTest.serving(), (connection, peer) -> {
            sendAndCut(peer, "GET");
            isTruncated(connection, () -> connection.reader().readLine());
        });
    }

    @Test
    void aServerMayAllowIt() {
        Tls tls = Certificates.server().forServer().allowingTruncation();
        servedTo(ServerOptions.defaults().tls(tls), (connection, peer) -> {
            sendAndCut(peer, "GET");
            assertThat(connection.reader().readAll()).isEqualTo("GET".getBytes(UTF_8));
        });
    }

    @Test
    void aConnectionEncryptedLaterIsToldOfItToo() {
        Bounded.run(() -> {
            for (boolean allowed : new boolean[] {false, true}) {
                Tls tls = allowed ? TlsTest.trusting().allowingTruncation() : TlsTest.trusting();
                try (RawPeer listening = new RawPeer();
                        Connection connection = Streams.openConnection("127.0.0.1", listening.port())) {
                    Socket socket = listening.accept();
                    Task<TlsPeer> agreeing = Asyncio.createTask(
                            () -> Asyncio.toThread(() -> TlsPeer.serve(socket, new byte[0], protocol)));
                    connection.writer().startTls(tls, "localhost");
                    sendAndCut(agreeing.await(), "words");
                    if (allowed) {
                        assertThat(connection.reader().readAll()).isEqualTo("words".getBytes(UTF_8));
                    } else {
                        isTruncated(connection, () -> connection.reader().readAll());
                    }
                }
            }
        });
    }

    @Test
    void anUnencryptedEndIsNoTruncation() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                ends.served().writer().write("words");
                ends.served().writer().writeEof();
                assertThat(ends.client().reader().readAll()).isEqualTo("words".getBytes(UTF_8));
            }
        });
    }

    @Test
    void aUnixSocketIsCutToo(@TempDir Path folder) {
        Bounded.run(() -> {
            Asyncio.runningLoop().setExceptionHandler((loop, alsoToldToTheHandler) -> {});
            Path front = folder.resolve("front");
            Path back = folder.resolve("back");
            ConnectionHandler handler = (reader, writer) -> {
                writer.write("words\n");
                reader.read(1);
            };
            try (Server server = Streams.startUnixServer(handler, back, TlsTest.serving());
                    ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                listening.bind(UnixDomainSocketAddress.of(front));
                Task<SocketChannel> accepting = Asyncio.createTask(() -> Asyncio.toThread(listening::accept));
                Task<Connection> opening = Asyncio.createTask(() ->
                        Streams.openUnixConnection(front, TlsTest.connecting().serverName("server.test")));
                try (SocketChannel between = accepting.await();
                        SocketChannel onwards = SocketChannel.open(UnixDomainSocketAddress.of(back))) {
                    Thread.startVirtualThread(() -> pass(between, onwards));
                    Thread.startVirtualThread(() -> pass(onwards, between));
                    try (Connection connection = opening.await()) {
                        assertThat(connection.reader().readLine()).isEqualTo("words");
                        between.shutdownOutput();
                        assertThatThrownBy(() -> connection.reader().readLine())
                                .isExactlyInstanceOf(SSLException.class)
                                .hasMessageContaining(" was truncated: ");
                    }
                }
            }
        });
    }

    /// Passes on what comes, for as long as that works.
    private static void pass(SocketChannel from, SocketChannel to) {
        ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
        try {
            while (from.read(bytes) >= 0) {
                bytes.flip();
                while (bytes.hasRemaining()) {
                    to.write(bytes);
                }
                bytes.clear();
            }
        } catch (IOException cut) {
            // as is meant
        }
    }
}
