package io.asyncio4j.benchmarks.http;

import static io.asyncio4j.web.Parameter.body;
import static io.asyncio4j.web.Parameter.path;
import static io.asyncio4j.web.Parameter.query;

import io.asyncio4j.web.Blocking;
import io.asyncio4j.web.Get;
import io.asyncio4j.web.Post;
import io.asyncio4j.web.Response;
import io.asyncio4j.web.ServeOptions;
import io.asyncio4j.web.WebApp;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.sql.SQLException;
import java.util.List;

/// Answers with asyncio4j's web framework: `Asyncio4jHttp PORT FORM`, where the form is
/// `functional`, `annotated`, `plain`, `start` or `start-json`.
///
/// `plain` and `start` have no JSON, and the last two have one or two routes.
final class Asyncio4jHttp {
    private static final String TEXT = "Hello, World!";

    private Asyncio4jHttp() {}

    record Item(
            @Size(min = 1, max = 50) String name,
            @Positive double price,
            @Positive int quantity,
            List<String> tags) {}

    record Answer(long id, String q, String name, double total, List<String> tags) {
        static Answer of(long id, String q, Item item) {
            return new Answer(id, q, item.name, item.price * item.quantity, item.tags);
        }
    }

    record Stored(long id, String q, String name, double total, int stock) {
        static Stored of(long id, String q, Item item, int stock) {
            return new Stored(id, q, item.name, item.price * item.quantity, stock);
        }
    }

    /// Runs it.
    public static void main(String[] arguments) {
        WebApp app = WebApp.create();
        switch (arguments[1]) {
            case "functional" -> functional(app, new Stock());
            case "annotated" -> app.routes(new Plaintext(), new Items(new Stock()));
            case "plain" -> app.get("/plaintext", _ -> Response.text(TEXT));
            case "start" -> app.routes(new Plaintext());
            case "start-json" -> app.routes(new Greetings());
            default -> throw new IllegalArgumentException("No such form: " + arguments[1]);
        }
        app.serve(ServeOptions.defaults().port(Integer.parseInt(arguments[0])).accessLog(false));
    }

    private static void functional(WebApp app, Stock stock) {
        app.get("/plaintext", _ -> Response.text(TEXT));
        app.post("/items/{id}", path("id", long.class), query("q", String.class), body(Item.class), Answer::of);
        app.post(
                        "/stored/{id}",
                        path("id", long.class),
                        query("q", String.class),
                        body(Item.class),
                        (id, q, item) -> Stored.of(id, q, item, stock.of(id)))
                .blocking();
    }

    /// The path function of the plaintext.
    static final class Plaintext {
        @Get("/plaintext")
        Response plaintext() {
            return Response.text(TEXT);
        }
    }

    record Name(@NotBlank String name) {}

    record Greeting(String text) {}

    /// Path functions as most applications have them: JSON, and constraints of a body.
    static final class Greetings {
        @Get("/plaintext")
        Greeting greeting() {
            return new Greeting(TEXT);
        }

        @Post("/greetings")
        Greeting greet(Name name) {
            return new Greeting("Hello, " + name.name() + "!");
        }
    }

    /// The path functions of items.
    static final class Items {
        private final Stock stock;

        Items(Stock stock) {
            this.stock = stock;
        }

        @Post("/items/{id}")
        Answer item(long id, String q, Item item) {
            return Answer.of(id, q, item);
        }

        @Post("/stored/{id}")
        @Blocking
        Stored stored(long id, String q, Item item) throws SQLException, InterruptedException {
            return Stored.of(id, q, item, stock.of(id));
        }
    }
}
