package io.asyncio4j.testing.usage;

import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.ConnectionOptions;
import io.asyncio4j.streams.ServerOptions;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.streams.Tls;
import io.asyncio4j.testing.MemoryNetwork;
import io.asyncio4j.testing.VirtualTime;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Misuse of a network in memory, its messages, and chance.
final class MemoryNetworkMisuseTest {
    private final MemoryNetwork network = new MemoryNetwork();

    private void run(VoidCoroutine main) {
        VirtualTime.run(() -> {
            network.install();
            main.execute();
        });
    }

    // ------------------------------------------------------------------ whom it does not reach

    @Test
    void aHostThatWasNotNamed() {
        run(() -> {
            assertThatThrownBy(() -> Streams.openConnection("web.example", 80))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessage("The host name 'web.example' does not resolve")
                    .cause()
                    .hasMessage("The network in memory has no host 'web.example', only [localhost]");
            assertThatThrownBy(() -> Streams.startServer((_, _) -> {}, "web.example", 80))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessage("The host name 'web.example' does not resolve");
            assertThatThrownBy(() -> Streams.resolve("web.example")).isInstanceOf(UnknownHostException.class);
            assertThat(Streams.resolve(network.host("web.example").name())).hasToString("[/10.0.0.2]");
        });
    }

    @Test
    void anAddressThatNoHostHas() {
        run(() -> {
            assertThatThrownBy(() -> Streams.openConnection("192.0.2.1", 80))
                    .isInstanceOf(NoRouteToHostException.class)
                    .hasMessage("Cannot connect to 192.0.2.1:80: there is no route to it");
            assertThatThrownBy(() -> Streams.startServer((_, _) -> {}, "192.0.2.1", 80))
                    .isInstanceOf(BindException.class)
                    .hasMessage("Cannot listen on /192.0.2.1:80: this machine does not have that address");
        });
    }

    @Test
    void aServerForItsOwnHostOnly() {
        run(() -> {
            network.host("db.example").run(() -> {
                Streams.startServer((_, writer) -> writer.write("hello"), "localhost", 80);
                try (Connection connection = Streams.openConnection("127.0.0.1", 80)) {
                    assertThat(connection.reader().readAll()).asString().isEqualTo("hello");
                }
            });
            assertThatThrownBy(() -> Streams.openConnection("db.example", 80))
                    .isInstanceOf(ConnectException.class)
                    .hasMessage("Cannot connect to db.example:80 at /10.0.0.2:80: nobody listens there (connection"
                            + " refused)");
        });
    }

    @Test
    void aPortThatIsInUse() {
        run(() -> {
            var first = Streams.startServer((_, _) -> {}, null, 80);
            assertThatThrownBy(() -> Streams.startServer((_, _) -> {}, null, 80))
                    .isInstanceOf(BindException.class)
                    .hasMessage("Cannot listen on 0.0.0.0/0.0.0.0:80: the port is in use; choose another, or end who"
                            + " listens there");
            first.close();
            Streams.startServer((_, _) -> {}, null, 80);
            assertThat(Streams.startServer((_, _) -> {}, null, 0).port()).isPositive();
        });
    }

    // ------------------------------------------------------------------ what it is not

    @Test
    void tls() {
        run(() -> {
            var secure = ConnectionOptions.defaults().tls(Tls.client());
            String why = ": the network that stands in for the machine's has none; test without it";
            assertThatThrownBy(() -> Streams.openConnection("localhost", 443, secure))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("Cannot use TLS on the connection to localhost:443" + why);
            var server = ServerOptions.defaults().tls(Tls.server(Path.of("certificate"), Path.of("key")));
            assertThatThrownBy(() -> Streams.startServer((_, _) -> {}, null, 443, server))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("Cannot use TLS on the server on port 443" + why);
            Streams.startServer((reader, _) -> reader.readAll(), null, 80);
            try (Connection connection = Streams.openConnection("localhost", 80)) {
                assertThatThrownBy(() -> connection.writer().startTls(Tls.client()))
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessage("Cannot use TLS on the connection with /127.0.0.1:80" + why);
            }
        });
    }

    @Test
    void otherSockets() {
        run(() -> {
            String why = " on the network that stands in for the machine's: it has TCP connections and servers only";
            assertThatThrownBy(() -> Streams.openUnixConnection(Path.of("socket")))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("Cannot connect to a Unix socket" + why);
            assertThatThrownBy(() -> Streams.startUnixServer((_, _) -> {}, Path.of("socket")))
                    .hasMessage("Cannot listen on a Unix socket" + why);
            assertThatThrownBy(() -> Streams.openDatagram(null, null))
                    .hasMessage("Cannot open a datagram endpoint" + why);
            InetSocketAddress from =
                    new InetSocketAddress(network.host("localhost").address(), 1000);
            assertThatThrownBy(() -> Streams.openConnection(
                            "localhost", 80, ConnectionOptions.defaults().localAddress(from)))
                    .hasMessage("Cannot connect to localhost:80 from /10.0.0.1:1000: the network that stands in for the"
                            + " machine's chooses that address");
        });
    }

    @Test
    void hostsThatAreNotThereCannotBeParted() {
        network.host("db.example");
        assertThatThrownBy(() -> network.partition("db.exmaple", "localhost"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no host 'db.exmaple' in the network, only [localhost, db.example];"
                        + " host(\"db.exmaple\") adds it");
        assertThatThrownBy(() -> network.heal("localhost", "localhost"))
                .hasMessage("There is nothing between 'localhost' and itself; name two hosts");
        assertThat(network).hasToString("MemoryNetwork[localhost, db.example]");
        assertThat(network.host("db.example")).hasToString("MemoryHost[db.example, 10.0.0.2]");
    }

    @Test
    void qualitiesOutOfRange() {
        assertThatThrownBy(() -> network.latency(ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The latency must not be negative, but is PT-0.001S");
        assertThatThrownBy(() -> network.jitter(ofMillis(-1)))
                .hasMessage("The jitter must not be negative, but is PT-0.001S");
        assertThatThrownBy(() -> network.bandwidth(0))
                .hasMessage("The bandwidth must be positive, in bytes a second, but is 0");
    }

    @Test
    void anotherLoop() {
        run(() -> {});
        assertThatThrownBy(() -> run(() -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("A MemoryNetwork belongs to the event loop it was first used in; make a new one for"
                        + " another");
    }

    @Test
    void afterTheLoopNothingIsLeftAndClosingIsHarmless() {
        List<String> seen = new ArrayList<>();
        run(() -> {
            Streams.startServer((reader, _) -> reader.readAll(), null, 80);
            Connection connection = Streams.openConnection("localhost", 80);
            createTask(() -> {
                try (connection) {
                    connection.reader().readAll();
                } finally {
                    seen.add("closed");
                }
            });
            sleep(ZERO);
        });
        assertThat(seen).containsExactly("closed");
    }

    // ------------------------------------------------------------------ chance

    /// Returns when each of ten messages arrived, which are sent at once over two connections.
    private static List<Duration> arrivals(long seed) throws IOException {
        MemoryNetwork network = new MemoryNetwork(seed).latency(ofMillis(10)).jitter(ofMillis(50));
        List<Duration> arrivals = new ArrayList<>();
        VirtualTime.run(() -> {
            Future<String> all = createFuture("all");
            List<String> lines = new ArrayList<>();
            network.startServer(
                    (reader, _) -> {
                        for (String line : reader.lines()) {
                            lines.add(line);
                            arrivals.add(Duration.ofNanos(EventLoop.access().time()));
                            if (lines.size() == 10) {
                                all.setResult("there");
                            }
                        }
                    },
                    null,
                    80);
            try (Connection one = network.openConnection("localhost", 80);
                    Connection two = network.openConnection("localhost", 80)) {
                for (int i = 0; i < 5; i++) {
                    one.writer().write("one " + i + "\n");
                    two.writer().write("two " + i + "\n");
                    sleep(ofMillis(1));
                }
                all.await();
            }
            assertThat(lines.stream().filter(line -> line.startsWith("one")))
                    .containsExactly("one 0", "one 1", "one 2", "one 3", "one 4");
        });
        return arrivals;
    }

    @Test
    void theSameSeedGivesTheSameTimes() throws IOException {
        assertThat(arrivals(42)).isEqualTo(arrivals(42)).isSorted();
        assertThat(arrivals(42)).isNotEqualTo(arrivals(43));
    }
}
