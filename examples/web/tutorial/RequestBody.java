import io.asyncio4j.web.*;

record Item(
        String name, double price, @DefaultValue("0.19") double tax, Optional<String> note) {}

@Post("/items")
Item create(Item item) {
    return item;
}

record Change(int id, boolean inform, Item item) {}

@Put("/items/{id}")
Change change(int id, @DefaultValue("false") boolean inform, Item item) {
    return new Change(id, inform, item);
}

record Customer(String name) {}

record Order(Item item, Customer customer, int count) {}

@Post("/orders")
Order order(Item item, Customer customer, @Body int count) {
    return new Order(item, customer, count);
}

@Post("/names")
String name(@Body(embed = true) String name) {
    return name;
}

void main() {
    WebApp app = WebApp.create();
    app.routes(this);
    app.serve(8000);
}
