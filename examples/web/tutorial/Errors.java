import io.asyncio4j.web.*;

final Map<Integer, String> items = Map.of(1, "tea");

@Get("/items/{id}")
String item(int id) {
    String item = items.get(id);
    if (item == null) {
        throw new HttpException(404, "No item " + id).header("X-Tried", "memory");
    }
    return item;
}

static final class OutOfStock extends RuntimeException {
    final String item;

    OutOfStock(String item) {
        super(item + " is out of stock");
        this.item = item;
    }
}

@Post("/orders/{id}")
String order(int id) {
    throw new OutOfStock(item(id));
}

@Get("/broken")
int broken() {
    return 1 / 0;
}

record Refusal(String reason, List<?> mistakes) {}

void main() {
    WebApp app = WebApp.create();
    app.routes(this);
    app.onError(
            OutOfStock.class,
            (_, error) -> Response.json(Map.of("soldOut", error.item)).status(409));
    app.onError(ValidationException.class, (_, error) -> {
        List<?> places =
                error.errors().stream().map(mistake -> mistake.get("loc")).toList();
        return Response.json(new Refusal("Not understood", places)).status(400);
    });
    app.serve(8000);
}
