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

/// The burger shop of `examples/burgers`, started by its one command. Its own tests are beside it.
final class BurgersTest {
    private static final Path BURGERS = Launch.ROOT.resolve("examples/burgers/burgers");

    @OnBothEngines
    void oneCommandOpensTheShop(String engine) throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (Launch.Running shop = Launch.of(BURGERS, port, "jdbc:h2:mem:test;MODE=PostgreSQL")
                        .on(engine)
                        .start();
                HttpClient client = HttpClient.newHttpClient()) {
            shop.awaitLine("The shop is open at http://127.0.0.1:" + port + "/ and its API at http://127.0.0.1:" + port
                    + "/docs. Ctrl-C closes it.");
            URI orders = URI.create("http://127.0.0.1:" + port + "/orders");
            HttpRequest order = HttpRequest.newBuilder(orders)
                    .header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"customer\": \"Ann\"}"))
                    .build();

            HttpResponse<String> answer = send(client, order);

            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.body())
                    .startsWith(
                            "{\"number\":1,\"customer\":\"Ann\",\"burger\":\"GRILLED\",\"counter\":\"CONCURRENT\",");
            Launch.Ended ended = shop.interrupt().end();
            assertThat(ended.exitCode()).isZero();
            assertThat(ended.err()).doesNotContain("Exception", "SEVERE");
        }
    }
    /// Asks until the shop has begun to serve.
    private static HttpResponse<String> send(HttpClient client, HttpRequest request)
            throws IOException, InterruptedException {
        while (true) {
            try {
                return client.send(request, HttpResponse.BodyHandlers.ofString());
            } catch (ConnectException notYet) {
                Thread.onSpinWait();
            }
        }
    }
}
