import static io.asyncio4j.Asyncio.*;

import io.asyncio4j.web.*;
import io.asyncio4j.web.testing.TestClient;

/// A query that blocks stops all requests. One that is asynchronous lets others run.
///
/// Both take a second. After half of it, the log says which path function blocks the loop.
@Get("/blocking")
String blocking() throws InterruptedException {
    IO.println("  query begins");
    Thread.sleep(1000); // the thread waits, and with it the loop
    IO.println("  query ends");
    return "rows";
}

@Get("/asynchronous")
String asynchronous() {
    IO.println("  query begins");
    sleep(seconds(1)); // only the task waits
    IO.println("  query ends");
    return "rows";
}

@Get("/ping")
String ping() {
    IO.println("  ping is answered");
    return "pong";
}

void main() {
    WebApp app = WebApp.create();
    app.routes(this);
    run(() -> {
        try (TestClient client = TestClient.of(app)) {
            for (String query : List.of("/blocking", "/asynchronous")) {
                IO.println(query);
                taskGroup(clients -> {
                    clients.createTask(() -> client.get(query).send());
                    clients.createTask(() -> client.get("/ping").send());
                });
            }
        }
    });
}

// Output:
// /blocking
//   query begins
//   query ends
//   ping is answered
// /asynchronous
//   query begins
//   ping is answered
//   query ends
