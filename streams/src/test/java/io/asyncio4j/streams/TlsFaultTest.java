package io.asyncio4j.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Task;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.streams.netty.TlsHandlers;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// Peers that do not speak TLS, or stop in the middle of it.
@ParameterizedClass
@ValueSource(strings = {"jdk", "openssl"})
@SuppressWarnings("try") // closed before the end, or only held open
final class TlsFaultTest {
    private static final byte[] MALFORMED = new byte[600];

    static {
        Arrays.fill(MALFORMED, (byte) 0xff);
        MALFORMED[0] = 22; // a handshake record of TLS 1.0, with rubbish in it
        MALFORMED[1] = 3;
        MALFORMED[2] = 1;
        MALFORMED[3] = 2;
        MALFORMED[4] = 0;
    }

    @Parameter
    String provider = "";

    @BeforeEach
    void choose() {
        System.setProperty(TlsHandlers.PROPERTY, provider);
    }

    @AfterEach
    void forget() {
        System.clearProperty(TlsHandlers.PROPERTY);
    }

    private static void neverCalled(StreamReader reader, StreamWriter writer) {
        throw new AssertionError("no TLS was agreed on");
    }

    private static void serverClosesOn(byte[] sent) {
        Bounded.run(() -> {
            try (Server server = ServerTest.start(TlsFaultTest::neverCalled, TlsTest.serving());
                    Connection client = ServerTest.connect(server)) {
                client.writer().write(sent);
                Bounded.outcome(Asyncio.createTask(() -> client.reader().readAll()));
                server.close();
                server.waitClosed();
                assertThat(server.toString()).endsWith("closed, 0 connections]");
            }
        });
    }

    @Test
    void aServerClosesAConnectionThatIsNotEncrypted() {
        serverClosesOn("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
    }

    @Test
    void aServerClosesAConnectionWithRubbishInTheHandshake() {
        serverClosesOn(MALFORMED);
    }

    @Test
    void aServerGivesUpAClientThatSaysNothing() {
        Bounded.run(() -> {
            ServerOptions options = TlsTest.serving().handshakeTimeout(Duration.ofMillis(30));
            try (Server server = ServerTest.start(TlsFaultTest::neverCalled, options);
                    Connection client = ServerTest.connect(server)) {
                assertThat(client.reader().readAll()).isEmpty();
            }
        });
    }

    @Test
    void aServerGivesUpAClientThatEndsInTheHandshake() {
        Bounded.run(() -> {
            try (Server server = ServerTest.start(TlsFaultTest::neverCalled, TlsTest.serving());
                    Connection client = ServerTest.connect(server)) {
                client.writer().writeEof();
                Bounded.outcome(Asyncio.createTask(() -> client.reader().readAll()));
            }
        });
    }

    @Test
    void aServerThatIsNotEncryptedIsRefused() {
        Bounded.run(() -> {
            ConnectionHandler plain = (reader, writer) -> {
                writer.write("220 welcome\r\n");
                reader.readAll();
            };
            try (Server server = ServerTest.start(plain, ServerOptions.defaults())) {
                assertThatThrownBy(() -> Streams.openConnection("127.0.0.1", server.port(), TlsTest.connecting()))
                        .isInstanceOf(SSLException.class)
                        .hasMessageContaining("not an SSL/TLS record");
            }
        });
    }

    @Test
    void aServerThatEndsInTheHandshakeIsGivenUpAtOnce() {
        Bounded.run(() -> {
            try (RawPeer peer = new RawPeer()) {
                Task<?> connecting = Asyncio.createTask(
                        () -> Streams.openConnection("127.0.0.1", peer.port(), TlsTest.connecting()));
                Socket socket = peer.accept();
                socket.shutdownOutput();
                assertThat(Bounded.outcome(connecting))
                        .isExactlyInstanceOf(SocketException.class)
                        .hasMessage("The peer closed the connection with /127.0.0.1:" + peer.port()
                                + " before TLS was agreed on");
            }
        });
    }

    @Test
    void aServerThatResetsInTheHandshakeIsTold() {
        Bounded.run(() -> {
            try (RawPeer peer = new RawPeer()) {
                Task<?> connecting = Asyncio.createTask(
                        () -> Streams.openConnection("127.0.0.1", peer.port(), TlsTest.connecting()));
                Socket socket = peer.accept();
                assertThat(Asyncio.toThread(() -> socket.getInputStream().read()))
                        .isPositive();
                RawPeer.reset(socket);
                assertThat(Bounded.outcome(connecting))
                        .isInstanceOf(IOException.class)
                        .hasMessage("The connection with /127.0.0.1:" + peer.port() + " was reset by the peer");
            }
        });
    }

    @Test
    void aServerThatSaysNothingInTheHandshakeIsGivenUp() {
        Bounded.run(clock -> {
            Tls tls = TlsTest.trusting();
            tls.encryption().prepareInThread(); // the time is for connecting alone
            ConnectionOptions options = ConnectionOptions.defaults().tls(tls).connectTimeout(Duration.ofHours(1));
            try (RawPeer peer = new RawPeer()) {
                Task<?> connecting =
                        Asyncio.createTask(() -> Streams.openConnection("127.0.0.1", peer.port(), options));
                Socket socket = peer.accept();
                assertThat(Asyncio.toThread(() -> socket.getInputStream().read()))
                        .isPositive();
                clock.skip(Duration.ofHours(1));
                assertThat(Bounded.outcome(connecting)).isExactlyInstanceOf(SocketTimeoutException.class);
                Asyncio.toThread(() -> socket.getInputStream().readAllBytes());
            }
        });
    }

    @Test
    void encryptingWithAPeerThatDoesNotCloses() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                StreamWriter writer = ends.client().writer();
                ends.served().writer().write("no TLS here, thank you\r\n");
                assertThatThrownBy(() -> writer.startTls(TlsTest.trusting(), "localhost"))
                        .isInstanceOf(SSLException.class);
                assertThat(writer.isClosing()).isTrue();
            }
        });
    }

    @Test
    void encryptingWithAPeerThatEndsFails() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                StreamWriter writer = ends.client().writer();
                ends.served().writer().writeEof();
                assertThatThrownBy(() -> writer.startTls(TlsTest.trusting(), "localhost"))
                        .isExactlyInstanceOf(SocketException.class)
                        .hasMessage("The peer closed the connection with " + writer.peerAddress()
                                + " before TLS was agreed on");
            }
        });
    }

    @Test
    void cancellingTheStartOfTlsCloses() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                StreamWriter writer = ends.client().writer();
                VoidCoroutine start = () -> writer.startTls(TlsTest.trusting(), "localhost");
                Task<?> starting = Asyncio.createTask(start);
                assertThat(ends.served().reader().read(1)).hasSize(1); // the handshake has begun
                starting.cancel();
                Bounded.outcome(starting);
                assertThat(starting.isCancelled()).isTrue();
                assertThat(writer.isClosing()).isTrue();
                Bounded.outcome(Asyncio.createTask(() -> writer.waitClosed()));
            }
        });
    }

    @Test
    void cancellingTheStartOfTlsBeforeItsFilesAreReadClosesToo() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                StreamWriter writer = ends.client().writer();
                VoidCoroutine start = () -> writer.startTls(TlsTest.trusting(), "localhost");
                Task<?> starting = Asyncio.createTask(start);
                Asyncio.sleep(Duration.ZERO); // it waits for the thread
                starting.cancel();
                Bounded.outcome(Asyncio.createTask(() -> writer.waitClosed()));
                assertThat(starting.isCancelled()).isTrue();
                assertThat(writer.isClosing()).isTrue();
            }
        });
    }

    @Test
    void startingTlsWithAFileThatIsMissingCloses() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                StreamWriter writer = ends.client().writer();
                Tls missing = Tls.client().trusting(java.nio.file.Path.of("missing.pem"));
                assertThatThrownBy(() -> writer.startTls(missing, "localhost"))
                        .isExactlyInstanceOf(java.nio.file.NoSuchFileException.class);
                Bounded.outcome(Asyncio.createTask(() -> writer.waitClosed()));
                assertThat(writer.isClosing()).isTrue();
            }
        });
    }

    @Test
    void anEncryptedConnectionThatIsClosedIsReadToItsEnd() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open(TlsTest.serving(), TlsTest.connecting())) {
                ends.served().writer().write("last words");
                ends.served().writer().close();
                assertThat(ends.client().reader().readAll()).isEqualTo("last words".getBytes(UTF_8));
                ends.client().close();
                ends.client().waitClosed();
            }
        });
    }
}
