import static io.asyncio4j.Asyncio.*;

import io.asyncio4j.web.*;
import io.asyncio4j.web.testing.TestClient;

/// The order of the answers is not that of the requests: who waits less is answered earlier.
@Get("/wait/{seconds}")
String answer(int seconds) {
    IO.println("begin " + seconds);
    sleep(seconds(seconds));
    return "waited " + seconds + " s";
}

void main() {
    WebApp app = WebApp.create();
    app.routes(this);
    run(() -> {
        try (TestClient client = TestClient.of(app)) {
            taskGroup(clients -> {
                for (int seconds : List.of(3, 1, 2)) {
                    clients.createTask(() ->
                            IO.println(client.get("/wait/" + seconds).send().json()));
                }
            });
        }
    });
}

// Output:
// begin 3
// begin 1
// begin 2
// waited 1 s
// waited 2 s
// waited 3 s
