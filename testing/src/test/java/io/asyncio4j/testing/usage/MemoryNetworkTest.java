package io.asyncio4j.testing.usage;

import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.timeout;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Future;
import io.asyncio4j.Task;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.ConnectionHandler;
import io.asyncio4j.streams.ConnectionOptions;
import io.asyncio4j.streams.Server;
import io.asyncio4j.streams.ServerOptions;
import io.asyncio4j.streams.StreamReader;
import io.asyncio4j.streams.StreamWriter;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.testing.MemoryNetwork;
import io.asyncio4j.testing.VirtualTime;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections on a network in memory behave as those of [Streams], because they are; installed for
/// the loop, and used directly.
@ParameterizedClass
@ValueSource(booleans = {true, false})
final class MemoryNetworkTest {
    private static final int PORT = 5432;
    private static final byte[] MEBIBYTE = new byte[1024 * 1024];

    @Parameter
    boolean installed;

    private final MemoryNetwork network = new MemoryNetwork();

    /// Runs a program in virtual time, with a host `db.example`.
    ///
    /// @return how long it took
    private Duration run(VoidCoroutine main) {
        network.host("db.example");
        return VirtualTime.run(() -> {
                    if (installed) {
                        network.install();
                    }
                    main.execute();
                })
                .elapsed();
    }

    private Connection connect() throws IOException {
        return connect(ConnectionOptions.defaults());
    }

    private Connection connect(ConnectionOptions options) throws IOException {
        return installed
                ? Streams.openConnection("db.example", PORT, options)
                : network.openConnection("db.example", PORT, options);
    }

    private Server serve(ConnectionHandler handler) throws IOException {
        return serve(handler, ServerOptions.defaults());
    }

    private Server serve(ConnectionHandler handler, ServerOptions options) throws IOException {
        return installed
                ? Streams.startServer(handler, "db.example", PORT, options)
                : network.startServer(handler, "db.example", PORT, options);
    }

    private static void echo(StreamReader reader, StreamWriter writer) throws IOException {
        for (String line : reader.lines()) {
            writer.write(line + "\n");
            writer.drain();
        }
    }

    // ------------------------------------------------------------------ time

    @Test
    void withoutLatencyNothingTakesAnyTime() {
        assertThat(run(() -> {
                    serve(MemoryNetworkTest::echo);
                    try (Connection connection = connect()) {
                        connection.writer().write("hello\n");
                        assertThat(connection.reader().readLine()).isEqualTo("hello");
                    }
                }))
                .isZero();
    }

    @Test
    void aConnectionAndAnAnswerTakeTwiceTheLatencyEach() {
        network.latency(ofMillis(20));
        assertThat(run(() -> {
                    serve(MemoryNetworkTest::echo);
                    Connection connection = connect();
                    connection.writer().write("hello\n");
                    connection.reader().readLine();
                }))
                .isEqualTo(ofMillis(80));
    }

    @Test
    void bandwidthIsSharedByConnections() {
        network.latency(ofMillis(20)).bandwidth(MEBIBYTE.length);
        Duration taken = run(() -> {
            Future<String> both = createFuture("both");
            List<Integer> lengths = new ArrayList<>();
            serve((reader, _) -> {
                lengths.add(reader.readAll().length);
                if (lengths.size() == 2) {
                    both.setResult("done");
                }
            });
            try (Connection one = connect();
                    Connection two = connect()) { // after 40 ms each
                one.writer().write(MEBIBYTE);
                two.writer().write(MEBIBYTE);
            }
            both.await();
            assertThat(lengths).containsExactly(MEBIBYTE.length, MEBIBYTE.length);
        });
        assertThat(taken).isEqualTo(ofMillis(2 * 40 + 2000 + 20));
    }

    @Test
    void aLinkMayHaveQualitiesOfItsOwn() {
        network.host("db.example");
        network.latency(ofMillis(20)).latency("localhost", "db.example", ofSeconds(1));
        assertThat(run(() -> {
                    serve((_, _) -> {});
                    connect().close();
                    network.host("db.example").run(() -> connect().close());
                }))
                .isEqualTo(ofSeconds(2).plusMillis(40));
    }

    // ------------------------------------------------------------------ flow

    @Test
    void aReaderThatDoesNotReadStopsTheWriter() {
        run(() -> {
            Future<String> goOn = createFuture("go on");
            Future<Integer> length = createFuture("length");
            serve((reader, _) -> {
                goOn.await();
                length.setResult(reader.readAll().length);
            });
            Connection connection = connect();
            StreamWriter writer = connection.writer();
            writer.write(MEBIBYTE);
            assertThatThrownBy(() -> timeout(ofSeconds(1), () -> writer.drain()))
                    .isInstanceOf(TimeoutException.class);
            long stuck = writer.pendingBytes();
            assertThat(stuck).isBetween(MEBIBYTE.length / 2L, MEBIBYTE.length * 3L / 4);

            goOn.setResult("now");
            writer.drain();
            assertThat(writer.pendingBytes()).isLessThanOrEqualTo(16 * 1024);
            connection.close();
            assertThat(length.await()).isEqualTo(MEBIBYTE.length);
        });
    }

    @Test
    void moreThanTheHardLimitIsRefused() {
        run(() -> {
            serve((reader, _) -> sleep(ofSeconds(1)));
            StreamWriter writer = connect(ConnectionOptions.defaults().writeLimit(MEBIBYTE.length))
                    .writer();
            writer.write(MEBIBYTE);
            writer.write(MEBIBYTE);
            assertThatThrownBy(() -> writer.write("x"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageMatching(
                            "Cannot write 1 more bytes to the connection with /10.0.0.2:5432: \\d+ are waiting to be"
                                + " sent, and the limit is 1048576; call drain\\(\\) after writing, which waits until"
                                + " the peer has taken them");
        });
    }

    // ------------------------------------------------------------------ ends

    @Test
    void oneDirectionMayEndBeforeTheOther() {
        run(() -> {
            serve((reader, writer) -> writer.write("got " + reader.readAll().length));
            Connection connection = connect();
            connection.writer().write("12345");
            connection.writer().writeEof();
            assertThat(connection.reader().readAll()).asString().isEqualTo("got 5");
            connection.close();
            connection.waitClosed();
        });
    }

    @Test
    void whatWasWrittenBeforeACloseArrives() {
        network.latency(ofMillis(10)).bandwidth(MEBIBYTE.length);
        run(() -> {
            serve((_, writer) -> writer.write(MEBIBYTE));
            Connection connection = connect();
            assertThat(connection.reader().readAll()).hasSize(MEBIBYTE.length);
            assertThat(connection.reader().atEof()).isTrue();
        });
    }

    @Test
    void writingToAPeerThatHasClosed() {
        network.latency(ofMillis(10));
        run(() -> {
            serve((_, _) -> {});
            Connection connection = connect();
            connection.reader().readAll();
            for (String question : new String[] {"anybody there?", "really nobody?"}) {
                connection.writer().write(question); // the first brings the peer's reset, the second meets it
                connection.writer().drain();
                sleep(ofMillis(20));
            }
            assertThatThrownBy(() -> connection.writer().drain())
                    .isInstanceOf(SocketException.class)
                    .hasMessage("The peer does not read the connection with /10.0.0.2:5432 any longer");
        });
    }

    @Test
    void aPeerThatClosesWithoutHavingReadResets() {
        run(() -> {
            ServerOptions lazy = ServerOptions.defaults().readLimit(1000);
            serve((reader, _) -> sleep(ofSeconds(1)), lazy);
            Connection connection = connect();
            connection.writer().write(MEBIBYTE);
            assertThatThrownBy(() -> connection.reader().readAll())
                    .isInstanceOf(SocketException.class)
                    .hasMessage("The connection with /10.0.0.2:5432 was reset by the peer");
        });
    }

    @Test
    void anAbortDropsWhatWasNotSent() {
        network.bandwidth(MEBIBYTE.length);
        run(() -> {
            Future<Integer> length = createFuture("length");
            serve((reader, _) -> length.setResult(reader.readAll().length));
            Connection connection = connect();
            connection.writer().write(MEBIBYTE);
            sleep(ofMillis(100));
            connection.writer().abort();
            connection.waitClosed();
            assertThat(length.await()).isBetween(MEBIBYTE.length / 10, MEBIBYTE.length / 2);
        });
    }

    @Test
    void aCancelledOpeningLeavesNothing() {
        network.latency(ofMillis(10));
        run(() -> {
            List<String> served = new ArrayList<>();
            Server server = serve((reader, _) -> served.add("served"));
            for (int millis = 1; millis < 40; millis += 4) {
                Task<Connection> task = createTask(() -> connect());
                sleep(ofMillis(millis));
                if (!task.cancel()) {
                    task.result().close();
                }
            }
            sleep(ofSeconds(1));
            assertThat(server).asString().endsWith(" 0 connections]");
        });
    }

    // ------------------------------------------------------------------ servers

    @Test
    void aServerThatIsClosedRefusesAndLetsConnectionsGoOn() {
        run(() -> {
            Server server = serve(MemoryNetworkTest::echo);
            Connection connection = connect();
            connection.writer().write("one\n");
            connection.reader().readLine();
            server.close();
            assertThatThrownBy(this::connect)
                    .isInstanceOf(java.net.ConnectException.class)
                    .hasMessage("Cannot connect to db.example:5432 at /10.0.0.2:5432: nobody listens there"
                            + " (connection refused)");
            connection.writer().write("two\n");
            assertThat(connection.reader().readLine()).isEqualTo("two");
            connection.close();
            server.waitClosed();
        });
    }

    @Test
    void connectionsAboveTheMaximumWaitTheirTurn() {
        Duration taken = run(() -> {
            ServerOptions one = ServerOptions.defaults().maxConnections(1).backlog(1);
            serve(
                    (_, writer) -> {
                        writer.write("x");
                        sleep(ofSeconds(1));
                    },
                    one);
            List<Task<?>> clients = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                clients.add(createTask(() -> {
                    try (Connection connection = connect()) {
                        assertThat(connection.reader().readAll()).hasSize(1);
                    }
                }));
            }
            clients.forEach(Task::await);
        });
        assertThat(taken).isEqualTo(ofSeconds(3));
    }

    @Test
    void aServerThatDoesNotServeYetKeepsConnectionsWaiting() {
        run(() -> {
            Server server =
                    serve(MemoryNetworkTest::echo, ServerOptions.defaults().startServing(false));
            Connection connection = connect();
            connection.writer().write("early\n");
            sleep(ofSeconds(5));
            assertThat(server).asString().contains("not serving, 0 connections");
            server.startServing();
            assertThat(connection.reader().readLine()).isEqualTo("early");
        });
    }

    @Test
    void addressesAreThoseOfTheHosts() {
        run(() -> {
            Future<String> seen = createFuture("seen");
            Server server =
                    serve((_, writer) -> seen.setResult(writer.localAddress() + " with " + writer.peerAddress()));
            Connection connection = connect();
            assertThat(server.addresses()).hasToString("[/10.0.0.2:5432]");
            assertThat(connection.localAddress()).hasToString("/10.0.0.1:49152");
            assertThat(connection.peerAddress()).hasToString("/10.0.0.2:5432");
            assertThat(seen.await()).isEqualTo("/10.0.0.2:5432 with /10.0.0.1:49152");
        });
    }
}
