import static io.asyncio4j.Asyncio.*;

import io.asyncio4j.web.*;
import jakarta.validation.constraints.*;

record Item(
        @Size(min = 1) String name,
        @Positive double price,
        @DefaultValue("0.19") double tax,
        Optional<String> note) {}

final Map<Integer, Item> items = new TreeMap<>(Map.of(1, new Item("tea", 2.5, 0.19, Optional.empty())));

@Get("/items/{id}")
Item read(int id) {
    Item item = items.get(id);
    if (item == null) {
        throw new HttpException(404, "No item " + id);
    }
    return item;
}

@Get("/items")
List<String> list(Optional<String> q, @Min(1) @Max(100) @DefaultValue("10") int limit) {
    return items.values().stream()
            .map(Item::name)
            .filter(name -> name.contains(q.orElse("")))
            .limit(limit)
            .toList();
}

@Post("/items")
@Status(201)
Item create(Item item) {
    items.put(items.size() + 1, item);
    return item;
}

record User(String name) {}

@Provides
User user(HttpBearer bearer) {
    return new User(bearer.token());
}

@Get("/me")
User me(User user) {
    return user;
}

String load(String name) {
    sleep(seconds(0.1));
    return name + " loaded";
}

@Get("/page")
List<String> page() {
    return await(gather(() -> load("header"), () -> load("body")));
}

@Get("/report")
@Blocking
String report() throws InterruptedException {
    Thread.sleep(100);
    return "done";
}

final List<String> sent = new ArrayList<>();

@Post("/mails/{to}")
String mail(String to, BackgroundTasks tasks) {
    tasks.add(() -> sent.add(to));
    return "on its way";
}

static final class Closed extends RuntimeException {}

@Get("/order")
String order() {
    throw new Closed();
}

@WebSocket("/echo")
void echo(WebSocketSession socket) {
    for (String text : socket.texts()) {
        socket.sendText(text);
    }
}

void main() {
    WebApp app = WebApp.create(WebOptions.defaults().title("Shop"));
    app.provide(HttpBearer.class, HttpBearer.create());
    app.provide(this);
    app.routes(this);
    app.onError(Closed.class, (_, _) -> Response.text("come back tomorrow").status(503));
    app.around((request, next) -> next.handle(request).header("X-Id", request.id()));
    app.around(Cors.create().origins("https://shop.example"));
    app.lifespan(serving -> {
        IO.println("open");
        try {
            serving.run();
        } finally {
            IO.println("close");
        }
    });
    app.serve(8000);
}
