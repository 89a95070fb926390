package io.asyncio4j.testing.usage;

import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.timeout;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.DeadlockException;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import io.asyncio4j.RunnerOptions;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.Server;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.testing.MemoryNetwork;
import io.asyncio4j.testing.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A client with a timeout of 30 seconds and retries, and what a network can do to it.
final class MemoryNetworkFaultsTest {
    private static final int PORT = 5432;
    private static final int ATTEMPTS = 3;

    private final MemoryNetwork network = new MemoryNetwork();
    private final List<String> log = new ArrayList<>();

    private Duration run(VoidCoroutine main) throws IOException {
        network.host("db.example");
        network.latency(ofMillis(20));
        return VirtualTime.run(() -> {
                    network.install();
                    Streams.startServer(
                            (reader, writer) -> {
                                try {
                                    for (String line : reader.lines()) {
                                        sleep(Duration.parse(line));
                                        writer.write("answer\n");
                                    }
                                } catch (UncheckedIOException reset) {
                                    // the client asks again
                                }
                            },
                            "db.example",
                            PORT);
                    main.execute();
                })
                .elapsed();
    }

    /// The program under test, which knows nothing of all this: asks, and waits a second more
    /// before each new attempt.
    private String ask(Duration thinking) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = Streams.openConnection("db.example", PORT)) {
                return timeout(ofSeconds(30), () -> {
                    connection.writer().write(thinking + "\n");
                    return String.valueOf(connection.reader().readLine());
                });
            } catch (IOException | TimeoutException failure) {
                log.add(failure.getClass().getSimpleName() + ": " + failure.getMessage());
                if (attempt == ATTEMPTS) {
                    throw failure instanceof IOException io ? io : new IOException(failure);
                }
                sleep(ofSeconds(attempt));
            }
        }
    }

    @Test
    void aFastAnswer() throws IOException {
        assertThat(run(() -> assertThat(ask(ofSeconds(1))).isEqualTo("answer"))).isEqualTo(ofMillis(1080));
        assertThat(log).isEmpty();
    }

    @Test
    void aServerThatIsTooSlowEveryTime() throws IOException {
        Duration taken = run(() -> assertThatThrownBy(() -> ask(ofSeconds(40))).isInstanceOf(IOException.class));
        assertThat(taken).isEqualTo(ofSeconds(3 * 30 + 1 + 2).plusMillis(3 * 40));
        assertThat(log).hasSize(3).allMatch(line -> line.startsWith("TimeoutException: "));
    }

    @Test
    void aPartitionThatHealsDuringTheSecondAttempt() throws IOException {
        Duration taken = run(() -> {
            network.partition("localhost", "db.example");
            createTask("repair", () -> {
                sleep(ofSeconds(40));
                network.heal("localhost", "db.example");
            });
            assertThat(ask(ofSeconds(1))).isEqualTo("answer");
        });
        assertThat(log)
                .containsExactly("SocketTimeoutException: Connecting to db.example:5432 took longer than PT30S, the"
                        + " connect timeout");
        assertThat(taken).isEqualTo(ofSeconds(40).plusMillis(1080)); // at 31 s it asked again, and was heard at 40 s
    }

    @Test
    void aPartitionThatNeverHeals() throws IOException {
        Duration taken = run(() -> {
            network.partition("db.example", "localhost");
            assertThatThrownBy(() -> ask(ofSeconds(1)))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessage("Connecting to db.example:5432 took longer than PT30S, the connect timeout");
        });
        assertThat(taken).isEqualTo(ofSeconds(93));
    }

    @Test
    void connectionsThatAreResetInTheMidst() throws IOException {
        Duration taken = run(() -> {
            createTask("saboteur", () -> {
                sleep(ofSeconds(5));
                network.breakConnections("localhost", "db.example");
            });
            assertThat(ask(ofSeconds(10))).isEqualTo("answer");
        });
        assertThat(log).containsExactly("SocketException: The connection with /10.0.0.2:5432 was reset by the peer");
        assertThat(taken).isEqualTo(ofSeconds(5 + 1 + 10).plusMillis(80));
    }

    @Test
    void aResetIsToldToBothEnds() throws IOException {
        run(() -> {
            Future<Throwable> told = createFuture("what the server is told");
            Server server = Streams.startServer(
                    (reader, _) -> {
                        try {
                            reader.readAll();
                        } catch (SocketException reset) {
                            told.setResult(reset);
                        }
                    },
                    "db.example",
                    80);
            Connection connection = Streams.openConnection("db.example", 80);
            sleep(ofSeconds(1));
            network.breakConnections("localhost", "db.example");
            assertThat(told.await()).hasMessage("The connection with /10.0.0.1:49152 was reset by the peer");
            assertThatThrownBy(connection::waitClosed)
                    .isInstanceOf(SocketException.class)
                    .hasMessage("The connection with /10.0.0.2:80 was reset by the peer");
            server.close();
            server.waitClosed();
            assertThat(server).asString().endsWith(" 0 connections]");
        });
    }

    @Test
    void whatIsWrittenDuringAPartitionArrivesAfterIt() throws IOException {
        run(() -> {
            Future<String> heard = createFuture("what arrives");
            Streams.startServer((reader, _) -> heard.setResult(new String(reader.readAll(), UTF_8)), "db.example", 80);
            Connection connection = Streams.openConnection("db.example", 80);
            connection.writer().write("under way, ");
            sleep(ofMillis(10));
            network.partition("localhost", "db.example");
            connection.writer().write("meanwhile, ");
            sleep(ofSeconds(60));
            assertThat(heard.isDone()).isFalse();
            network.heal("localhost", "db.example");
            long healed = EventLoop.access().time();
            connection.writer().write("after");
            connection.close();
            assertThat(heard.await()).isEqualTo("under way, meanwhile, after");
            assertThat(EventLoop.access().time() - healed)
                    .isEqualTo(ofMillis(20).toNanos());
        });
    }

    @Test
    void theEndOfAConnectionIsKeptByAPartitionToo() throws IOException {
        run(() -> {
            Future<Long> ended = createFuture("the end");
            Streams.startServer(
                    (reader, _) -> {
                        reader.readAll();
                        ended.setResult(EventLoop.access().time());
                    },
                    "db.example",
                    80);
            Connection connection = Streams.openConnection("db.example", 80);
            sleep(ofSeconds(1));
            network.partition("localhost", "db.example");
            connection.close();
            connection.waitClosed(); // as far as this end is concerned
            sleep(ofSeconds(10));
            network.heal("localhost", "db.example");
            assertThat(ended.await())
                    .isEqualTo(ofSeconds(11).plusMillis(40 + 20).toNanos());
        });
    }

    @Test
    void partitionsAreBetweenHosts() throws IOException {
        MemoryNetwork three = network;
        three.host("cache.example");
        three.host("client");
        run(() -> {
            three.host("cache.example").run(() -> {
                Streams.startServer((_, writer) -> writer.write("cached"), null, 6379);
            });
            Streams.startServer(
                    (_, writer) -> {
                        // A server that asks another one: this runs at db.example.
                        try (Connection cache = Streams.openConnection("cache.example", 6379)) {
                            writer.write(cache.reader().readAll());
                        } catch (SocketTimeoutException late) {
                            writer.write("no cache");
                        }
                    },
                    "db.example",
                    80);
            three.partition("db.example", "cache.example");
            three.host("client").run(() -> {
                try (Connection connection = Streams.openConnection("db.example", 80)) {
                    assertThat(connection.localAddress()).asString().startsWith("/10.0.0.3:");
                    assertThat(connection.reader().readAll()).asString().isEqualTo("no cache");
                }
                try (Connection connection = Streams.openConnection("cache.example", 6379)) {
                    assertThat(connection.reader().readAll()).asString().isEqualTo("cached");
                }
            });
        });
    }

    // ------------------------------------------------------------------ nobody will ever answer

    @Test
    void twoThatWaitForEachOtherAreInADeadlock() {
        assertThatThrownBy(() -> run(() -> {
                    Connection connection = Streams.openConnection("db.example", PORT);
                    connection.reader().readLine();
                }))
                .isInstanceOf(DeadlockException.class)
                .message()
                .contains("2 tasks wait, and nobody is left to end that:")
                .contains("Task 'Task-1' waits for connection with 10.0.0.2:5432, no bytes yet")
                .contains("Task 'connection with /10.0.0.1:49152' waits for connection with 10.0.0.1:49152, no bytes"
                        + " yet");
    }

    @Test
    void soIsAPartitionWithoutATimeout() {
        VoidCoroutine main = () -> run(() -> {
            Connection connection = Streams.openConnection("db.example", PORT);
            network.partition("localhost", "db.example");
            connection.writer().write("PT1S\n");
            connection.reader().readLine();
        });
        assertThatThrownBy(main::run).isInstanceOf(DeadlockException.class);
    }

    @Test
    void alsoInDebugModeWhichTellsWhatIsLeftOpenThen() {
        List<String> problems = new ArrayList<>();
        RunnerOptions options = RunnerOptions.defaults()
                .debug(true)
                .exceptionHandler((_, problem) -> problems.add(problem.message()
                        .replaceAll("lambda\\$\\w+\\$\\d+", "lambda")
                        .replaceAll("\\.java:\\d+", ".java")));
        network.host("db.example");
        assertThatThrownBy(() -> VirtualTime.run(options, () -> {
                    network.install();
                    Streams.startServer((reader, _) -> reader.readLine(), "db.example", PORT);
                    Streams.openConnection("db.example", PORT).reader().readLine();
                }))
                .isInstanceOf(DeadlockException.class);
        String here = ", created at io.asyncio4j.testing.usage.MemoryNetworkFaultsTest.lambda"
                + "(MemoryNetworkFaultsTest.java); use try-with-resources";
        assertThat(problems)
                .containsExactly(
                        "Not closed by the program when its event loop was closed: server 10.0.0.2:5432" + here,
                        "Not closed by the program when its event loop was closed: connection with 10.0.0.2:5432"
                                + here);
    }
}
