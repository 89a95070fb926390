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
import java.util.stream.Stream;

/// The programs of `examples/web`, as a user runs them.
final class WebExamplesTest {
    private static final Path HELLO = Launch.ROOT.resolve("examples/web/Hello.java");
    private static final Path STREAMING = Launch.ROOT.resolve("examples/web/Streaming.java");
    private static final Path SHUTDOWN = Launch.ROOT.resolve("examples/web/Shutdown.java");

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

    @OnBothEngines
    void answersAndBodiesComePieceByPiece(String engine) throws Exception {
        int port = freePort();
        try (Launch.Running streaming =
                        Launch.of("run", STREAMING, port).on(engine).start();
                HttpClient client = HttpClient.newHttpClient()) {
            assertThat(get(client, port, "/countdown").body()).isEqualTo("3\n2\n1\n");
            assertThat(get(client, port, "/items").body()).isEqualTo("""
                {"id":1,"name":"item 1"}
                {"id":2,"name":"item 2"}
                {"id":3,"name":"item 3"}
                """);
            assertThat(get(client, port, "/source").body()).contains("ServerSentEvent");
            HttpRequest upload = request(port, "/upload")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[300_000]))
                    .build();
            assertThat(client.send(upload, HttpResponse.BodyHandlers.ofString()).body())
                    .isEqualTo("{\"bytes\":300000}");

            HttpRequest ticks =
                    request(port, "/ticks").header("Last-Event-ID", "41").build();
            try (Stream<String> lines =
                    client.send(ticks, HttpResponse.BodyHandlers.ofLines()).body()) {
                assertThat(lines.limit(4)).containsExactly("event: tick", "id: 42", "data: tick 42", "");
            }
            streaming.awaitLine("the client has left");
            assertThat(streaming.interrupt().end().exitCode()).isZero();
        }
    }

    @OnBothEngines
    void shutdownAnswersWhatIsUnderWay(String engine) throws Exception {
        int port = freePort();
        try (Launch.Running shutdown =
                        Launch.of("run", SHUTDOWN, port).on(engine).start();
                HttpClient client = HttpClient.newHttpClient()) {
            assertThat(get(client, port, "/nowhere").statusCode()).isEqualTo(404);
            var ticks = client.sendAsync(request(port, "/ticks").build(), HttpResponse.BodyHandlers.ofString());
            var slow = client.sendAsync(request(port, "/slow").build(), HttpResponse.BodyHandlers.ofString());
            shutdown.awaitLine("working");

            shutdown.interrupt();
            assertThat(ticks.join().body()).startsWith("data: tick\n\n").endsWith("\n\n");
            assertThat(slow.join().body()).isEqualTo("\"done\"");
            Launch.Ended ended = shutdown.end();
            assertThat(ended.exitCode()).isZero();
            assertThat(ended.out()).containsExactly("open what is needed", "working", "ticks end", "close it");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    /// Asks until the program has begun to serve.
    private static HttpResponse<String> get(HttpClient client, int port, String path)
            throws IOException, InterruptedException {
        HttpRequest request = request(port, path).build();
        while (true) {
            try {
                return client.send(request, HttpResponse.BodyHandlers.ofString());
            } catch (ConnectException notYet) {
                Thread.onSpinWait();
            }
        }
    }
}
