package io.asyncio4j.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.CancelledError;
import io.asyncio4j.EventLoop;
import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.streams.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Servers on real sockets: where they listen, and how they end.
@Timeout(120)
final class StartTest {
    private static final ServeOptions ANY_PORT = Wire.options().port(0);

    private final WebApp app = WebApp.create();

    StartTest() {
        app.get("/", _ -> Response.text("hello"));
    }

    private static String ask(Connection connection) throws IOException {
        try (Wire wire = new Wire(connection)) {
            return wire.get("/", "Connection: close\r\n").answer().brief();
        }
    }

    private static String ask(int port) throws IOException {
        return ask(Streams.openConnection("127.0.0.1", port));
    }

    // ------------------------------------------------------------------ ports

    @Test
    void anyFreePortIsTaken() throws IOException {
        Asyncio.run(() -> {
            int port;
            try (WebServer server = app.start(ANY_PORT)) {
                port = server.port();
                assertThat(port).isPositive();
                assertThat(ask(port)).isEqualTo("200 hello");
                assertThat(server).hasToString("WebServer[http://127.0.0.1:" + port + "]");
            }
            assertThatThrownBy(() -> ask(port)).isInstanceOf(ConnectException.class);
        });
    }

    @Test
    void aPortThatIsTakenIsAnError() throws IOException {
        Asyncio.run(() -> {
            try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                ServeOptions taken = ANY_PORT.port(other.getLocalPort());
                String message = inUse(other);
                assertThatThrownBy(() -> app.start(taken))
                        .isInstanceOf(BindException.class)
                        .hasMessage(message);
                assertThatThrownBy(() -> app.serve(taken))
                        .isInstanceOf(UncheckedIOException.class)
                        .hasCauseInstanceOf(BindException.class)
                        .hasMessage(message);
            }
        });
    }

    private static String inUse(ServerSocket other) {
        return "Cannot listen on /127.0.0.1:" + other.getLocalPort()
                + ": the port is in use; choose another, or end who listens there";
    }

    @Test
    void aHostThatIsNotKnownIsAnError() throws IOException {
        Asyncio.run(() -> assertThatThrownBy(() -> app.start(ANY_PORT.host("256.0.0.1")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("256.0.0.1"));
    }

    @Test
    void servingInATaskEndsWithIt() throws IOException {
        Asyncio.run(() -> {
            int port = freePort();
            var serving = Asyncio.createTask("serving", () -> app.serve(ANY_PORT.port(port)));
            assertThat(askUntilItServes(port)).isEqualTo("200 hello");
            serving.cancel();
            assertThatThrownBy(serving::await).isInstanceOf(CancelledError.class);
            assertThatThrownBy(() -> ask(port)).isInstanceOf(ConnectException.class);
        });
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String askUntilItServes(int port) throws IOException {
        while (true) {
            try {
                return ask(port);
            } catch (ConnectException notYet) {
                Asyncio.sleep(Duration.ofMillis(10));
            }
        }
    }

    // ------------------------------------------------------------------ Unix sockets

    @Test
    void aUnixSocketIsServedAndItsFileDeleted(@TempDir Path folder) throws IOException {
        Path socket = folder.resolve("web.socket");
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();
        Asyncio.run(() -> {
            try (WebServer server = app.start(Wire.options().unixSocket(socket))) {
                assertThat(ask(Streams.openUnixConnection(socket))).isEqualTo("200 hello");
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                        .startsWith("rw");
                assertThat(server).hasToString("WebServer[" + socket + "]");
                assertThatThrownBy(server::port)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageEndingWith(" has no port");
            }
        });
        assertThat(socket).doesNotExist();
    }

    @Test
    void aFileThatIsNoSocketIsLeftThere(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "precious");
        Asyncio.run(() -> assertThatThrownBy(() -> app.start(Wire.options().unixSocket(file)))
                .isInstanceOf(BindException.class)
                .hasMessage("Cannot listen on " + file + ": there is such a file already, which is not a socket"));
        assertThat(file).hasContent("precious");
    }

    @Test
    void aFolderThatIsNotThereIsAnError(@TempDir Path folder) throws IOException {
        Path socket = folder.resolve("none/web.socket");
        Asyncio.run(() -> assertThatThrownBy(() -> app.start(Wire.options().unixSocket(socket)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(socket.toString()));
    }

    // ------------------------------------------------------------------ workers

    @Test
    void everyWorkerServesOnOnePort() throws Exception {
        int port = freePort();
        int workers = 3;
        Set<EventLoop> loops = ConcurrentHashMap.newKeySet();
        Set<Thread> ended = ConcurrentHashMap.newKeySet();
        CountDownLatch begun = new CountDownLatch(workers);
        app.get("/loop", _ -> Response.text(Integer.toHexString(System.identityHashCode(Asyncio.runningLoop()))));
        app.lifespan(serving -> {
            loops.add(Asyncio.runningLoop());
            begun.countDown();
            serving.run();
            ended.add(Thread.currentThread());
        });
        Thread serving = Thread.ofPlatform()
                .start(() -> assertThatThrownBy(
                                () -> app.serve(ANY_PORT.port(port).workers(workers)))
                        .isInstanceOf(CancelledError.class));
        begun.await();
        Set<String> answered = ConcurrentHashMap.newKeySet();
        Asyncio.run(() -> {
            while (answered.size() < workers) {
                try (Wire wire = new Wire(Streams.openConnection("127.0.0.1", port))) {
                    answered.add(
                            wire.get("/loop", "Connection: close\r\n").answer().body());
                } catch (ConnectException notYet) {
                    Asyncio.sleep(Duration.ofMillis(10));
                }
            }
        });
        assertThat(loops).hasSize(workers);
        serving.interrupt();
        serving.join();
        assertThat(ended).hasSize(workers);
        Asyncio.run(() -> assertThatThrownBy(() -> ask(port)).isInstanceOf(ConnectException.class));
    }

    @Test
    void workersThatAreStartedByHandShareAPort() {
        Set<Integer> ports = ConcurrentHashMap.newKeySet();
        CountDownLatch asked = new CountDownLatch(2);
        Workers.run(2, () -> {
            try (WebServer server = app.start(ANY_PORT)) {
                ports.add(server.port());
                assertThat(ask(server.port())).isEqualTo("200 hello");
                asked.countDown();
                Asyncio.toThread(() -> asked.await());
            }
        });
        assertThat(ports).hasSize(1);
    }

    @Test
    void aPortThatIsTakenEndsAllWorkers() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ServeOptions taken = ANY_PORT.port(other.getLocalPort()).workers(2);
            assertThatThrownBy(() -> app.serve(taken))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(BindException.class)
                    .hasMessage(inUse(other));
        }
    }

    // ------------------------------------------------------------------ options

    @Test
    void workersNeedLoopsOfTheirOwnAndAPort(@TempDir Path folder) throws IOException {
        Asyncio.run(() -> assertThatThrownBy(() -> app.start(ANY_PORT.workers(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot serve with 2 workers in one event loop; call serve(options) outside of a loop, which"
                                + " starts one for each"));
        Path socket = folder.resolve("s");
        assertThatThrownBy(() -> app.serve(ANY_PORT.workers(2).unixSocket(socket)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 workers cannot share the Unix socket " + socket + "; serve with one, or on a port");
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        ServeOptions options = ServeOptions.defaults();
        assertThatThrownBy(() -> options.port(65_536)).hasMessage("The port must be from 0 to 65535, but is 65536");
        assertThatThrownBy(() -> options.port(-1)).hasMessage("The port must be from 0 to 65535, but is -1");
        assertThatThrownBy(() -> options.workers(0)).hasMessage("The number of workers must be at least 1, but is 0");
        assertThatThrownBy(() -> options.shutdownTimeout(Duration.ofSeconds(-1)))
                .hasMessage("The shutdown timeout must not be negative, but is PT-1S");
    }
}
