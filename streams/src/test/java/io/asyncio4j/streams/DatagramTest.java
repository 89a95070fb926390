package io.asyncio4j.streams;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.sleep;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.CancelledError;
import io.asyncio4j.Task;
import io.asyncio4j.streams.netty.IoKind;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

final class DatagramTest {
    static final InetSocketAddress LOOPBACK = at("127.0.0.1", 0);

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(Datagram datagram) {
        return new String(datagram.data(), UTF_8);
    }

    private static DatagramEndpoint server() throws IOException {
        return Streams.openDatagram(LOOPBACK, null);
    }

    private static DatagramEndpoint clientOf(DatagramEndpoint server) throws IOException {
        return Streams.openDatagram(null, server.localAddress());
    }

    private static Task<?> echo(DatagramEndpoint server) {
        return createTask("echo", () -> {
            while (true) {
                Datagram question = server.receive();
                server.send(question.data(), question.sender());
            }
        });
    }

    // ------------------------------------------------------------------ both ways

    @Test
    void aServerAnswersWhoeverAsks() throws IOException {
        run(() -> {
            try (DatagramEndpoint server = server();
                    DatagramEndpoint connected = clientOf(server);
                    DatagramEndpoint free = server()) {
                Task<?> echo = echo(server);
                connected.send(bytes("one"));
                free.send(bytes("two"), server.localAddress());

                Datagram first = connected.receive();
                Datagram second = free.receive();

                assertThat(text(first)).isEqualTo("one");
                assertThat(first.sender()).isEqualTo(server.localAddress());
                assertThat(text(second)).isEqualTo("two");
                assertThat(connected.remoteAddress()).isEqualTo(server.localAddress());
                assertThat(free.remoteAddress()).isNull();
                echo.cancel();
            }
        });
    }

    @Test
    void eachDatagramArrivesWholeHoweverLarge() throws IOException {
        run(() -> {
            try (DatagramEndpoint server = server();
                    DatagramEndpoint client = clientOf(server)) {
                for (int size : new int[] {1, 2048, 2049, 9000, 65_507}) {
                    byte[] data = new byte[size];
                    Arrays.fill(data, (byte) size);
                    client.send(data);
                    Datagram received = server.receive();
                    assertThat(received).isEqualTo(new Datagram(data, client.localAddress()));
                    server.send(data, received.sender());
                    assertThat(client.receive().data()).isEqualTo(data);
                }
            }
        });
    }

    @Test
    void emptyDatagramsArriveToo() throws IOException {
        run(() -> {
            try (DatagramEndpoint server = server();
                    DatagramEndpoint client = clientOf(server)) {
                server.send(new byte[0], client.localAddress());
                server.send(bytes("x"), client.localAddress());
                Datagram empty = client.receive();
                assertThat(empty.data()).isEmpty();
                assertThat(empty).hasToString("Datagram[0 bytes from " + server.localAddress() + "]");
                assertThat(text(client.receive())).isEqualTo("x");

                if (IoKind.chosen() == IoKind.NIO) {
                    assertThatThrownBy(() -> client.send(new byte[0]))
                            .isExactlyInstanceOf(UnsupportedOperationException.class)
                            .hasMessage("Cannot send an empty datagram from the datagram endpoint at "
                                    + client.localAddress()
                                    + ": the JDK's sockets do not where there is a remote address; open it without"
                                    + " one and use send(data, address), or add the jar of Netty's epoll transport");
                } else {
                    client.send(new byte[0]);
                    assertThat(server.receive().data()).isEmpty();
                }
            }
        });
    }

    @Test
    void whatWasSentIsTheCallersAgain() throws IOException {
        run(() -> {
            try (DatagramEndpoint server = server();
                    DatagramEndpoint client = clientOf(server)) {
                byte[] data = bytes("before");
                client.send(data);
                data[0] = '?';
                assertThat(text(server.receive())).isEqualTo("before");
            }
        });
    }

    @Test
    void aBurstArrivesInFull() throws IOException {
        run(() -> {
            try (DatagramEndpoint server = server();
                    DatagramEndpoint client = clientOf(server)) {
                for (int i = 0; i < 100; i++) {
                    client.send(bytes("datagram " + i));
                }
                for (int i = 0; i < 100; i++) {
                    assertThat(text(server.receive())).isEqualTo("datagram " + i);
                }
            }
        });
    }

    // ------------------------------------------------------------------ addresses

    @Test
    void anEndpointWithoutAddressesServesBothFamilies() throws IOException {
        Assumptions.assumeTrue(hasIpv6());
        run(() -> {
            try (DatagramEndpoint server = Streams.openDatagram(null, null)) {
                int port = server.localAddress().getPort();
                Task<?> echo = echo(server);
                for (String host : List.of("127.0.0.1", "::1")) {
                    try (DatagramEndpoint client = Streams.openDatagram(null, at(host, port))) {
                        client.send(bytes(host));
                        assertThat(text(client.receive())).isEqualTo(host);
                    }
                }
                echo.cancel();
            }
        });
    }

    @Test
    void anIpv4SenderIsNamedAsSuchByAnEndpointForBothFamilies() throws IOException {
        run(() -> {
            try (DatagramEndpoint server = Streams.openDatagram(null, null);
                    DatagramEndpoint client = server()) {
                client.send(bytes("x"), at("127.0.0.1", server.localAddress().getPort()));
                InetSocketAddress sender = server.receive().sender();
                assertThat(sender.getAddress()).isInstanceOf(Inet4Address.class);
                assertThat(sender).isEqualTo(client.localAddress());
            }
        });
    }

    private static boolean hasIpv6() {
        try (DatagramSocket _ = new DatagramSocket(0, InetAddress.ofLiteral("::1"))) {
            return true;
        } catch (SocketException none) {
            return false;
        }
    }

    @Test
    void localAndRemoteMustBeOfOneFamily() throws IOException {
        run(() -> {
            assertThatThrownBy(() -> Streams.openDatagram(LOOPBACK, at("::1", 9)))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The local address /127.0.0.1:0 and the remote address /[0:0:0:0:0:0:0:1]:9"
                            + " must both be IPv4 or both IPv6; use null for the local address to have it chosen");
            try (DatagramEndpoint server = server()) {
                assertThatThrownBy(() -> server.send(bytes("x"), at("::1", 9)))
                        .isExactlyInstanceOf(IllegalArgumentException.class)
                        .hasMessage("Cannot send a datagram to /[0:0:0:0:0:0:0:1]:9 from the datagram endpoint at "
                                + server.localAddress() + ": it is for IPv4 only");
            }
        });
    }

    @Test
    void namesAreLookedUp() throws IOException {
        run(() -> {
            try (DatagramEndpoint server = server();
                    DatagramEndpoint client = Streams.openDatagram(
                            LOOPBACK,
                            InetSocketAddress.createUnresolved(
                                    "localhost", server.localAddress().getPort()))) {
                client.send(bytes("x"));
                assertThat(server.receive().sender()).isEqualTo(client.localAddress());
            }
        });
    }

    @Test
    void anAddressMustBeOneToSendTo() throws IOException {
        run(() -> {
            assertThatThrownBy(() -> Streams.openDatagram(null, at("127.0.0.1", 0)))
                    .hasMessage("The remote address must be one to send to, but is /127.0.0.1:0");
            assertThatThrownBy(() -> Streams.openDatagram(UnixDomainSocketAddress.of("/tmp/s"), null))
                    .hasMessage("Datagrams need addresses of the Internet, not /tmp/s");
            try (DatagramEndpoint server = server();
                    DatagramEndpoint client = clientOf(server)) {
                assertThatThrownBy(() -> server.send(bytes("x")))
                        .isExactlyInstanceOf(IllegalStateException.class)
                        .hasMessage("Cannot send from the datagram endpoint at " + server.localAddress()
                                + " without saying where to: use send(data, address), or open it with a remote"
                                + " address");
                assertThatThrownBy(() -> client.send(bytes("x"), LOOPBACK))
                        .isExactlyInstanceOf(IllegalArgumentException.class)
                        .hasMessage("Cannot send a datagram to /127.0.0.1:0 from the datagram endpoint at "
                                + client.localAddress() + ": it sends to " + server.localAddress() + " only");
                assertThatThrownBy(() -> server.send(bytes("x"), InetSocketAddress.createUnresolved("host", 1)))
                        .hasMessage("Cannot send a datagram to host/<unresolved>:1: its host name is not resolved;"
                                + " use Streams.resolve(...)");
            }
        });
    }

    @Test
    void aPortInUseIsRefusedUnlessItIsShared() throws IOException {
        run(() -> {
            DatagramOptions shared = DatagramOptions.defaults().reusePort(true);
            try (DatagramEndpoint first = Streams.openDatagram(LOOPBACK, null, shared)) {
                assertThatThrownBy(() -> Streams.openDatagram(first.localAddress(), null))
                        .isExactlyInstanceOf(BindException.class)
                        .hasMessage("Cannot listen on " + first.localAddress()
                                + ": the port is in use; choose another, or end who listens there");
                Streams.openDatagram(first.localAddress(), null, shared).close();
            }
        });
    }

    // ------------------------------------------------------------------ errors

    private static InetSocketAddress nobody() throws IOException {
        try (DatagramEndpoint gone = server()) {
            return gone.localAddress();
        }
    }

    @Test
    void thatNobodyReceivesThereIsToldOnce() throws IOException {
        run(() -> {
            InetSocketAddress nobody = nobody();
            try (DatagramEndpoint client = Streams.openDatagram(null, nobody)) {
                client.send(bytes("anybody?"));
                assertThatThrownBy(client::receive)
                        .isExactlyInstanceOf(PortUnreachableException.class)
                        .hasMessage(
                                "A datagram to " + nobody + " came to a port where nobody receives (port unreachable)");

                try (DatagramEndpoint server = Streams.openDatagram(nobody, null)) {
                    client.send(bytes("now?"));
                    Datagram question = server.receive();
                    server.send(bytes("yes"), question.sender());
                    assertThat(text(client.receive())).isEqualTo("yes");
                }
            }
        });
    }

    @Test
    void aServerDoesNotHearOfClientsThatAreGone() throws IOException {
        run(() -> {
            InetSocketAddress nobody = nobody();
            try (DatagramEndpoint server = server();
                    DatagramEndpoint client = clientOf(server)) {
                server.send(bytes("anybody?"), nobody);
                server.drain();
                client.send(bytes("me"));
                assertThat(text(server.receive())).isEqualTo("me");
            }
        });
    }

    @Test
    void thatADatagramCouldNotBeSentIsToldByDrainWhereThereAreManyPeers() throws IOException {
        run(() -> {
            try (DatagramEndpoint server = server();
                    DatagramEndpoint client = clientOf(server)) {
                InetSocketAddress broadcast = at("255.255.255.255", 9);
                server.send(bytes("x"), broadcast); // without DatagramOptions.broadcast
                client.send(bytes("me"));
                assertThat(text(server.receive())).isEqualTo("me");
                assertThatThrownBy(server::drain)
                        .isExactlyInstanceOf(SocketException.class)
                        .hasMessageStartingWith("A datagram to /255.255.255.255:9 could not be sent: ");
                server.drain();
            }
        });
    }

    @Test
    void aDatagramTooLargeIsRefused() throws IOException {
        run(() -> {
            try (DatagramEndpoint server = server();
                    DatagramEndpoint client = clientOf(server)) {
                assertThatThrownBy(() -> client.send(new byte[65_508]))
                        .isExactlyInstanceOf(IllegalArgumentException.class)
                        .hasMessage("A datagram to " + server.localAddress()
                                + " cannot carry more than 65507 bytes, but has 65508");
            }
        });
    }

    // ------------------------------------------------------------------ receiving

    @Test
    void aCancelledReceiverLosesNoDatagram() throws IOException {
        run(() -> {
            try (DatagramEndpoint server = server();
                    DatagramEndpoint client = clientOf(server)) {
                List<String> got = new ArrayList<>();
                for (int round = 0; round < 50; round++) {
                    Task<Datagram> receiving = createTask(server::receive);
                    client.send(bytes("datagram " + round));
                    for (int i = 0; i < round % 5; i++) {
                        sleep(Duration.ZERO);
                    }
                    receiving.cancel();
                    try {
                        got.add(text(receiving.await()));
                    } catch (CancelledError cancelled) {
                        got.add(text(server.receive()));
                    }
                }
                assertThat(got).hasSize(50).first().isEqualTo("datagram 0");
                assertThat(got).last().isEqualTo("datagram 49");
            }
        });
    }

    @Test
    void receiversThatWaitGetOneDatagramEach() throws IOException {
        run(() -> {
            try (DatagramEndpoint server = server();
                    DatagramEndpoint client = clientOf(server)) {
                Task<Datagram> first = createTask(server::receive);
                Task<Datagram> second = createTask(server::receive);
                Task<Datagram> third = createTask(server::receive);
                sleep(Duration.ZERO);
                second.cancel();
                client.send(bytes("one"));
                client.send(bytes("two"));
                assertThat(text(first.await())).isEqualTo("one");
                assertThat(text(third.await())).isEqualTo("two");
            }
        });
    }

    @Test
    void aFullQueueStopsReadingAndGoesOnWhenHalfIsReceived() throws IOException {
        run(() -> {
            DatagramOptions few = DatagramOptions.defaults().receiveQueue(4);
            try (DatagramEndpoint server = Streams.openDatagram(LOOPBACK, null, few);
                    DatagramEndpoint client = clientOf(server);
                    DatagramEndpoint marker = server()) {
                for (int i = 0; i < 40; i++) {
                    client.send(bytes("datagram " + i));
                }
                for (int i = 0; i < 20; i++) { // some iterations, in each of which it could read on
                    marker.send(bytes("x"), marker.localAddress());
                    marker.receive();
                }
                assertThat(server.toString()).matches(".*, [4-8] received, 0 bytes pending]");
                for (int i = 0; i < 40; i++) {
                    assertThat(text(server.receive())).isEqualTo("datagram " + i);
                }
            }
        });
    }

    // ------------------------------------------------------------------ back-pressure

    @Test
    void drainWaitsUntilTheSystemHasTakenWhatWasSent() throws IOException {
        run(() -> {
            DatagramOptions small = DatagramOptions.defaults().highWaterMark(1000);
            try (DatagramEndpoint server = server();
                    DatagramEndpoint client = Streams.openDatagram(null, server.localAddress(), small)) {
                client.send(new byte[900]);
                client.send(new byte[900]);
                assertThat(client).asString().endsWith(", 1816 bytes pending]");
                client.drain();
                assertThat(client).asString().endsWith(", 0 bytes pending]");
            }
        });
    }

    @Test
    void whoNeverDrainsMeetsTheHardLimit() throws IOException {
        run(() -> {
            DatagramOptions small =
                    DatagramOptions.defaults().highWaterMark(1000).writeLimit(2000);
            try (DatagramEndpoint server = server();
                    DatagramEndpoint client = Streams.openDatagram(null, server.localAddress(), small)) {
                client.send(new byte[2000]);
                assertThatThrownBy(() -> client.send(new byte[1]))
                        .isExactlyInstanceOf(IllegalStateException.class)
                        .hasMessage("Cannot send another datagram from the datagram endpoint at "
                                + client.localAddress() + ": 2008 bytes are waiting to be sent, and the limit is 2000;"
                                + " call drain() after sending, which waits until the system has taken them");
                client.drain();
                client.send(new byte[1]);
            }
        });
    }

    // ------------------------------------------------------------------ the end

    @Test
    void closingWakesReceivers() throws IOException {
        run(() -> {
            DatagramEndpoint server = server();
            Task<Datagram> receiving = createTask(server::receive);
            sleep(Duration.ZERO);
            server.close();
            server.close();
            String where = "the datagram endpoint at " + server.localAddress();
            assertThatThrownBy(receiving::await)
                    .isExactlyInstanceOf(SocketException.class)
                    .hasMessage("Cannot receive from " + where + ": it is closed");
            assertThatThrownBy(server::receive).hasMessage("Cannot receive from " + where + ": it is closed");
            assertThatThrownBy(() -> server.send(bytes("x"), server.localAddress()))
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("Cannot send from " + where + ": it is closed");
            assertThat(server.isClosed()).isTrue();
            assertThat(server)
                    .hasToString(
                            "DatagramEndpoint[" + server.localAddress() + ", 0 received, 0 bytes pending, closed]");
        });
    }

    @Test
    void whatWasSentBeforeClosingArrives() throws IOException {
        run(() -> {
            try (DatagramEndpoint server = server()) {
                try (DatagramEndpoint client = clientOf(server)) {
                    client.send(bytes("last words"));
                }
                assertThat(text(server.receive())).isEqualTo("last words");
            }
        });
    }

    @Test
    void openingCanBeCancelled() {
        run(() -> {
            Task<DatagramEndpoint> opening = createTask(DatagramTest::server);
            sleep(Duration.ZERO);
            opening.cancel();
            assertThatThrownBy(opening::await).isInstanceOf(CancelledError.class);
        });
    }
}
