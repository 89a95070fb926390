import io.asyncio4j.benchmarks.http.Stock;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Answers with Helidon SE: `HelidonServer PORT`.
public final class HelidonServer {
    private static final byte[] TEXT = "Hello, World!".getBytes(StandardCharsets.UTF_8);
    private static final Header TEXT_PLAIN =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");

    public record Item(String name, double price, int quantity, List<String> tags) {
        boolean isValid() {
            return name != null && !name.isEmpty() && name.length() <= 50 && price > 0 && quantity > 0 && tags != null;
        }
    }

    public record Answer(long id, String q, String name, double total, List<String> tags) {}

    public record Stored(long id, String q, String name, double total, int stock) {}

    public static void main(String[] arguments) {
        Stock stock = new Stock();
        WebServer.builder()
                .host("127.0.0.1")
                .port(Integer.parseInt(arguments[0]))
                .backlog(1024)
                .routing(rules -> routes(rules, stock))
                .build()
                .start();
    }

    private static void routes(HttpRules rules, Stock stock) {
        rules.get(
                "/plaintext", (request, response) -> response.header(TEXT_PLAIN).send(TEXT));
        rules.post("/items/{id}", (request, response) -> {
            Item item = item(request);
            if (item == null || !isNumber(request) || !request.query().contains("q")) {
                response.status(Status.BAD_REQUEST_400).send();
                return;
            }
            response.send(new Answer(id(request), q(request), item.name, item.price * item.quantity, item.tags));
        });
        rules.post("/stored/{id}", (request, response) -> {
            Item item = item(request);
            if (item == null || !isNumber(request) || !request.query().contains("q")) {
                response.status(Status.BAD_REQUEST_400).send();
                return;
            }
            long id = id(request);
            response.send(new Stored(id, q(request), item.name, item.price * item.quantity, stock.of(id)));
        });
    }

    private static Item item(ServerRequest request) {
        Item item = request.content().as(Item.class);
        return item.isValid() ? item : null;
    }

    private static boolean isNumber(ServerRequest request) {
        try {
            id(request);
            return true;
        } catch (NumberFormatException wrong) {
            return false;
        }
    }

    private static long id(ServerRequest request) {
        return Long.parseLong(request.path().pathParameters().get("id"));
    }

    private static String q(ServerRequest request) {
        return request.query().get("q");
    }
}
