package io.asyncio4j.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import io.asyncio4j.Task;
import io.asyncio4j.VoidCoroutine;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Peers that vanish, stall, reset and lie. With TLS: [TlsFaultTest].
@SuppressWarnings("try") // closed before the end, or only held open
final class PeerFaultTest {
    @Test
    void aResetReachesWhoReadsAndEverybodyAfter() {
        Bounded.run(() -> {
            try (RawPeer peer = new RawPeer();
                    Connection client = Streams.openConnection("localhost", peer.port())) {
                Socket socket = peer.accept();
                Task<byte[]> reading = Asyncio.createTask(() -> client.reader().read(1));
                Bounded.settle();
                RawPeer.reset(socket);
                String text = "The connection with /127.0.0.1:" + peer.port() + " was reset by the peer";
                assertThat(Bounded.outcome(reading))
                        .isExactlyInstanceOf(SocketException.class)
                        .hasMessage(text);
                client.writer().write("dropped");
                assertThat(client.writer().pendingBytes()).isZero();
                for (VoidCoroutine use : List.<VoidCoroutine>of(
                        () -> client.reader().readAll(), () -> client.writer().drain(), () -> client.waitClosed())) {
                    assertThatThrownBy(use::run)
                            .isExactlyInstanceOf(SocketException.class)
                            .hasMessage(text);
                }
                assertThat(client.writer().isClosing()).isTrue();
            }
        });
    }

    @Test
    void aResetReachesWhoWaitsToSend() {
        Bounded.run(() -> {
            try (RawPeer peer = new RawPeer();
                    Connection client = Streams.openConnection("127.0.0.1", peer.port())) {
                Socket socket = peer.accept();
                TwoEnds.fill(client.writer());
                Task<?> draining = Asyncio.createTask(() -> client.writer().drain());
                Bounded.settle();
                RawPeer.reset(socket);
                assertThat(Bounded.outcome(draining))
                        .isExactlyInstanceOf(SocketException.class)
                        .hasMessage("The connection with /127.0.0.1:" + peer.port() + " was reset by the peer");
            }
        });
    }

    @Test
    void writingToAPeerThatIsGoneFails() {
        Bounded.run(() -> {
            try (RawPeer peer = new RawPeer();
                    Connection client = Streams.openConnection("127.0.0.1", peer.port())) {
                peer.accept().close();
                assertThat(client.reader().readAll()).isEmpty();
                String with = "with /127.0.0.1:" + peer.port();
                assertThatThrownBy(() -> {
                            while (true) {
                                client.writer().write(new byte[100_000]);
                                client.writer().drain();
                                Asyncio.sleep(Duration.ofMillis(1));
                            }
                        })
                        .isExactlyInstanceOf(SocketException.class)
                        .satisfies(failure -> assertThat(failure.getMessage())
                                .isIn(
                                        "The connection " + with + " was reset by the peer",
                                        "The peer does not read the connection " + with + " any longer"));
            }
        });
    }

    @Test
    void aPeerThatHasEndedItsDirectionCanStillBeWrittenTo() {
        Bounded.run(() -> {
            try (RawPeer peer = new RawPeer();
                    Connection client = Streams.openConnection("127.0.0.1", peer.port())) {
                Socket socket = peer.accept();
                socket.shutdownOutput();
                assertThat(client.reader().readAll()).isEmpty();
                Asyncio.sleep(Duration.ofMillis(5));
                client.writer().write("late");
                client.writer().close();
                byte[] read = Asyncio.toThread(() -> socket.getInputStream().readAllBytes());
                assertThat(new String(read, UTF_8)).isEqualTo("late");
                client.waitClosed();
            }
        });
    }

    @Test
    void aResetOfAServersConnectionReachesItsHandler() {
        Bounded.run(() -> {
            List<EventLoop.ExceptionContext> problems = new ArrayList<>();
            Asyncio.runningLoop().setExceptionHandler((loop, problem) -> problems.add(problem));
            Future<String> begun = Asyncio.createFuture();
            Future<String> failure = Asyncio.createFuture();
            ConnectionHandler handler = (reader, writer) -> {
                begun.setResult("");
                try {
                    reader.readAll();
                } catch (IOException lost) {
                    failure.setResult(String.valueOf(lost.getMessage()));
                    throw lost;
                }
            };
            try (Server server = ServerTest.start(handler, ServerOptions.defaults())) {
                Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port());
                String address = "/127.0.0.1:" + socket.getLocalPort();
                begun.await();
                RawPeer.reset(socket);
                assertThat(failure.await()).isEqualTo("The connection with " + address + " was reset by the peer");
                server.close();
                server.waitClosed();
                assertThat(problems)
                        .extracting(EventLoop.ExceptionContext::message)
                        .containsExactly("The handler of the connection with " + address + " failed");
            }
        });
    }

    @Test
    void aPeerThatSendsNoNewlineIsToldOf() {
        Bounded.run(() -> {
            List<Throwable> problems = new ArrayList<>();
            Asyncio.runningLoop().setExceptionHandler((loop, problem) -> problems.add(problem.exception()));
            try (Server server = ServerTest.start(
                            (reader, writer) -> reader.readLine(),
                            ServerOptions.defaults().readLimit(100));
                    Connection client = ServerTest.connect(server)) {
                client.writer().write("x".repeat(150));
                client.writer().writeEof();
                assertThat(client.reader().readAll()).isEmpty();
                assertThat(problems)
                        .singleElement()
                        .isInstanceOf(LimitOverrunException.class)
                        .extracting(Throwable::getMessage)
                        .isEqualTo("No separator in the first 150 bytes, and the limit is 100");
            }
        });
    }

    // ------------------------------------------------------------------ connecting

    @Test
    void connectingWhereNobodyListensIsRefused() {
        Bounded.run(() -> {
            Server server = ServerTest.start(EchoTest::echo, ServerOptions.defaults());
            int port = server.port();
            server.close();
            server.waitClosed();
            assertThatThrownBy(() -> Streams.openConnection("localhost", port))
                    .isExactlyInstanceOf(ConnectException.class)
                    .hasMessage("Cannot connect to localhost:" + port + " at localhost/127.0.0.1:" + port
                            + ": nobody listens there (connection refused)");
        });
    }

    @Test
    void aNameThatDoesNotResolveIsTold() {
        Bounded.run(() -> {
            for (VoidCoroutine use : List.<VoidCoroutine>of(
                    () -> Streams.openConnection("no-such-host.invalid", 80),
                    () -> Streams.startServer(EchoTest::echo, "no-such-host.invalid", 80),
                    () -> Streams.resolve("no-such-host.invalid"))) {
                assertThatThrownBy(use::run)
                        .isExactlyInstanceOf(UnknownHostException.class)
                        .hasMessage("The host name 'no-such-host.invalid' does not resolve");
            }
        });
    }

    @Test
    void aPeerThatDoesNotAnswerIsGivenUp() {
        Bounded.run(() -> {
            try (RawPeer peer = RawPeer.unanswering("127.0.0.1", 0)) {
                ConnectionOptions options = ConnectionOptions.defaults().connectTimeout(Duration.ofMillis(30));
                assertThatThrownBy(() -> Streams.openConnection("127.0.0.1", peer.port(), options))
                        .isExactlyInstanceOf(SocketTimeoutException.class)
                        .hasMessage("Connecting to 127.0.0.1:" + peer.port()
                                + " took longer than PT0.03S, the connect timeout");
            }
        });
    }

    @Test
    void theAddressToConnectFromCanBeChosen() {
        Bounded.run(() -> {
            Future<String> from = Asyncio.createFuture();
            ConnectionHandler handler = (reader, writer) -> from.setResult(String.valueOf(writer.peerAddress()));
            ConnectionOptions options = ConnectionOptions.defaults()
                    .localAddress(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.9"), 0));
            try (Server server = ServerTest.start(handler, ServerOptions.defaults());
                    Connection client = Streams.openConnection("127.0.0.1", server.port(), options)) {
                assertThat(from.await()).startsWith("/127.0.0.9:").isEqualTo(String.valueOf(client.localAddress()));
            }
        });
    }

    @Test
    void anAddressToConnectFromThatIsNotOursIsRefused() {
        Bounded.run(() -> {
            ConnectionOptions options = ConnectionOptions.defaults()
                    .localAddress(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 0));
            try (RawPeer peer = new RawPeer()) {
                assertThatThrownBy(() -> Streams.openConnection("127.0.0.1", peer.port(), options))
                        .isExactlyInstanceOf(java.net.BindException.class)
                        .hasMessage("Cannot connect to 127.0.0.1:" + peer.port()
                                + ": this machine does not have the address /192.0.2.1:0 to connect from");
            }
        });
    }
}
