package io.asyncio4j.web;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Generator;
import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.Signals;
import io.asyncio4j.streams.Streams;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A program that uses what most applications use, once, and ends: the JVM notes which classes it
/// loads, so that `asyncio4j serve` starts faster the next time.
final class Rehearsal {
    private static final int ROUNDS = 20;
    private static final String ITEM =
            "{\"name\":\"a\",\"mail\":\"a@b.de\",\"price\":1.5,\"color\":\"RED\",\"tags\":[\"x\"]}";

    private Rehearsal() {}

    enum Color {
        RED,
        GREEN
    }

    record Item(
            @NotBlank String name,
            @Email String mail,
            @Positive double price,
            Optional<Color> color,
            @Nullable Instant since,
            @Size(max = 9) List<String> tags,
            @DefaultValue("1") int count) {}

    static final class Paths {
        @Get("/items/{id}")
        Item read(int id, Optional<String> q, @HeaderParam Optional<String> userAgent) {
            return new Item("i" + id + q.orElse(""), "a@b.de", 1.5, Optional.empty(), Instant.EPOCH, List.of(), 1);
        }

        @Post("/items")
        @Status(201)
        Item create(Item item) {
            return item;
        }

        @Get("/lines")
        Generator<Map<String, Integer>> lines() {
            return new Generator<>(out -> out.yield(Map.of("a", 1)));
        }
    }

    static void main() throws IOException {
        WebApp app = WebApp.create();
        app.routes(new Paths());
        app.get("/ping", _ -> "pong");
        app.get("/text/{name}", request -> Response.text(request.pathParam("name")));
        Asyncio.run(() -> {
            try (Signals.Registration _ = Signals.on("INT", () -> {});
                    WebServer server = app.start(ServeOptions.defaults().port(0))) {
                for (int i = 0; i < ROUNDS; i++) {
                    askAll(server.port());
                }
            }
        });
    }

    private static void askAll(int port) throws IOException {
        for (String path :
                List.of("/ping", "/text/a", "/items/5?q=b", "/items/no", "/lines", "/none", "/openapi.json", "/docs")) {
            ask(port, "GET " + path + " HTTP/1.1\r\nHost: h\r\nUser-Agent: r\r\nConnection: close\r\n\r\n");
        }
        for (String body : List.of(ITEM, "{\"name\":\"\",\"price\":-1}", "no JSON")) {
            ask(
                    port,
                    "POST /items HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: "
                            + body.length() + "\r\nConnection: close\r\n\r\n" + body);
        }
    }

    private static void ask(int port, String request) throws IOException {
        try (Connection connection = Streams.openConnection("127.0.0.1", port)) {
            connection.writer().write(request.getBytes(StandardCharsets.UTF_8));
            connection.reader().readAll();
        }
    }
}
