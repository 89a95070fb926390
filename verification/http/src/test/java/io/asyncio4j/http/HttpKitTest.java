package io.asyncio4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The conformance kit, part by part, against `Server.java`, started as a user starts it.
final class HttpKitTest {
    private static final Path HERE =
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
    private static final Path ROOT = HERE.getParent().getParent();

    /// Times are stretched: the machine may have other work.
    private static final String SLACK = "2";

    /// For a kit that hangs.
    private static final int TIME_LIMIT_MINUTES = 15;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0} on {1} and {2}")
    @CsvSource({
        "http1, carrier, epoll",
        "http2, carrier, epoll",
        "ws, carrier, epoll",
        "stream, carrier, epoll",
        "shutdown, carrier, epoll",
        "http2, baton, nio",
        "ws, baton, nio"
    })
    void noCaseFails(String part, String engine, String io) throws IOException, InterruptedException {
        assumeTrue(hasPython(), "python3 is missing");
        Path output = folder.resolve("output");
        String command = ROOT.resolve("asyncio4j") + " run " + HERE.resolve("Server.java") + " {port}";
        ProcessBuilder kit = new ProcessBuilder(List.of(
                        "python3",
                        HERE.resolve("httpcheck.py").toString(),
                        "--start",
                        command,
                        "--port",
                        String.valueOf(freePort()),
                        "--part",
                        part,
                        "--slack",
                        SLACK))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        kit.environment()
                .putAll(Map.of(
                        "ASYNCIO4J_JAVA_OPTS",
                        "-Xmx512m -Dslack=" + SLACK + " -Dasyncio4j.engine=" + engine + " -Dasyncio4j.io=" + io,
                        "PYTHONDONTWRITEBYTECODE",
                        "1"));
        Process process = kit.start();
        try {
            assertThat(process.waitFor(TIME_LIMIT_MINUTES, TimeUnit.MINUTES))
                    .as("the kit ends")
                    .isTrue();
            assertThat(process.exitValue())
                    .as(() -> text(output).replaceFirst("(?s)^.*\n== ", "== "))
                    .isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 11))")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
