import static io.asyncio4j.Asyncio.*;

import io.asyncio4j.web.*;
import io.asyncio4j.web.testing.TestClient;

/// Work after the answer holds nobody up: neither the client nor the next request. The server waits
/// for it when it ends.
void send(String to) {
    sleep(seconds(1));
    IO.println("mail to " + to + " is sent");
}

@Post("/mails/{to}")
String mail(String to, BackgroundTasks background) {
    background.add(() -> send(to));
    return "accepted for " + to;
}

void main() {
    WebApp app = WebApp.create();
    app.routes(this);
    run(() -> {
        try (TestClient client = TestClient.of(app)) {
            IO.println(client.post("/mails/ann").send().json());
            IO.println(client.post("/mails/bob").send().json());
            IO.println("the server ends");
        }
        IO.println("it has ended");
    });
}

// Output:
// accepted for ann
// accepted for bob
// the server ends
// mail to ann is sent
// mail to bob is sent
// it has ended
