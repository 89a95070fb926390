package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

/// The programs of `examples/web`, as a user runs them.
final class WebExamplesTest {
    private static final Path HELLO = Launch.ROOT.resolve("examples/web/Hello.java");

    @OnBothEngines
    void helloServesUntilCtrlC(String engine) throws Exception {
        int port = freePort();
        try (Launch.Running hello = Launch.of("run", HELLO, port).on(engine).start();
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = get(client, port, "/hello");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("\"hello\"");
            assertThat(get(client, port, "/items/5").body()).isEqualTo("{\"id\":\"5\"}");
            assertThat(get(client, port, "/nowhere").body()).isEqualTo("{\"detail\":\"Not Found\"}");

            assertThat(hello.interrupt().end().exitCode()).isZero();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /// Asks until the program has begun to serve.
    private static HttpResponse<String> get(HttpClient client, int port, String path)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        while (true) {
            try {
                return client.send(request, HttpResponse.BodyHandlers.ofString());
            } catch (ConnectException notYet) {
                Thread.onSpinWait();
            }
        }
    }
}
