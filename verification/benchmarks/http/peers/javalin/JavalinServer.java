import io.asyncio4j.benchmarks.http.Stock;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.util.List;

/// Answers with Javalin, on virtual threads: `JavalinServer PORT`.
public final class JavalinServer {
    private static final String TEXT = "Hello, World!";

    public record Item(String name, double price, int quantity, List<String> tags) {}

    public record Answer(long id, String q, String name, double total, List<String> tags) {}

    public record Stored(long id, String q, String name, double total, int stock) {}

    public static void main(String[] arguments) {
        Stock stock = new Stock();
        Javalin.create(config -> {
                    config.concurrency.useVirtualThreads = true;
                    config.startup.showJavalinBanner = false;
                    config.routes.get("/plaintext", JavalinServer::plaintext);
                    config.routes.post("/items/{id}", context -> {
                        long id = context.pathParamAsClass("id", Long.class).get();
                        String q = context.queryParamAsClass("q", String.class).get();
                        Item item = item(context);
                        context.json(new Answer(id, q, item.name, item.price * item.quantity, item.tags));
                    });
                    config.routes.post("/stored/{id}", context -> {
                        long id = context.pathParamAsClass("id", Long.class).get();
                        String q = context.queryParamAsClass("q", String.class).get();
                        Item item = item(context);
                        context.json(new Stored(id, q, item.name, item.price * item.quantity, stock.of(id)));
                    });
                })
                .start("127.0.0.1", Integer.parseInt(arguments[0]));
    }

    private static void plaintext(Context context) {
        context.contentType("text/plain; charset=utf-8").result(TEXT);
    }

    private static Item item(Context context) {
        return context.bodyValidator(Item.class)
                .check(
                        item -> item.name() != null
                                && !item.name().isEmpty()
                                && item.name().length() <= 50,
                        "name")
                .check(item -> item.price() > 0, "price")
                .check(item -> item.quantity() > 0, "quantity")
                .check(item -> item.tags() != null, "tags")
                .get();
    }
}
