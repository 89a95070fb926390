package io.asyncio4j.web;

import static io.asyncio4j.Asyncio.createTask;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Asyncio;
import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.ConnectionOptions;
import io.asyncio4j.streams.Signals;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.streams.Tls;
import io.asyncio4j.testing.AsyncTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The code of the page on a web server.
final class ServingExamplesTest {
    @TempDir
    Path folder;

    private final WebApp app = WebApp.create();

    // ------------------------------------------------------------------ TLS

    private WebServer encrypted(Path certificate, Path key, int port) throws IOException {
        Tls tls = Tls.server(certificate, key);
        app.lifespan(serving -> {
            Runnable reload = () -> createTask("reload of the certificate", tls::reload);
            try (Signals.Registration _ = Signals.on("HUP", reload)) {
                serving.run();
            }
        });
        ServeOptions options = ServeOptions.defaults().port(port).tls(tls);
        app.get("/reload", _ -> {
            tls.reload();
            return null;
        });
        return app.start(options.accessLog(false));
    }

    @Test
    void aRenewedCertificateIsUsedByNewConnections() throws Exception {
        TestCertificate now = TestCertificate.make(folder, "CN=now");
        TestCertificate next = TestCertificate.make(folder, "CN=next");
        Path both = Files.writeString(
                folder.resolve("both"), Files.readString(now.certificate()) + Files.readString(next.certificate()));
        ConnectionOptions plain = ConnectionOptions.defaults().tls(Tls.client().trusting(both));
        ConnectionOptions second =
                ConnectionOptions.defaults().tls(Tls.client().trusting(both).protocols("h2"));
        Asyncio.run(() -> {
            try (WebServer server = encrypted(now.certificate(), now.key(), 0);
                    Wire wire = new Wire(Streams.openConnection("127.0.0.1", server.port(), plain))) {
                assertThat(owner(wire.connection())).isEqualTo("CN=now");
                assertThat(settled(server.port(), second)).isEqualTo("CN=now");
                next.replace(now);
                assertThat(wire.get("/reload").answer().brief()).isEqualTo("200 null");
                assertThat(settled(server.port(), second)).isEqualTo("CN=next");
                assertThat(wire.get("/none").answer().status()).isEqualTo(404);
            }
        });
    }

    /// Connects by HTTP/2 and returns whose certificate the server has.
    private static String settled(int port, ConnectionOptions options) throws IOException {
        try (Connection connection = Streams.openConnection("127.0.0.1", port, options)) {
            assertThat(connection.writer().applicationProtocol()).isEqualTo("h2");
            connection.writer().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            connection.writer().write(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
            byte[] frame = connection.reader().readExactly(9);
            assertThat(frame[3]).isEqualTo((byte) 4); // its settings
            return owner(connection);
        }
    }

    private static String owner(Connection connection) throws IOException {
        return Objects.requireNonNull(connection.writer().tlsSession())
                .getPeerPrincipal()
                .getName();
    }

    // ------------------------------------------------------------------ where to listen

    private static ServeOptions[] places(Path path) {
        ServeOptions socket = ServeOptions.defaults().unixSocket(path);
        ServeOptions parallel = ServeOptions.defaults().port(8000).workers(4);
        ServeOptions proxied = socket.proxyHeaders("unix:", "10.0.0.0/8");
        return new ServeOptions[] {socket, parallel, proxied};
    }

    @Test
    void aProxyTellsTheClient() throws IOException {
        app.get("/", request -> Response.text(request.url() + " " + request.client()));
        ServeOptions proxied = places(folder.resolve("s"))[2].accessLog(false);
        Asyncio.run(() -> {
            try (WebServer _ = app.start(proxied);
                    Wire wire = new Wire(Streams.openUnixConnection(folder.resolve("s")))) {
                wire.get("/", "X-Forwarded-For: 1.2.3.4, 192.0.2.1, 10.0.0.7\r\n", "X-Forwarded-Proto: https\r\n");
                assertThat(wire.answer().brief()).isEqualTo("200 https://h/ /192.0.2.1:0");
            }
        });
    }

    // ------------------------------------------------------------------ answers

    @AsyncTest
    void filesAndCompression() throws IOException {
        Path reports = Files.createDirectory(folder.resolve("reports"));
        Files.writeString(reports.resolve("5.txt"), "total: 7\n".repeat(100));
        app.get("/reports/{id}", request -> {
            int id = Integer.parseInt(request.pathParam("id"));
            return Response.file(reports.resolve(id + ".txt")).attachment("Bericht \u2116 " + id + ".txt");
        });
        app.around(Gzip.create().minimumSize(300));

        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            Wire.Answer part = wire.get("/reports/5", "Range: bytes=0-4\r\n").answer();
            assertThat(part.brief()).isEqualTo("206 total");
            assertThat(part.header("content-disposition"))
                    .isEqualTo("attachment; filename*=utf-8''Bericht%20%E2%84%96%205.txt");
            Wire.Answer whole =
                    wire.get("/reports/5", "Accept-Encoding: gzip\r\n").answer();
            assertThat(whole.header("content-encoding")).isEqualTo("gzip");
            assertThat(whole.body().length()).isLessThan(100);
            assertThat(wire.get("/reports/6").answer().status()).isEqualTo(404);
        }
    }

    @AsyncTest
    void limitsAreOptions() throws IOException {
        Limits limits = Limits.defaults().body(100).concurrentRequests(500).requestTime(Asyncio.seconds(20));
        ServeOptions options = ServeOptions.defaults().limits(limits);

        app.post("/", request -> Map.of("bytes", request.bytes().length));
        try (WebServer _ = Wire.serve(app, options.accessLog(false));
                Wire wire = new Wire()) {
            wire.ask("POST", "/", "Content-Length: 101\r\n");
            assertThat(wire.answer().brief()).isEqualTo("413 The body must not be larger than 100 bytes");
        }
    }
}
