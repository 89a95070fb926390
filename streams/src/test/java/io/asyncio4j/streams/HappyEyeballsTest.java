package io.asyncio4j.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Task;
import io.asyncio4j.streams.netty.Connector;
import io.asyncio4j.streams.netty.Resolver;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A host with several addresses, of which some do not work: those of this machine, 127.0.0.x.
final class HappyEyeballsTest {
    private static final ConnectionOptions BRIEF =
            ConnectionOptions.defaults().happyEyeballsDelay(Duration.ofMillis(10));

    private static List<InetAddress> hosts(int... last) {
        return java.util.Arrays.stream(last)
                .mapToObj(number -> InetAddress.ofLiteral("127.0.0." + number))
                .toList();
    }

    private static Connection connect(List<InetAddress> addresses, int port, ConnectionOptions options)
            throws Exception {
        return Streams.connection(Connector.toAddresses("host.test", addresses, port, options.settings()));
    }

    @Test
    void anAddressThatRefusesIsFollowedByTheNextAtOnce() {
        Bounded.run(() -> {
            ConnectionOptions patient = BRIEF.happyEyeballsDelay(Duration.ofSeconds(60));
            try (Server server = ServerTest.start(EchoTest::echo, ServerOptions.defaults());
                    Connection client = connect(hosts(3, 4, 1), server.port(), patient)) {
                assertThat(client.peerAddress()).hasToString("/127.0.0.1:" + server.port());
            }
        });
    }

    @Test
    void anAddressThatDoesNotAnswerIsFollowedByTheNextAfterADelay() {
        Bounded.run(() -> {
            try (Server server = ServerTest.start(EchoTest::echo, ServerOptions.defaults());
                    RawPeer silent = RawPeer.unanswering("127.0.0.2", server.port());
                    Connection client = connect(hosts(2, 1), silent.port(), BRIEF)) {
                client.writer().write("hello\n");
                assertThat(client.reader().readLine()).isEqualTo("hello");
                assertThat(client.peerAddress()).hasToString("/127.0.0.1:" + server.port());
            }
        });
    }

    @Test
    void whenAllFailTheFirstIsThrownAndTheOthersAreSuppressed() {
        Bounded.run(() -> {
            int port;
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            assertThatThrownBy(() -> connect(hosts(3, 4), port, BRIEF))
                    .isExactlyInstanceOf(ConnectException.class)
                    .hasMessage("Cannot connect to host.test:" + port + " at /127.0.0.3:" + port
                            + ": nobody listens there (connection refused)")
                    .satisfies(failure -> assertThat(failure.getSuppressed())
                            .singleElement()
                            .extracting(Throwable::getMessage)
                            .isEqualTo("Cannot connect to host.test:" + port + " at /127.0.0.4:" + port
                                    + ": nobody listens there (connection refused)"));
        });
    }

    @Test
    void theConnectTimeoutIsForAllAddressesTogether() {
        Bounded.run(() -> {
            try (RawPeer first = RawPeer.unanswering("127.0.0.2", 0);
                    RawPeer second = RawPeer.unanswering("127.0.0.3", first.port())) {
                ConnectionOptions options = BRIEF.connectTimeout(Duration.ofMillis(40));
                assertThatThrownBy(() -> connect(hosts(2, 3), second.port(), options))
                        .isExactlyInstanceOf(SocketTimeoutException.class)
                        .hasMessage("Connecting to host.test:" + first.port()
                                + " took longer than PT0.04S, the connect timeout");
            }
        });
    }

    @Test
    void cancellingLeavesNoAttempt() {
        Bounded.run(() -> {
            try (RawPeer first = RawPeer.unanswering("127.0.0.2", 0);
                    RawPeer second = RawPeer.unanswering("127.0.0.3", first.port())) {
                Task<?> connecting = Asyncio.createTask(() -> connect(hosts(2, 3), second.port(), BRIEF));
                while (Asyncio.allTasks().size() < 4) {
                    Asyncio.sleep(Duration.ofMillis(1)); // until both are tried
                }
                connecting.cancel();
                Bounded.outcome(connecting);
                assertThat(connecting.isCancelled()).isTrue();
                assertThat(Asyncio.allTasks()).hasSize(1);
            }
        });
    }

    @Test
    void whoComesSecondIsClosed() {
        Bounded.run(() -> {
            try (RawPeer first = new RawPeer("127.0.0.2", 0, 5);
                    RawPeer second = new RawPeer("127.0.0.3", first.port(), 5);
                    Connection client = connect(hosts(2, 3), first.port(), BRIEF.happyEyeballsDelay(Duration.ZERO))) {
                boolean firstWon = String.valueOf(client.peerAddress()).startsWith("/127.0.0.2:");
                client.writer().write("x");
                Socket winner = (firstWon ? first : second).accept();
                assertThat(Asyncio.toThread(() -> winner.getInputStream().read()))
                        .isEqualTo('x');
                assertThat(Asyncio.allTasks()).hasSize(1);
            }
        });
    }

    @Test
    void theFamiliesOfAddressesTakeTurns() throws Exception {
        List<InetAddress> six = Stream.of("2001:db8::1", "2001:db8::2", "2001:db8::3")
                .map(InetAddress::ofLiteral)
                .toList();
        List<InetAddress> four = hosts(1, 2);
        assertThat(six).allMatch(Inet6Address.class::isInstance);
        assertThat(Resolver.interleaved(List.of(six.get(0), six.get(1), six.get(2), four.get(0), four.get(1))))
                .containsExactly(six.get(0), four.get(0), six.get(1), four.get(1), six.get(2));
        assertThat(Resolver.interleaved(List.of(four.get(0), four.get(1), six.get(0))))
                .containsExactly(four.get(0), six.get(0), four.get(1));
    }
}
