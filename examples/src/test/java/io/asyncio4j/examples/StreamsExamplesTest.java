package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The programs of `examples/streams`, as a user runs them; the chat is in [ChatTest].
final class StreamsExamplesTest {
    /// What a shell sees of a process that Ctrl-C ended.
    private static final int INTERRUPTED = 130;

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final String PASSWORD = "secret";

    @TempDir
    private Path folder;

    // ------------------------------------------------------------------ echo

    @OnBothEngines
    void theEchoServerAnswersTheEchoClient(String engine) throws Exception {
        try (Launch.Running server = launch("EchoServer", 0).on(engine).start()) {
            String port = server.awaitValue("Serving on port ");

            assertThat(successful(launch("EchoClient", port).on(engine)))
                    .containsExactly("Send: Hello World!", "Received: Hello World!", "Closed the connection");
            assertThat(successful(launch("EchoClient", port, "grüß dich").on(engine)))
                    .containsExactly("Send: grüß dich", "Received: grüß dich", "Closed the connection");

            Launch.Ended ended = server.interrupt().end();
            assertThat(ended.out())
                    .containsExactly(
                            "Serving on port " + port, "connected", "disconnected", "connected", "disconnected");
            assertThat(ended.complaints()).isEmpty();
            assertThat(ended.exitCode()).isEqualTo(INTERRUPTED);
        }
    }

    @OnBothEngines
    void theEchoClientSaysThatNobodyListens(String engine) throws Exception {
        int port = freePort();

        Launch.Ended client = launch("EchoClient", port).on(engine).end();

        assertThat(client.err().lines().findFirst())
                .hasValue("Exception in thread \"main\" java.net.ConnectException: Cannot connect to 127.0.0.1:" + port
                        + ": nobody listens there (connection refused)");
        assertThat(client.out()).isEmpty();
        assertThat(client.exitCode()).isEqualTo(1);
    }

    @Test
    void theEchoServerSaysThatItsPortIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            Launch.Ended server = launch("EchoServer", taken.getLocalPort()).end();

            assertThat(server.err().lines().findFirst())
                    .hasValue("Exception in thread \"main\" java.net.BindException: Cannot listen on /127.0.0.1:"
                            + taken.getLocalPort() + ": the port is in use; choose another, or end who listens there");
            assertThat(server.exitCode()).isEqualTo(1);
        }
    }

    // ------------------------------------------------------------------ ports

    @OnBothEngines
    void thePortScannerFindsWhoListens(String engine) throws Exception {
        try (ServerSocket one = new ServerSocket(0, 50, LOOPBACK);
                ServerSocket other = nextFreeAfter(one.getLocalPort())) {
            int first = one.getLocalPort();
            int last = other.getLocalPort();

            // Somebody else may listen in between.
            String found =
                    successful(launch("PortScanner", first, last).on(engine)).getFirst();
            assertThat(found).startsWith("Open ports: [" + first).endsWith(last + "]");
        }
        int closed = freePort();
        assertThat(successful(launch("PortScanner", closed, closed).on(engine))).containsExactly("Open ports: []");
    }

    private static ServerSocket nextFreeAfter(int port) throws IOException {
        for (int next = port + 1; ; next++) {
            try {
                return new ServerSocket(next, 50, LOOPBACK);
            } catch (IOException taken) {
                // the next one, then
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    // ------------------------------------------------------------------ web pages

    @Test
    void theHeadersOfAWebPage() throws Exception {
        HttpServer server = serve(HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0));
        try {
            List<String> headers = successful(launch("HttpHead", urlOf(server, "http", "/page?id=1")));

            assertThat(headers)
                    .contains("HTTP header> HTTP/1.1 200 OK", "HTTP header> Asked: HEAD /page?id=1")
                    .allMatch(line -> line.startsWith("HTTP header> "));
        } finally {
            server.stop(0);
        }
    }

    @OnBothEngines
    void theHeadersOfAnEncryptedWebPage(String engine) throws Exception {
        Path certificate = folder.resolve("certificate.pem");
        HttpsServer server = HttpsServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(newIdentity(certificate)));
        serve(server);
        try {
            String url = urlOf(server, "https", "");
            assertThat(successful(launch("HttpHead", url, certificate).on(engine)))
                    .contains("HTTP header> HTTP/1.1 200 OK", "HTTP header> Asked: HEAD /");

            Launch.Ended distrustful = launch("HttpHead", url).on(engine).end();
            assertThat(distrustful.err())
                    .startsWith("Exception in thread \"main\" javax.net.ssl.SSLHandshakeException: ");
            assertThat(distrustful.out()).isEmpty();
            assertThat(distrustful.exitCode()).isEqualTo(1);
        } finally {
            server.stop(0);
        }
    }

    /// Answers with what was asked for.
    private static HttpServer serve(HttpServer server) {
        server.createContext("/", exchange -> {
            URI page = exchange.getRequestURI();
            exchange.getResponseHeaders().set("Asked", exchange.getRequestMethod() + " " + page);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String urlOf(HttpServer server, String scheme, String page) {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort() + page;
    }

    /// Makes a key and a certificate for 127.0.0.1, and writes the certificate into a file.
    private SSLContext newIdentity(Path certificate) throws Exception {
        Path store = folder.resolve("identity.p12");
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=test", "-ext", "san=ip:127.0.0.1", "-keystore", store);
        keytool("-exportcert", "-rfc", "-file", certificate, "-keystore", store);

        char[] password = PASSWORD.toCharArray();
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), password), password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private void keytool(Object... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        command.addAll(List.of("-storepass", PASSWORD));
        Path log = folder.resolve("keytool.log");
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(keytool.waitFor()).as(() -> String.join(" ", command)).isZero();
    }

    // ------------------------------------------------------------------ other programs

    @OnBothEngines
    void threeSubprocessesRunAtOnce(String engine) throws Exception {
        List<String> lines = successful(launch("Subprocesses").on(engine));

        assertThat(lines.getLast()).startsWith("all after ");
        assertThat(lines.subList(0, lines.size() - 1))
                .containsExactlyInAnyOrder(
                        "red 1",
                        "red 2",
                        "red ended with 0",
                        "green 1",
                        "green 2",
                        "green ended with 0",
                        "blue 1",
                        "blue 2",
                        "blue ended with 0");
    }

    // ------------------------------------------------------------------ programs

    private static Launch launch(String program, Object... arguments) {
        List<Object> command = new ArrayList<>(
                List.of("run", Launch.ROOT.resolve("examples/streams").resolve(program + ".java")));
        command.addAll(List.of(arguments));
        return Launch.of(command.toArray());
    }

    /// Runs a program that is to end well, and returns what it printed.
    private static List<String> successful(Launch program) throws Exception {
        Launch.Ended ended = program.end();
        assertThat(ended.complaints()).isEmpty();
        assertThat(ended.exitCode()).isZero();
        return ended.out();
    }
}
