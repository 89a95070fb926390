package io.asyncio4j.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Asyncio;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Programs that others have written, as clients and as servers.
@SuppressWarnings("try") // closed before the end, or only held open
final class RealPeersTest {
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(process -> process.destroyForcibly().onExit().join());
    }

    private Process start(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            started.add(process);
            return process;
        } catch (IOException missing) {
            Assumptions.abort(command[0] + " is not installed: " + missing.getMessage());
            throw new AssertionError(missing);
        }
    }

    /// Waits for a program's end, and returns what it has printed.
    private static String finish(Process process) throws IOException {
        return Asyncio.toThread(() -> {
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.onExit().join().exitValue()).as(output).isZero();
            return output;
        });
    }

    private static String nextLine(Process process) throws IOException {
        return Asyncio.toThread(() -> {
            StringBuilder line = new StringBuilder();
            for (int next = process.getInputStream().read(); next > 0 && next != '\n'; ) {
                line.append((char) next);
                next = process.getInputStream().read();
            }
            return line.toString();
        });
    }

    private static ServerOptions serving(boolean tls) {
        return tls ? TlsTest.serving() : ServerOptions.defaults();
    }

    private static ConnectionOptions connecting(boolean tls) {
        return tls ? TlsTest.connecting() : ConnectionOptions.defaults();
    }

    /// Connects to a program that is about to listen.
    private static Connection connectSoon(int port, ConnectionOptions options) throws IOException {
        while (true) {
            try {
                return Streams.openConnection("localhost", port, options);
            } catch (java.net.ConnectException notYet) {
                Asyncio.sleep(Duration.ofMillis(10));
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    // ------------------------------------------------------------------ Python's asyncio

    private Process python(String role, int port, boolean tls) throws URISyntaxException {
        Path script = Path.of(Objects.requireNonNull(RealPeersTest.class.getResource("peer.py"))
                .toURI());
        List<String> command = new ArrayList<>(List.of("python3", script.toString(), role, String.valueOf(port)));
        if (tls) {
            command.add(Certificates.server().certificate().toString());
            command.add(Certificates.server().key().toString());
        }
        return start(command.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void asyncioAsClient(boolean tls) {
        Bounded.run(() -> {
            try (Server server = ServerTest.start(EchoTest::echo, serving(tls))) {
                assertThat(finish(python("client", server.port(), tls))).isEqualTo("all came back\n");
                server.close();
                server.waitClosed();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void asyncioAsServer(boolean tls) {
        Bounded.run(() -> {
            Process peer = python("server", 0, tls);
            int port = Integer.parseInt(nextLine(peer));
            try (Connection client = Streams.openConnection("localhost", port, connecting(tls))) {
                for (int i = 0; i < 100; i++) {
                    String line = i + "x".repeat(500 * i);
                    client.writer().write(line + "\n");
                    client.writer().drain();
                    assertThat(client.reader().readLine()).isEqualTo(line);
                }
                if (!tls) {
                    client.writer().writeEof();
                    assertThat(client.reader().readLine()).isNull();
                }
                client.close();
                client.waitClosed();
                finish(peer);
            }
        });
    }

    // ------------------------------------------------------------------ others

    @Test
    void opensslAsClient() {
        Bounded.run(() -> {
            ConnectionHandler handler = (reader, writer) -> writer.write("got " + reader.readLine() + "\n");
            try (Server server = ServerTest.start(handler, TlsTest.serving())) {
                Process peer = start(
                        "openssl",
                        "s_client",
                        "-quiet",
                        "-verify_return_error",
                        "-verify_hostname",
                        "localhost",
                        "-CAfile",
                        Certificates.server().certificate().toString(),
                        "-connect",
                        "127.0.0.1:" + server.port());
                peer.getOutputStream().write("hello\n".getBytes(UTF_8));
                peer.getOutputStream().flush();
                String line = nextLine(peer);
                while (!line.isEmpty() && !line.startsWith("got ")) {
                    line = nextLine(peer); // about certificates
                }
                assertThat(line).isEqualTo("got hello");
            }
        });
    }

    @Test
    void opensslAsServer() {
        Bounded.run(() -> {
            int port = freePort();
            start(
                    "openssl",
                    "s_server",
                    "-quiet",
                    "-rev",
                    "-accept",
                    "127.0.0.1:" + port,
                    "-cert",
                    Certificates.server().certificate().toString(),
                    "-key",
                    Certificates.server().key().toString());
            try (Connection client = connectSoon(port, TlsTest.connecting())) {
                client.writer().write("hello\n");
                assertThat(client.reader().readLine()).isEqualTo("olleh");
                client.close();
                client.waitClosed();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void curlAsClient(boolean tls) {
        Bounded.run(() -> {
            byte[] body = "0123456789".repeat(100_000).getBytes(UTF_8);
            ConnectionHandler handler = (reader, writer) -> {
                for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                    // the head of the request
                }
                writer.write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + body.length + "\r\n\r\n");
                writer.write(body);
            };
            try (Server server = ServerTest.start(handler, serving(tls))) {
                String output = finish(start(
                        "curl",
                        "-sS",
                        "--noproxy",
                        "*",
                        "--cacert",
                        Certificates.server().certificate().toString(),
                        (tls ? "https" : "http") + "://127.0.0.1:" + server.port() + "/"));
                assertThat(output.equals(new String(body, UTF_8)))
                        .as("what curl printed, of %s characters", output.length())
                        .isTrue();
            }
        });
    }

    @Test
    void socatAsClientOfAUnixSocket(@TempDir Path folder) {
        TransportCondition.requireHalfClosedUnixSockets();
        Bounded.run(() -> {
            Path path = folder.resolve("socket");
            try (Server server = Streams.startUnixServer(EchoTest::echo, path)) {
                Process peer = start("socat", "-t300", "-", "UNIX-CONNECT:" + path);
                peer.getOutputStream().write("hello\n".getBytes(UTF_8));
                peer.getOutputStream().close();
                assertThat(finish(peer)).isEqualTo("hello\n");
                assertThat(server.isServing()).isTrue();
            }
        });
    }

    @Test
    void socatAsServer() {
        Bounded.run(() -> {
            int port = freePort();
            start("socat", "-t300", "TCP-LISTEN:" + port + ",bind=127.0.0.1,reuseaddr", "EXEC:cat");
            try (Connection client = connectSoon(port, ConnectionOptions.defaults())) {
                client.writer().write("hello\n");
                client.writer().writeEof();
                assertThat(client.reader().readAll()).isEqualTo("hello\n".getBytes(UTF_8));
            }
        });
    }
}
