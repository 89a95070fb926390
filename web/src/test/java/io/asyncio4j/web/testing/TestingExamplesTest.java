package io.asyncio4j.web.testing;

import static io.asyncio4j.web.Parameter.given;
import static io.asyncio4j.web.Parameter.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Generator;
import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.web.HttpException;
import io.asyncio4j.web.ServerSentEvent;
import io.asyncio4j.web.WebApp;
import io.asyncio4j.web.WebSocketSession;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The code of the page on testing web applications.
final class TestingExamplesTest {
    private interface Database {
        Item find(int id);
    }

    private record Item(String name, double price) {}

    private static WebApp shop() {
        WebApp app = WebApp.create();
        app.provide(Database.class, _ -> {
            throw new AssertionError("There is no database in a test");
        });
        app.get("/items/{id}", path("id", int.class), given(Database.class), (id, database) -> {
            Item found = database.find(id);
            if (found.name().isEmpty()) {
                throw new HttpException(404, "No such item");
            }
            return found;
        });
        app.post("/items", request -> request.json(Item.class));
        app.get("/broken", _ -> {
            throw new IllegalStateException("Something is wrong");
        });
        app.get("/slow", _ -> {
            Asyncio.sleep(Duration.ofHours(1));
            return "done";
        });
        app.post("/upload", request -> List.of(request.form().names()));
        app.websocket("/echo", TestingExamplesTest::echo);
        app.get(
                "/ticks",
                _ -> new Generator<ServerSentEvent>(out -> {
                    for (int i = 0; i < 3; i++) {
                        Asyncio.sleep(Duration.ofMinutes(1));
                        out.yield(ServerSentEvent.of("tick " + i));
                    }
                }));
        return app;
    }

    private static void echo(WebSocketSession socket) {
        socket.sendText(socket.receiveText());
        socket.close(4000, "enough");
    }

    @Test
    void anItemIsCreated() {
        try (TestClient client = TestClient.of(shop())) {
            TestResponse answer =
                    client.post("/items").json(new Item("nut", 0.5)).send();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json()).isEqualTo(Map.of("name", "nut", "price", 0.5));
            assertThat(answer.json(Item.class)).isEqualTo(new Item("nut", 0.5));
        }
    }

    @Test
    void anItemIsFound() {
        WebApp app = shop();
        app.override(Database.class, _ -> id -> new Item(id == 7 ? "nut" : "", 0.5));
        try (TestClient client = TestClient.of(app)) {
            assertThat(client.get("/items/7").send().json(Item.class).name()).isEqualTo("nut");
            assertThat(client.get("/items/8").send().status()).isEqualTo(404);
        }
    }

    @Test
    void aFormIsSent() {
        try (TestClient client = TestClient.of(shop())) {
            byte[] picture = new byte[10];
            TestResponse answer = client.post("/upload")
                    .header("x-trace", "1")
                    .cookie("session", "abc")
                    .query("page", 2)
                    .form("title", "A nut")
                    .file("picture", "nut.png", "image/png", picture)
                    .send();
            assertThat(answer.text()).contains("picture");
        }
    }

    @Test
    void anHourTakesNoTime() {
        try (TestClient client = TestClient.of(shop())) {
            assertThat(client.get("/slow").send().json()).isEqualTo("done");
        }
    }

    @Test
    void aFailureIsThrown() {
        try (TestClient client = TestClient.of(shop())) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> client.get("/broken").send());

            client.throwFailures(false);
            assertThat(client.get("/broken").send().status()).isEqualTo(500);
        }
    }

    @AsyncTest
    void requestsRunAtTheSameTime() {
        try (TestClient client = TestClient.of(shop())) {
            List<TestResponse> answers = Asyncio.gather(
                            () -> client.get("/slow").send(),
                            () -> client.get("/slow").send())
                    .await();
            assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
        }
    }

    @Test
    void aSocketEchoes() {
        try (TestClient client = TestClient.of(shop());
                TestSocket socket = client.websocket("/echo")) {
            socket.sendText("hello");
            assertThat(socket.receiveText()).isEqualTo("hello");
            assertThat(socket.closeCode()).isEqualTo(4000);
        }
    }

    @Test
    void ticksCome() {
        try (TestClient client = TestClient.of(shop());
                TestEvents ticks = client.events("/ticks")) {
            for (ServerSentEvent tick : ticks) {
                assertThat(tick.data()).startsWith("tick");
            }
        }
    }
}
