package io.asyncio4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that people use, against `Server.java`. A client that is missing is reported, and its
/// tests are aborted.
final class RealClientsTest {
    private static final int LIMIT_SECONDS = 120;
    private static final int LARGE = 500_000;

    @TempDir
    private static Path folder;

    private static RunningServer clear;
    private static RunningServer secure;
    private static String http;
    private static String https;
    private static Path upload;

    @BeforeAll
    static void start() throws IOException, InterruptedException, GeneralSecurityException {
        clear = RunningServer.start(folder, Certificates.NONE);
        secure = RunningServer.start(folder, Certificates.make(folder));
        http = "http://127.0.0.1:" + clear.port();
        https = "https://127.0.0.1:" + secure.port();
        upload = Files.writeString(folder.resolve("upload"), "0123456789".repeat(LARGE / 10));
    }

    /// Nothing that any of the clients did has lost memory, or made the server complain.
    @AfterAll
    static void stop() throws IOException {
        clear.close();
        secure.close();
        assertThat(clear.log() + secure.log()).doesNotContain("LEAK", "SEVERE", "Exception");
    }

    // ------------------------------------------------------------------ curl

    @ParameterizedTest
    @ValueSource(strings = {"--http1.1", "--http1.0", "--http2-prior-knowledge", "--http2"})
    void curlLoadsInTheClear(String version) throws IOException, InterruptedException {
        assertThat(curl(version, http + "/hello")).isEqualTo("hello");
        assertThat(curl(version, http + "/big?n=3000000")).hasSize(3_000_000);
        assertThat(curl(version, http + "/stream?chunks=20&size=1000&ms=5")).hasSize(20_000);
        assertThat(curl(version, "--head", http + "/hello")).contains(" 200", "content-length: 5\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http1.1", "--http2"})
    void curlLoadsWithTls(String version) throws IOException, InterruptedException {
        String certificate = folder.resolve("server.crt").toString();
        String protocol = version.equals("--http2") ? " 2" : " 1.1";

        assertThat(curl(version, "--cacert", certificate, "--write-out", " %{http_version}", https + "/hello"))
                .isEqualTo("hello" + protocol);
        assertThat(curl(version, "--cacert", certificate, https + "/big?n=3000000"))
                .hasSize(3_000_000);
        assertThat(curl(version, "--cacert", certificate, "--data-binary", "@" + upload, https + "/count"))
                .isEqualTo(String.valueOf(LARGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http1.1", "--http2-prior-knowledge"})
    void curlUploads(String version) throws IOException, InterruptedException {
        String echo = http + "/echo";
        String content = Files.readString(upload);

        assertThat(curl(version, "--data-binary", "@" + upload, echo)).isEqualTo(content);
        assertThat(curl(version, "--upload-file", upload.toString(), echo)).isEqualTo(content);
        assertThat(curl(version, "--header", "Transfer-Encoding: chunked", "--data-binary", "@" + upload, echo))
                .isEqualTo(content);
        assertThat(curl(version, "--form", "file=@" + upload, http + "/count")).hasSizeGreaterThan(5);
    }

    /// Curl waits for the 100 much longer than the test may take.
    @Test
    void curlIsAskedToContinue() throws IOException, InterruptedException {
        String[] expecting = {"--http1.1", "--expect100-timeout", "600", "--header", "Expect: 100-continue"};

        assertThat(curl(with(expecting, "--data-binary", "@" + upload, http + "/count")))
                .isEqualTo(String.valueOf(LARGE));
        assertThat(curl(with(
                        expecting,
                        "--write-out",
                        "%{http_code} %{size_upload}",
                        "--data-binary",
                        "@" + upload,
                        http + "/nothing")))
                .as("a body that nobody asked for is not sent")
                .endsWith("404 0");
    }

    @Test
    void curlLoadsManyAtOnce() throws IOException, InterruptedException {
        String certificate = folder.resolve("server.crt").toString();

        assertThat(curl("--http1.1", "--parallel", http + "/tag/[1000-1199]")).hasSize(4 * 200);
        assertThat(curl("--http2", "--cacert", certificate, "--parallel", https + "/tag/[1000-1199]"))
                .hasSize(4 * 200);
    }

    private static String[] with(String[] some, String... more) {
        String[] all = new String[some.length + more.length];
        System.arraycopy(some, 0, all, 0, some.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    private static String curl(String... arguments) throws IOException, InterruptedException {
        return run(with(new String[] {"curl", "--silent", "--show-error", "--max-time", "60"}, arguments));
    }

    // ------------------------------------------------------------------ nghttp2's

    @Test
    void nghttpLoadsManyStreams() throws IOException, InterruptedException {
        assertThat(run("nghttp", "--no-verify-peer", http + "/hello")).isEqualTo("hello");
        assertThat(run("nghttp", "--no-verify-peer", https + "/hello")).isEqualTo("hello");
        assertThat(run("nghttp", "--no-verify-peer", "--multiply=90", http + "/big?n=100000"))
                .hasSize(9_000_000);
        assertThat(run("nghttp", "--no-verify-peer", "--data=" + upload, http + "/count"))
                .isEqualTo(String.valueOf(LARGE));
        assertThat(run("nghttp", "--no-verify-peer", "--continuation", http + "/hello"))
                .as("more headers than fit into a frame, and than the server takes")
                .isEqualTo("The headers are larger than 16384 bytes");
        assertThat(run("nghttp", "--no-verify-peer", "--window-bits=10", "--padding=200", https + "/big?n=500000"))
                .hasSize(500_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https", "--h1"})
    void h2loadGetsAllAnswers(String kind) throws IOException, InterruptedException {
        String url = (kind.equals("https") ? https : http) + "/hello";
        String[] load = {"h2load", "--requests=5000", "--clients=20", "--max-concurrent-streams=10", url};

        assertThat(run(kind.equals("--h1") ? with(load, kind) : load))
                .contains("5000 succeeded, 0 failed, 0 errored, 0 timeout", "5000 2xx");
    }

    // ------------------------------------------------------------------ Node's, Python's, a browser

    @Test
    void nodesClientsAreServed() throws IOException, InterruptedException {
        assertThat(run("node", Kit.HERE.resolve("clients/client.mjs").toString(), http))
                .endsWith("done\n");
    }

    @Test
    void pythonsClientsAreServed() throws IOException, InterruptedException {
        assertThat(run("python3", Kit.HERE.resolve("clients/client.py").toString(), http))
                .endsWith("done\n");
    }

    @Test
    void chromiumFetchesStreamsAndOpensSockets() throws IOException, InterruptedException {
        assertThat(chromium(http + "/page")).contains("done http/1.1");
        assertThat(chromium(https + "/page")).contains("done h2");
    }

    private static String chromium(String url) throws IOException, InterruptedException {
        return run(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--ignore-certificate-errors",
                "--user-data-dir=" + Files.createTempDirectory(folder, "chromium"),
                "--dump-dom",
                url);
    }

    // ------------------------------------------------------------------ programs

    /// Returns the standard output of a program, which must succeed.
    private static String run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, command[0], ".out");
        Path errors = Files.createTempFile(folder, command[0], ".err");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
        } catch (IOException missing) {
            assumeTrue(false, command[0] + " is missing: " + missing.getMessage());
            throw missing;
        }
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        assertThat(ended).as(() -> command[0] + " ends; " + text(errors)).isTrue();
        assertThat(process.exitValue())
                .as(() -> String.join(" ", command) + "\n" + text(errors))
                .isZero();
        return Files.readString(output, StandardCharsets.ISO_8859_1);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
