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

    private final HttpClient client = HttpClient.newHttpClient();

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

    private String get(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
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
    void aChangeIsServedAndWhatDoesNotCompileOrStartIsNot() throws Exception {
        try (Launch.Running running =
                serve("serve", program("\"one\""), "--port", 0, "--reload").start()) {
            String service = running.awaitValue("  Service  ");
            assertThat(get(service)).isEqualTo("one");
            program("\"two\"");
            running.awaitLine("asyncio4j serves the new App.java");
            assertThat(get(service)).isEqualTo("two");
            program("\"broken");
            program("\"three\"");
            running.awaitLine("asyncio4j serves the new App.java");
            assertThat(get(service)).isEqualTo("three");
            assertThat(running.interrupt().end().exitCode()).isZero();
        }
    }
}
