import io.asyncio4j.web.*;
import jakarta.validation.constraints.Positive;

record Item(int id, String name) {}

record Problem(String detail) {}

@Get("/items/{id}")
@Tags("items")
@Summary("Find an item")
@Description("The items of *all* shops, by their number.")
@Responds(status = 404, body = Problem.class, description = "There is no such item")
Item find(@Positive int id) {
    throw new HttpException(404, "No item " + id);
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
    app.serve(8000);
}
