package io.asyncio4j.streams;

import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.CancelledError;
import io.asyncio4j.DeadlockException;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Task;
import io.asyncio4j.streams.Lifeline.Verdict;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A program that waits for something outside is in no deadlock; one that has closed all it had may
/// be.
@Timeout(300)
final class LivenessTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    // ------------------------------------------------------------------ life

    @Test
    void aReadOfASocket() throws IOException {
        try (ServerSocket peer = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Verdict verdict = Lifeline.of(line -> {
                Connection connection = Streams.openConnection("127.0.0.1", peer.getLocalPort());
                line.whileWaiting(() -> connection.reader().read(1));
            });
            assertThat(verdict).isEqualTo(Verdict.LIVES);
        }
    }

    @Test
    void aServerThatListens() {
        assertThat(Lifeline.of(line -> {
                    Streams.startServer((_, _) -> {}, "127.0.0.1", 0);
                    line.whileWaiting(() -> createFuture("what a client brings").await());
                }))
                .isEqualTo(Verdict.LIVES);
    }

    @Test
    void aServerWhoseConnectionsOutliveIt() throws IOException {
        try (Socket client = new Socket()) {
            Verdict verdict = Lifeline.of(line -> {
                var accepted = createFuture("a connection");
                Server server = Streams.startServer(
                        (reader, _) -> {
                            accepted.setResult("there");
                            reader.read(1);
                        },
                        "127.0.0.1",
                        0,
                        ServerOptions.defaults().closeTimeout(null));
                client.connect(server.addresses().getFirst());
                accepted.await();
                server.close();
                line.whileWaiting(server::waitClosed);
            });
            assertThat(verdict).isEqualTo(Verdict.LIVES);
        }
    }

    @Test
    void aDatagram() {
        assertThat(Lifeline.of(line -> {
                    DatagramEndpoint endpoint = Streams.openDatagram(ANY, null);
                    line.whileWaiting(endpoint::receive);
                }))
                .isEqualTo(Verdict.LIVES);
    }

    @Test
    void aConnectionThatIsBeingMade() throws IOException {
        List<SocketChannel> others = new ArrayList<>();
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 4; i++) {
                SocketChannel other = SocketChannel.open();
                others.add(other);
                other.configureBlocking(false);
                other.connect(busy.getLocalSocketAddress()); // until its queue is full
            }
            ConnectionOptions patient = ConnectionOptions.defaults().connectTimeout(null);
            Verdict verdict = Lifeline.of(
                    line -> line.whileWaiting(() -> Streams.openConnection("127.0.0.1", busy.getLocalPort(), patient)));
            assertThat(verdict).isEqualTo(Verdict.LIVES);
        } finally {
            for (SocketChannel other : others) {
                other.close();
            }
        }
    }

    @Test
    void aSubprocess() {
        assertThat(Lifeline.of(line -> {
                    try (Subprocess sleeper = Subprocess.exec("sleep", "100")) {
                        line.whileWaiting(sleeper::waitFor);
                    }
                }))
                .isEqualTo(Verdict.LIVES);
    }

    @Test
    void aSubprocessThatIsStarted() {
        assertThat(Lifeline.of(line -> {
                    line.arm();
                    Subprocess.exec("true").waitFor();
                }))
                .isNotEqualTo(Verdict.DEADLOCK);
    }

    @Test
    void theOutputOfASubprocess() {
        SubprocessOptions piped = SubprocessOptions.defaults().stdout(Redirect.PIPE);
        assertThat(Lifeline.of(line -> {
                    try (Subprocess sleeper = Subprocess.exec(piped, "sleep", "100")) {
                        line.whileWaiting(() -> sleeper.stdout().read(1));
                    }
                }))
                .isEqualTo(Verdict.LIVES);
    }

    @Test
    void thePipeOfASubprocessThatHasEndedAndIsBeingClosed() {
        SubprocessOptions piped = SubprocessOptions.defaults().stdin(Redirect.PIPE);
        for (int i = 0; i < 20; i++) {
            assertThat(Lifeline.of(line -> {
                        Subprocess process = Subprocess.exec(piped, "true");
                        process.waitFor();
                        line.whileWaiting(() -> process.stdin().waitClosed());
                    }))
                    .isNotEqualTo(Verdict.DEADLOCK);
        }
    }

    @Test
    void aSignal() {
        assertThat(Lifeline.of(line -> line.whileWaiting(() -> Signals.await("HUP"))))
                .isEqualTo(Verdict.LIVES);
    }

    @Test
    void aLookUp() {
        assertThat(Lifeline.of(line -> {
                    line.arm();
                    try {
                        Streams.resolve("there-is-no-such-host.invalid");
                    } catch (IOException unknown) {
                        // quickly known, perhaps
                    }
                }))
                .isNotEqualTo(Verdict.DEADLOCK);
    }

    @Test
    void aChannelOfAnotherLibrary() {
        assertThat(Lifeline.of(line -> {
                    var group = NettyLoop.of(runningLoop());
                    var bind = new Bootstrap()
                            .group(group)
                            .channel(NettyLoop.datagramChannel())
                            .handler(new ChannelInboundHandlerAdapter())
                            .bind(ANY);
                    NettyLoop.await(bind);
                    try {
                        line.whileWaiting(
                                () -> createFuture("what its handler brings").await());
                    } finally {
                        NettyLoop.await(bind.channel().close());
                    }
                }))
                .isEqualTo(Verdict.LIVES);
    }

    @Test
    void aFutureOfAnotherLibrary() {
        Promise<String> promise = GlobalEventExecutor.INSTANCE.newPromise();
        assertThat(Lifeline.of(line -> line.whileWaiting(() -> NettyLoop.await(promise))))
                .isEqualTo(Verdict.LIVES);
    }

    // ------------------------------------------------------------------ workers

    @Test
    void aConnectionThatIsDealtToAWorker() {
        CountDownLatch listening = new CountDownLatch(1);
        int[] port = new int[1];
        Thread client = Thread.ofPlatform().start(() -> {
            try {
                listening.await();
                new Socket(InetAddress.getLoopbackAddress(), port[0]).close();
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        Workers.run(
                1,
                _ -> {
                    var served = createFuture("a connection");
                    Server server = Streams.startServer((_, _) -> served.setResult("there"), "127.0.0.1", 0);
                    port[0] = server.port();
                    EventLoop.access().whenQuiet(Duration.ZERO, listening::countDown);
                    served.await();
                    server.close();
                },
                true);
        assertThat(client).isNotNull();
    }

    @Test
    void theFailureOfAnotherWorker() {
        CountDownLatch waiting = new CountDownLatch(1);
        assertThatThrownBy(() -> Workers.run(2, index -> {
                    if (index == 0) {
                        EventLoop.access().whenQuiet(Duration.ZERO, waiting::countDown);
                        createFuture("what never comes").await();
                    }
                    waiting.await();
                    throw new IOException("worker 1 is done for");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("worker 1 is done for")
                .hasNoSuppressedExceptions();
    }

    @Test
    void theLastWorkerLeftCanBeInADeadlock() {
        assertThatThrownBy(() -> Workers.run(2, index -> {
                    if (index == 0) {
                        createFuture("what never comes").await();
                    }
                }))
                .isInstanceOf(DeadlockException.class)
                .message()
                .startsWith("Deadlock: nothing can ever wake this event loop. 1 task waits, and nobody is left to end"
                        + " that:" + System.lineSeparator()
                        + "  Task 'Task-1' waits for future 'what never comes'");
    }

    // ------------------------------------------------------------------ none left

    @Test
    void afterEverythingWasClosedADeadlockIsFound() {
        assertThat(Lifeline.of(line -> {
                    try (TwoEnds ends = TwoEnds.open()) {
                        ends.client().writer().write("hello");
                        ends.served().reader().readExactly(5);
                    }
                    DatagramEndpoint endpoint = Streams.openDatagram(ANY, null);
                    endpoint.send(new byte[3], endpoint.localAddress());
                    endpoint.receive();
                    endpoint.close();
                    Subprocess.exec("true").waitFor();
                    createFuture("what never comes").await();
                }))
                .isEqualTo(Verdict.DEADLOCK);
    }

    @Test
    void whatIsClosedLastEndsTheWaitItself() throws IOException {
        try (ServerSocket peer = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Verdict verdict = Lifeline.of(line -> {
                Connection connection = Streams.openConnection("127.0.0.1", peer.getLocalPort());
                connection.writer().write("good bye");
                connection.close();
                createFuture("what never comes").await();
            });
            assertThat(verdict).isEqualTo(Verdict.DEADLOCK);
        }
    }

    @Test
    void closingAndWaitingForItIsNoDeadlock() throws IOException {
        try (ServerSocket peer = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 50; i++) {
                int steps = i % 10;
                Verdict verdict = Lifeline.of(line -> {
                    Connection connection = Streams.openConnection("127.0.0.1", peer.getLocalPort());
                    connection.close();
                    for (int step = 0; step < steps; step++) {
                        sleep(Duration.ZERO); // the loop is busy, and polls now and then
                    }
                    line.whileWaiting(connection::waitClosed);
                });
                assertThat(verdict).isNotEqualTo(Verdict.DEADLOCK);
            }
        }
    }

    @Test
    void aConnectionThatWasRefused() {
        assertThat(Lifeline.of(_ -> {
                    assertThatThrownBy(() -> Streams.openConnection("127.0.0.1", 1))
                            .isInstanceOf(ConnectException.class);
                    createFuture("what never comes").await();
                }))
                .isEqualTo(Verdict.DEADLOCK);
    }

    @Test
    void aServerThatCouldNotListen() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Verdict verdict = Lifeline.of(line -> {
                assertThatThrownBy(() -> Streams.startServer((_, _) -> {}, "127.0.0.1", other.getLocalPort()))
                        .isInstanceOf(BindException.class);
                createFuture("what never comes").await();
            });
            assertThat(verdict).isEqualTo(Verdict.DEADLOCK);
        }
    }

    @Test
    void aConnectionThatWasCancelled() throws IOException {
        try (ServerSocket peer = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Verdict verdict = Lifeline.of(line -> {
                Task<Connection> task = createTask(() -> Streams.openConnection("127.0.0.1", peer.getLocalPort()));
                sleep(Duration.ZERO);
                task.cancel();
                assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
                createFuture("what never comes").await();
            });
            assertThat(verdict).isEqualTo(Verdict.DEADLOCK);
        }
    }

    @Test
    void aConnectionWithTls() {
        Certificates certificates = Certificates.server();
        ServerOptions server = ServerOptions.defaults().tls(certificates.forServer());
        ConnectionOptions client = ConnectionOptions.defaults()
                .tls(Tls.client().trusting(certificates.certificate()))
                .serverName("localhost");
        assertThat(Lifeline.of(line -> {
                    try (TwoEnds ends = TwoEnds.open(server, client)) {
                        ends.client().writer().write("hello");
                        ends.served().reader().readExactly(5);
                        ends.client().close();
                        ends.client().waitClosed();
                    }
                    createFuture("what never comes").await();
                }))
                .isEqualTo(Verdict.DEADLOCK);
    }
}
