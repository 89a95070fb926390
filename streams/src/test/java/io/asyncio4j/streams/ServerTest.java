package io.asyncio4j.streams;

import static io.asyncio4j.streams.Bounded.settle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.CancelledError;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import io.asyncio4j.Task;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Listening, and what becomes of handlers. The end of a server: [ServerCloseTest].
final class ServerTest {
    private static final ServerOptions DEFAULTS = ServerOptions.defaults();

    static Connection connect(Server server) throws IOException {
        return Streams.openConnection("127.0.0.1", server.port());
    }

    private static Server start(ConnectionHandler handler) throws IOException {
        return start(handler, DEFAULTS);
    }

    static Server start(ConnectionHandler handler, ServerOptions options) throws IOException {
        return Streams.startServer(handler, "127.0.0.1", 0, options);
    }

    // ------------------------------------------------------------------ listening

    @Test
    void theSystemChoosesAPort() {
        Bounded.run(() -> {
            try (Server server = start(EchoTest::echo)) {
                assertThat(server.port()).isPositive();
                assertThat(server.addresses())
                        .containsExactly(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.port()));
                assertThat(server.isServing()).isTrue();
                assertThat(server).hasToString("Server[[/127.0.0.1:" + server.port() + "], 0 connections]");
            }
        });
    }

    @Test
    void withoutAHostAllAddressesAreListenedTo() {
        Bounded.run(() -> {
            try (Server server = Streams.startServer(EchoTest::echo, null, 0)) {
                for (String address : List.of("127.0.0.1", "127.0.0.2", "localhost")) {
                    try (Connection client = Streams.openConnection(address, server.port())) {
                        client.writer().write("hello\n");
                        assertThat(client.reader().readLine()).isEqualTo("hello");
                    }
                }
            }
        });
    }

    @Test
    void aPortInUseIsRefused() {
        Bounded.run(() -> {
            try (Server server = start(EchoTest::echo)) {
                assertThatThrownBy(() -> Streams.startServer(EchoTest::echo, "127.0.0.1", server.port()))
                        .isExactlyInstanceOf(BindException.class)
                        .hasMessage("Cannot listen on /127.0.0.1:" + server.port()
                                + ": the port is in use; choose another, or end who listens there");
            }
        });
    }

    @Test
    void anAddressOfAnotherMachineIsRefused() {
        Bounded.run(() -> assertThatThrownBy(() -> Streams.startServer(EchoTest::echo, "192.0.2.1", 0))
                .isExactlyInstanceOf(BindException.class)
                .hasMessage("Cannot listen on /192.0.2.1:0: this machine does not have that address"));
    }

    @Test
    void severalServersMayShareAPort() {
        Bounded.run(() -> {
            ServerOptions shared = DEFAULTS.reusePort(true);
            try (Server first = start(EchoTest::echo, shared);
                    Server second = Streams.startServer(EchoTest::echo, "127.0.0.1", first.port(), shared)) {
                assertThat(second.port()).isEqualTo(first.port());
            }
        });
    }

    @Test
    void portsOutOfRangeAreRefused() {
        Bounded.run(() -> {
            assertThatThrownBy(() -> Streams.startServer(EchoTest::echo, null, 65_536))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The port must be from 0 to 65535, but is 65536");
            assertThatThrownBy(() -> Streams.openConnection("localhost", 0))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The port must be from 1 to 65535, but is 0");
        });
    }

    @Test
    void aServerMayBeginToServeLater() {
        Bounded.run(() -> {
            try (Server server = start(EchoTest::echo, DEFAULTS.startServing(false));
                    Connection client = connect(server)) {
                assertThat(server.isServing()).isFalse();
                assertThat(server)
                        .hasToString("Server[[/127.0.0.1:" + server.port() + "], not serving, 0 connections]");
                client.writer().write("hello\n");
                assertThatThrownBy(() -> Asyncio.timeout(
                                Duration.ofMillis(20), () -> client.reader().readLine()))
                        .isExactlyInstanceOf(io.asyncio4j.TimeoutException.class);
                server.startServing();
                server.startServing();
                assertThat(server.isServing()).isTrue();
                assertThat(client.reader().readLine()).isEqualTo("hello");
            }
        });
    }

    // ------------------------------------------------------------------ handlers

    @Test
    void aHandlerRunsInATaskNamedForThePeer() {
        Bounded.run(() -> {
            Future<String> name = Asyncio.createFuture();
            try (Server server = start((reader, writer) -> name.setResult(
                            Objects.requireNonNull(Asyncio.currentTask()).name()));
                    Connection client = connect(server)) {
                assertThat(name.await()).isEqualTo("connection with " + client.localAddress());
            }
        });
    }

    @Test
    void whenAHandlerReturnsWhatItWroteIsSentAndTheConnectionClosed() {
        Bounded.run(() -> {
            byte[] much = new byte[500_000];
            try (Server server = start((reader, writer) -> writer.write(much));
                    Connection client = connect(server)) {
                assertThat(client.reader().readAll()).isEqualTo(much);
            }
        });
    }

    @Test
    void whenAHandlerFailsItsConnectionIsClosedAndTheFailureReported() {
        Bounded.run(() -> {
            List<EventLoop.ExceptionContext> problems = new ArrayList<>();
            Asyncio.runningLoop().setExceptionHandler((loop, problem) -> problems.add(problem));
            IOException failure = new IOException("the handler's own");
            ConnectionHandler handler = (reader, writer) -> {
                writer.write("partly");
                throw failure;
            };
            try (Server server = start(handler);
                    Connection client = connect(server)) {
                assertThat(client.reader().readAll()).isEqualTo("partly".getBytes(UTF_8));
                assertThat(problems).hasSize(1);
                assertThat(problems.getFirst().message())
                        .isEqualTo("The handler of the connection with " + client.localAddress() + " failed");
                assertThat(problems.getFirst().exception()).isSameAs(failure);
            }
        });
    }

    @Test
    void aFailedHandlerDoesNotDisturbOthers() {
        Bounded.run(() -> {
            Asyncio.runningLoop().setExceptionHandler((loop, problem) -> {});
            ConnectionHandler handler = (reader, writer) -> {
                if ("fail".equals(reader.readLine())) {
                    throw new IllegalStateException();
                }
                EchoTest.echo(reader, writer);
            };
            try (Server server = start(handler);
                    Connection good = connect(server);
                    Connection bad = connect(server)) {
                bad.writer().write("fail\n");
                assertThat(bad.reader().readAll()).isEmpty();
                good.writer().write("go\nhello\n");
                assertThat(good.reader().readLine()).isEqualTo("hello");
            }
        });
    }

    @Test
    void aCancelledHandlerClosesItsConnectionAndIsNotReported() {
        Bounded.run(() -> {
            List<EventLoop.ExceptionContext> problems = new ArrayList<>();
            Asyncio.runningLoop().setExceptionHandler((loop, problem) -> problems.add(problem));
            Future<Task<?>> handling = Asyncio.createFuture();
            ConnectionHandler handler = (reader, writer) -> {
                handling.setResult(Objects.requireNonNull(Asyncio.currentTask()));
                reader.readAll();
            };
            try (Server server = start(handler);
                    Connection client = connect(server)) {
                handling.await().cancel();
                assertThat(client.reader().readAll()).isEmpty();
                settle();
                assertThat(problems).isEmpty();
            }
        });
    }

    // ------------------------------------------------------------------ serving for ever

    @Test
    void servingForEverIsEndedByCancellingIt() {
        Bounded.run(() -> {
            Server server = start(EchoTest::echo, DEFAULTS.startServing(false));
            Task<?> serving = Asyncio.createTask(() -> server.serveForever());
            try (Connection client = connect(server)) {
                client.writer().write("hello\n");
                assertThat(client.reader().readLine()).isEqualTo("hello");
                serving.cancel();
                assertThat(client.reader().readAll()).isEmpty();
            }
            Bounded.outcome(serving);
            assertThat(serving.isCancelled()).isTrue();
            assertThat(server.isServing()).isFalse();
            assertThat(server.addresses()).isEmpty();
            server.waitClosed();
        });
    }

    @Test
    void servingForEverIsEndedByClosingTheServer() {
        Bounded.run(() -> {
            Server server = start(EchoTest::echo);
            Task<?> serving = Asyncio.createTask(() -> server.serveForever());
            settle();
            server.close();
            assertThatThrownBy(serving::await).isInstanceOf(CancelledError.class);
        });
    }

    @Test
    void oneTaskServesForEver() {
        Bounded.run(() -> {
            try (Server server = start(EchoTest::echo)) {
                Asyncio.createTask(() -> server.serveForever());
                settle();
                assertThatThrownBy(server::serveForever)
                        .isExactlyInstanceOf(IllegalStateException.class)
                        .hasMessage(server + " is serving forever already; one task can wait there");
            }
        });
    }

    @Test
    void aClosedServerCannotServe() {
        Bounded.run(() -> {
            Server server = start(EchoTest::echo);
            int port = server.port();
            server.close();
            String text = "Server[[/127.0.0.1:" + port + "], closed, 0 connections]";
            for (io.asyncio4j.VoidCoroutine use :
                    List.<io.asyncio4j.VoidCoroutine>of(server::startServing, server::serveForever)) {
                assertThatThrownBy(use::run)
                        .isExactlyInstanceOf(IllegalStateException.class)
                        .hasMessage(text + " is closed; start a new one");
            }
            assertThatThrownBy(server::port)
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage(text + " has no port");
            assertThatThrownBy(() -> Streams.openConnection("127.0.0.1", port))
                    .isExactlyInstanceOf(ConnectException.class)
                    .hasMessage("Cannot connect to 127.0.0.1:" + port + ": nobody listens there (connection refused)");
        });
    }

    @Test
    void noMoreConnectionsAreServedThanAllowed() {
        Bounded.run(() -> {
            List<Integer> open = new ArrayList<>();
            List<Integer> atOnce = new ArrayList<>();
            Future<String> second = Asyncio.createFuture();
            ConnectionHandler handler = (reader, writer) -> {
                open.add(1);
                atOnce.add(open.size());
                writer.write(reader.readExactly(1));
                writer.drain();
                if (atOnce.size() == 2 && !second.isDone()) {
                    second.setResult("");
                }
                second.await();
                Asyncio.sleep(Duration.ofMillis(1));
                open.removeLast();
            };
            try (Server server = start(handler, DEFAULTS.maxConnections(2))) {
                List<Task<byte[]>> clients = new ArrayList<>();
                for (int i = 0; i < 9; i++) {
                    clients.add(Asyncio.createTask(() -> {
                        try (Connection client = connect(server)) {
                            client.writer().write("x");
                            return client.reader().readAll();
                        }
                    }));
                }
                for (Task<byte[]> client : clients) {
                    assertThat(client.await()).containsExactly('x');
                }
                assertThat(atOnce).hasSize(9).contains(2).allMatch(count -> count <= 2);
            }
        });
    }
}
