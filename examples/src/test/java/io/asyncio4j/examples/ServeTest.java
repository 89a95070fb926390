package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./asyncio4j serve`.
final class ServeTest {
    @TempDir
    private Path folder;

    private Path program(String answer) throws IOException {
        return Files.writeString(folder.resolve("App.java"), """
            import io.asyncio4j.web.*;

            void main() {
                WebApp app = WebApp.create();
                app.get("/", request -> Response.text(%s));
                app.serve(8000);
            }
            """.formatted(answer));
    }

    private Launch serve(Object... arguments) {
        return Launch.of(arguments).with("ASYNCIO4J_AOT", "off");
    }

    /// Asks on a connection of its own: an older version answers on those that it has.
    private static String get(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    @Test
    void theCommandsPortPrecedesTheProgramsAndCtrlCEndsIt() throws Exception {
        try (Launch.Running running =
                serve("serve", program("\"hello\""), "--port", 0).start()) {
            String service = running.awaitValue("  Service  ");
            assertThat(running.awaitValue("  Docs     ")).isEqualTo(service + "/docs");
            assertThat(get(service)).isEqualTo("hello");
            assertThat(running.interrupt().end().exitCode()).isZero();
        }
    }

    @Test
    void aChangeIsServed() throws Exception {
        try (Launch.Running running =
                serve("serve", program("\"one\""), "--port", 0, "--reload").start()) {
            String service = running.awaitValue("  Service  ");
            assertThat(get(service)).isEqualTo("one");
            program("\"two\"");
            running.awaitLine("asyncio4j serves the new App.java");
            assertThat(get(service)).isEqualTo("two");
            assertThat(running.interrupt().end().exitCode()).isZero();
        }
    }

    @Test
    void whatDoesNotCompileOrStartLeavesTheVersionBeforeInPlace() throws Exception {
        Path file = program("\"one\"");
        try (Launch.Running running =
                serve("serve", file, "--port", 0, "--reload").startWithErrors()) {
            String service = running.awaitValue("  Service  ");
            program("\"broken");
            running.awaitLine("asyncio4j: " + file + " does not compile; the version before goes on serving");
            assertThat(get(service)).isEqualTo("one");
            Files.writeString(file, """
                import io.asyncio4j.web.*;

                void main() {
                    throw new IllegalStateException("no such database");
                }
                """);
            running.awaitLine("asyncio4j: " + file + " cannot be started; the version before goes on serving");
            assertThat(get(service)).isEqualTo("one");
            Files.delete(file);
            program("\"two\"");
            running.awaitLine("asyncio4j serves the new App.java");
            assertThat(get(service)).isEqualTo("two");
            Launch.Ended ended = running.interrupt().end();
            assertThat(ended.exitCode()).isZero();
            assertThat(ended.out())
                    .contains("java.lang.IllegalStateException: no such database")
                    .anyMatch(line -> line.endsWith("App.java:5: error: unclosed string literal"));
        }
    }

    @Test
    void severalWorkersShareThePort() throws Exception {
        Path file = program("Thread.currentThread().isVirtual() + \"\"");
        try (Launch.Running running =
                serve("serve", file, "--port=0", "--workers=2").start()) {
            String service = running.awaitValue("  Service  ");
            assertThat(get(service)).isEqualTo("true");
            assertThat(running.interrupt().end().exitCode()).isZero();
        }
    }
}
