package consumer.web;

import io.asyncio4j.web.Get;
import io.asyncio4j.web.Post;
import io.asyncio4j.web.WebApp;
import io.asyncio4j.web.testing.TestClient;
import io.asyncio4j.web.testing.TestRequest;
import io.asyncio4j.web.testing.TestResponse;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Positive;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Path functions, records as JSON both ways, constraints of the library and of the validator.
final class Main {
    /// Held, as a logger that nobody holds loses its level.
    private static final Logger VALIDATOR = Logger.getLogger("org.hibernate.validator");

    private Main() {}

    record Greeting(@Email String to, int times) {}

    static final class Greetings {
        @Get("/hello/{name}")
        Greeting read(String name, @Positive int times) {
            return new Greeting(name, times);
        }

        @Post("/hello")
        String greet(Greeting greeting) {
            return greeting.to();
        }
    }

    public static void main(String[] arguments) {
        VALIDATOR.setLevel(Level.WARNING); // it tells its version
        WebApp app = WebApp.create();
        app.routes(new Greetings());
        try (TestClient client = TestClient.of(app)) {
            print(client.get("/hello/web").query("times", 2));
            print(client.get("/hello/web").query("times", 0));
            print(client.post("/hello").json(new Greeting("web@example.org", 1)));
            print(client.post("/hello").json(new Greeting("nobody", 1)));
            TestResponse document = client.get("/openapi.json").send();
            System.out.println(document.status() + " " + document.text().contains("\"Greeting\""));
        }
    }

    private static void print(TestRequest request) {
        TestResponse response = request.send();
        String text = response.text().replaceFirst(".*\"msg\":(\"[^\"]*\").*", "$1");
        System.out.println(response.status() + " " + text);
    }
}
