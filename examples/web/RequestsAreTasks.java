import static io.asyncio4j.Asyncio.*;

import io.asyncio4j.EventLoop;
import io.asyncio4j.web.*;
import io.asyncio4j.web.testing.TestClient;

/// A path function is a task. Where it waits for I/O, the loop goes on with the next request.
///
/// Tasks that it creates itself run on the same loop.
final Set<EventLoop> loops = new HashSet<>();

@Get("/items/{id}")
String item(int id) {
    query("item " + id, id);
    return "item " + id;
}

@Get("/summary")
String summary() {
    taskGroup(queries -> {
        queries.createTask("customers", () -> query("customers", 3));
        queries.createTask("orders", () -> query("orders", 1));
    });
    return "summary";
}

void query(String what, int seconds) {
    loops.add(runningLoop());
    IO.println("task '" + currentTask().name() + "' asks for " + what);
    sleep(seconds(seconds)); // the database takes its time
    IO.println("task '" + currentTask().name() + "' has " + what);
}

void main() {
    WebApp app = WebApp.create();
    app.routes(this);
    run(() -> {
        try (TestClient client = TestClient.of(app)) {
            taskGroup(clients -> {
                clients.createTask(() -> client.get("/items/2").send());
                clients.createTask(() -> client.get("/summary").send());
            });
        }
    });
    IO.println("event loops: " + loops.size());
}

// Output:
// task 'GET /items/{id} #1' asks for item 2
// task 'customers' asks for customers
// task 'orders' asks for orders
// task 'orders' has orders
// task 'GET /items/{id} #1' has item 2
// task 'customers' has customers
// event loops: 1
