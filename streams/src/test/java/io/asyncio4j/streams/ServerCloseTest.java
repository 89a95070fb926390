package io.asyncio4j.streams;

import static io.asyncio4j.streams.Bounded.settle;
import static io.asyncio4j.streams.ServerTest.connect;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.CancelledError;
import io.asyncio4j.Future;
import io.asyncio4j.Task;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The end of a server, and of its handlers.
@SuppressWarnings("try") // closed before the end, or only held open
final class ServerCloseTest {
    private static final ServerOptions PATIENT = ServerOptions.defaults().closeTimeout(null);
    private static final Duration AN_HOUR = Duration.ofHours(1);
    private static final ServerOptions LIMITED = ServerOptions.defaults().closeTimeout(AN_HOUR);

    private static Server start(ConnectionHandler handler, ServerOptions options) throws IOException {
        return ServerTest.start(handler, options);
    }

    @Test
    void aClosedServerRefusesConnectionsAndItsPortIsFree() {
        Bounded.run(() -> {
            Server server = start(EchoTest::echo, PATIENT);
            int port = server.port();
            server.close();
            server.close();
            server.waitClosed();
            assertThatThrownBy(() -> Streams.openConnection("127.0.0.1", port))
                    .isExactlyInstanceOf(ConnectException.class);
            Streams.startServer(EchoTest::echo, "127.0.0.1", port).close();
        });
    }

    @Test
    void openConnectionsGoOnWhenTheServerIsClosed() {
        Bounded.run(() -> {
            Server server = start(EchoTest::echo, PATIENT);
            try (Connection client = connect(server)) {
                client.writer().write("one\n");
                assertThat(client.reader().readLine()).isEqualTo("one");
                server.close();
                Task<?> waiting = Asyncio.createTask(() -> server.waitClosed());
                client.writer().write("two\n");
                assertThat(client.reader().readLine()).isEqualTo("two");
                assertThat(waiting.isDone()).isFalse();
                client.writer().writeEof();
                waiting.await();
            }
        });
    }

    @Test
    void waitClosedWaitsForHandlersToo() {
        Bounded.run(() -> {
            Future<String> release = Asyncio.createFuture();
            List<String> order = new ArrayList<>();
            ConnectionHandler handler = (reader, writer) -> {
                reader.readAll();
                writer.close();
                writer.waitClosed();
                order.add("connection closed");
                release.await();
                order.add("handler ended");
            };
            Server server = start(handler, PATIENT);
            connect(server).close();
            while (order.isEmpty()) {
                Asyncio.sleep(Duration.ofMillis(1));
            }
            server.close();
            Task<?> waiting = Asyncio.createTask(() -> {
                server.waitClosed();
                order.add("server closed");
            });
            settle();
            release.setResult("");
            waiting.await();
            assertThat(order).containsExactly("connection closed", "handler ended", "server closed");
        });
    }

    @Test
    void handlersThatGoOnTooLongAreCancelled() {
        Bounded.run(clock -> {
            List<String> notes = new ArrayList<>();
            ConnectionHandler handler = (reader, writer) -> {
                try {
                    reader.readAll();
                } catch (CancelledError cancelled) {
                    writer.write("bye");
                    notes.add("cancelled");
                    throw cancelled;
                }
            };
            Server server = start(handler, LIMITED);
            try (Connection client = connect(server)) {
                settleUntilServed(server);
                server.close();
                settle();
                clock.skip(AN_HOUR);
                server.waitClosed();
                assertThat(notes).containsExactly("cancelled");
                assertThat(client.reader().readAll()).isEqualTo("bye".getBytes(UTF_8));
            }
        });
    }

    @Test
    void handlersThatIgnoreTheirCancellationLoseTheirConnection() {
        Bounded.run(clock -> {
            List<String> notes = new ArrayList<>();
            ConnectionHandler handler = (reader, writer) -> {
                try {
                    reader.readAll();
                } catch (CancelledError ignored) {
                    notes.add("cancelled");
                    assertThat(reader.readAll()).isEmpty();
                    notes.add("lost");
                }
            };
            Server server = start(handler, LIMITED);
            try (Connection client = connect(server)) {
                settleUntilServed(server);
                server.close();
                settle();
                clock.skip(AN_HOUR);
                while (notes.isEmpty()) {
                    Asyncio.sleep(Duration.ofMillis(1));
                }
                settle();
                clock.skip(AN_HOUR);
                server.waitClosed();
                assertThat(notes).containsExactly("cancelled", "lost");
                assertThat(Bounded.outcome(
                                Asyncio.createTask(() -> client.reader().readAll())))
                        .satisfiesAnyOf(
                                none -> assertThat(none).isNull(),
                                reset -> assertThat(reset).hasMessageContaining("was reset by the peer"));
            }
        });
    }

    @Test
    void aPeerThatDoesNotReadCannotKeepAServerFromClosing() {
        Bounded.run(clock -> {
            Server server = start((reader, writer) -> writer.write(new byte[16_000_000]), LIMITED);
            try (Connection client = Streams.openConnection(
                    "127.0.0.1", server.port(), ConnectionOptions.defaults().readLimit(1))) {
                settleUntilServed(server);
                server.close();
                for (int limits = 0; limits < 2; limits++) {
                    settle();
                    clock.skip(AN_HOUR);
                }
                server.waitClosed();
                assertThat(server.toString()).endsWith(", closed, 0 connections]");
            }
        });
    }

    @Test
    void closeClientsClosesConnectionsAndHandlersReadTheEnd() {
        Bounded.run(() -> {
            Future<byte[]> read = Asyncio.createFuture();
            Server server = start((reader, writer) -> read.setResult(reader.readAll()), PATIENT);
            try (Connection client = connect(server)) {
                settleUntilServed(server);
                server.closeClients();
                assertThat(client.reader().readAll()).isEmpty();
                assertThat(read.await()).isEmpty();
            }
            server.close();
            server.waitClosed();
        });
    }

    @Test
    void aHandlerThatGoesOnWritingIsToldByDrainAndNothingIsReported() {
        Bounded.run(() -> {
            List<Object> reported = new ArrayList<>();
            Asyncio.runningLoop().setExceptionHandler((_, problem) -> reported.add(problem));
            Future<IOException> told = Asyncio.createFuture();
            ConnectionHandler handler = (reader, writer) -> {
                reader.readAll();
                writer.write("too late");
                try {
                    writer.drain();
                } catch (IOException ended) {
                    told.setResult(ended);
                    throw ended;
                }
            };
            Server server = start(handler, PATIENT);
            try (Connection client = connect(server)) {
                settleUntilServed(server);
                server.closeClients();
                assertThat(told.await())
                        .isExactlyInstanceOf(SocketException.class)
                        .hasMessage("The server has closed the connection with " + client.localAddress());
                assertThat(client.reader().readAll()).isEmpty();
            }
            server.close();
            server.waitClosed();
            assertThat(reported).isEmpty();
        });
    }

    @Test
    void abortClientsEndsEvenConnectionsThatCannotSend() {
        Bounded.run(() -> {
            Future<String> stalled = Asyncio.createFuture();
            ConnectionHandler handler = (reader, writer) -> {
                TwoEnds.fill(writer);
                stalled.setResult("");
                reader.readAll();
            };
            Server server = start(handler, PATIENT);
            try (Connection client = Streams.openConnection(
                    "127.0.0.1", server.port(), ConnectionOptions.defaults().readLimit(1))) {
                stalled.await();
                server.close();
                server.abortClients();
                server.waitClosed();
                assertThat(client.writer().isClosing()).isFalse();
            }
        });
    }

    @Test
    void aServerThatIsNotClosedEndsWithItsLoop() {
        Bounded.run(() -> {
            Server server = start(EchoTest::echo, PATIENT);
            Connection client = connect(server);
            client.writer().write("hello\n");
            assertThat(client.reader().readLine()).isEqualTo("hello");
        });
    }

    /// Waits until the server has a connection and runs its handler.
    private static void settleUntilServed(Server server) {
        while (!server.toString().contains(" 1 connections")) {
            Asyncio.sleep(Duration.ofMillis(1));
        }
        settle();
    }

    @Test
    void whatAHandlerHasWrittenIsStillSentWhenTheServerIsClosed() {
        Bounded.run(() -> {
            byte[] much = new byte[15_000_000];
            Future<String> written = Asyncio.createFuture();
            ConnectionHandler handler = (reader, writer) -> {
                writer.write(much);
                written.setResult("");
            };
            Server server = start(handler, ServerOptions.defaults());
            try (Connection client = connect(server)) {
                written.await();
                settle();
                server.close();
                assertThat(client.reader().readAll().length).isEqualTo(much.length);
                server.waitClosed();
            }
        });
    }
}
