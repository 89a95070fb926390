import static io.asyncio4j.web.Parameter.query;

import io.asyncio4j.web.*;
import jakarta.validation.constraints.Positive;

record Item(int id, String name) {}

record Problem(String detail) {}

record Order(
        @Example("Green tea") String item,
        @Positive @Example("2") int count) {}

@Get("/items/{id}")
@Tags("items")
@Summary("Find an item")
@Description("The items of *all* shops, by their number.")
@Responds(status = 404, body = Problem.class, description = "There is no such item")
Item find(@Positive int id) {
    throw new HttpException(404, "No item " + id);
}

@Post("/orders")
Order order(
        @Example(name = "usual", value = "{\"item\": \"Nuts\", \"count\": 1}")
                @Example(name = "none", summary = "Refused: too few", value = "{\"item\": \"Nuts\", \"count\": 0}")
                Order order) {
    return order;
}

@Get("/old/{id}")
@Deprecated
@OperationId("findOldItem")
Item old(int id) {
    return find(id);
}

@Get("/internal")
@Hidden
String internal() {
    return "not in the documentation";
}

void main() {
    WebOptions options = WebOptions.defaults()
            .title("Shop")
            .version("2.1.0")
            .description("Tea and nuts")
            .openApiPath("/api.json")
            .docsPath("/help");
    WebApp app = WebApp.create(options);
    app.routes(this);
    app.get("/ping", _ -> "pong").tags("health").summary("Is it alive?");
    app.get("/double", query("n", int.class).example(21), n -> 2 * n);
    app.serve(8000);
}
