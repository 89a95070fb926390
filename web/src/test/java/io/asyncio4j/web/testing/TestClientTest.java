package io.asyncio4j.web.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.asyncio4j.Asyncio;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Generator;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.web.Cookie;
import io.asyncio4j.web.FormData;
import io.asyncio4j.web.HttpException;
import io.asyncio4j.web.Response;
import io.asyncio4j.web.ServerSentEvent;
import io.asyncio4j.web.UploadFile;
import io.asyncio4j.web.WebApp;
import io.asyncio4j.web.WebSocketClosedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The client for tests, outside of a loop unless a test says otherwise.
final class TestClientTest {
    private final WebApp app = WebApp.create();
    private final TestClient client = TestClient.of(app);
    private final List<String> events = new ArrayList<>();

    @AfterEach
    void close() {
        client.close();
    }

    private record Item(String name, int count) {}

    // ------------------------------------------------------------------ requests

    @Test
    void anAnswerHasStatusHeadersAndBody() {
        app.get("/hello", _ -> Response.text("hello").status(203).header("x-a", "b"));

        TestResponse answer = client.get("/hello").send();

        assertThat(answer.status()).isEqualTo(203);
        assertThat(answer.header("X-A")).isEqualTo("b");
        assertThat(answer.header("none")).isEmpty();
        assertThat(answer.headers().names()).contains("content-type", "content-length", "date");
        assertThat(answer.text()).isEqualTo("hello");
        assertThat(answer.bytes()).hasSize(5);
    }

    @Test
    void jsonGoesBothWays() {
        app.post("/items", request -> request.json(Item.class));

        TestResponse answer = client.post("/items").json(new Item("nut", 3)).send();

        assertThat(answer.json()).isEqualTo(Map.of("name", "nut", "count", 3));
        assertThat(answer.json(Item.class)).isEqualTo(new Item("nut", 3));
    }

    @Test
    void everyMethodIsSent() {
        for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "PURGE")) {
            app.route(method, "/m", request -> request.method());
        }

        assertThat(client.get("/m").send().json()).isEqualTo("GET");
        assertThat(client.post("/m").send().json()).isEqualTo("POST");
        assertThat(client.put("/m").send().json()).isEqualTo("PUT");
        assertThat(client.patch("/m").send().json()).isEqualTo("PATCH");
        assertThat(client.delete("/m").send().json()).isEqualTo("DELETE");
        assertThat(client.request("PURGE", "/m").send().json()).isEqualTo("PURGE");
        assertThat(client.head("/m").send().bytes()).isEmpty();
        assertThat(client.options("/m").send().header("allow")).contains("PATCH");
    }

    @Test
    void headersQueryAndBytesArrive() {
        app.post(
                "/e/{x}",
                request -> List.of(
                        request.headers().all("x-a"),
                        request.query().toString().isEmpty(),
                        request.pathParam("x"),
                        String.valueOf(request.queryParam("q")),
                        request.text()));

        TestResponse answer = client.post("/e/ä b?p=1")
                .header("X-A", "1")
                .header("X-A", "2")
                .query("q", "ö&=+ ")
                .body("raw".getBytes(StandardCharsets.UTF_8))
                .send();

        assertThat(answer.json()).isEqualTo(List.of(List.of("1", "2"), false, "ä b", "ö&=+ ", "raw"));
    }

    @Test
    void formsAreSentWithAndWithoutFiles() {
        app.post("/plain", request -> request.form().get("a"));
        app.post("/files", request -> {
            FormData form = request.form();
            UploadFile file = form.file("f");
            return List.of(form.get("a"), file.name(), file.type(), file.size());
        });

        assertThat(client.post("/plain").form("a", "x&ü").send().json()).isEqualTo("x&ü");
        assertThat(client.post("/files")
                        .form("a", 1)
                        .file("f", "f.txt", "text/plain", new byte[3])
                        .send()
                        .json())
                .isEqualTo(List.of("1", "f.txt", "text/plain", 3));
    }

    @Test
    void aLargeAnswerAndAStreamAreReadToTheirEnd() {
        app.get("/large", _ -> Response.bytes(new byte[1_000_000]));
        app.get(
                "/lines",
                _ -> new Generator<Integer>(out -> {
                    for (int i = 0; i < 3; i++) {
                        out.yield(i);
                    }
                }));

        assertThat(client.get("/large").send().bytes()).hasSize(1_000_000);
        assertThat(client.get("/lines").send().text()).isEqualTo("0\n1\n2\n");
    }

    @Test
    void cookiesAreKeptUntilTheyAreDeleted() {
        app.get("/in", _ -> Response.text("").cookie("a", "1").cookie("b", "2"));
        app.get("/out", _ -> Response.text("").cookie(new Cookie("a", "").maxAge(Duration.ZERO)));
        app.get("/show", request -> String.valueOf(request.headers().get("cookie")));

        client.get("/in").send();
        assertThat(client.get("/show").send().json()).isEqualTo("a=1; b=2");
        assertThat(client.get("/show").cookie("b", "3").send().json()).isEqualTo("a=1; b=3");
        client.get("/out").send();
        assertThat(client.get("/show").send().json()).isEqualTo("b=2");
        client.cookies().clear();
        assertThat(client.get("/show").send().json()).isEqualTo("null");
    }

    @Test
    void redirectsAreNotFollowed() {
        app.get("/a/", _ -> "there");

        TestResponse answer = client.get("/a").send();

        assertThat(answer.status()).isEqualTo(307);
        assertThat(client.get(answer.header("location")).send().json()).isEqualTo("there");
    }

    @Test
    void mistakesInARequestAreToldAtOnce() {
        assertThatIllegalArgumentException().isThrownBy(() -> client.get("items"));
        assertThatIllegalArgumentException().isThrownBy(() -> client.request("A B", "/"));
        assertThatIllegalStateException()
                .isThrownBy(() -> client.post("/").json(1).form("a", 1));
        assertThatIllegalStateException()
                .isThrownBy(() -> client.post("/").form("a", 1).body(new byte[1]));
    }

    // ------------------------------------------------------------------ time and failures

    @Test
    void anHourOfSleepTakesNoTime() {
        app.get("/slow", _ -> {
            Asyncio.sleep(Duration.ofHours(1));
            return "done";
        });

        assertThat(client.get("/slow").send().json()).isEqualTo("done");
    }

    @Test
    void whatNeverAnswersIsGivenUpAfterADay() {
        app.get("/never", _ -> Asyncio.createFuture().await());

        assertThatThrownBy(() -> client.get("/never").send()).isInstanceOf(TimeoutException.class);
    }

    @Test
    void aFailureIsThrownUnlessTheAnswerIsAskedFor() {
        IOException failure = new IOException("broken");
        app.get("/bad", _ -> {
            throw failure;
        });

        assertThatThrownBy(() -> client.get("/bad").send()).isSameAs(failure);
        client.throwFailures(false);
        assertThat(client.get("/bad").send().status()).isEqualTo(500);
    }

    @Test
    void aFailureAmidAnAnswerIsThrown() {
        app.get(
                "/bad",
                _ -> new Generator<Integer>(out -> {
                    out.yield(1);
                    throw new IllegalStateException("amid");
                }));

        assertThatIllegalStateException()
                .isThrownBy(() -> client.get("/bad").send())
                .withMessage("amid");
    }

    @Test
    void anHttpExceptionIsAnAnswer() {
        app.get("/gone", _ -> {
            throw new HttpException(410, "gone");
        });

        assertThat(client.get("/gone").send().json()).isEqualTo(Map.of("detail", "gone"));
    }

    // ------------------------------------------------------------------ lifespan and loop

    private void noteLifespan() {
        app.lifespan(serving -> {
            events.add("open");
            try {
                serving.run();
            } finally {
                events.add("closed");
            }
        });
        app.get("/", _ -> {
            events.add("request");
            return Response.text("").afterwards(() -> {
                Asyncio.sleep(Duration.ofMillis(1));
                events.add("afterwards");
            });
        });
    }

    @Test
    void theLifespanIsAroundTheRequests() {
        noteLifespan();

        client.get("/").send();
        client.close();

        assertThat(events).containsExactly("open", "request", "afterwards", "closed");
        assertThatIllegalStateException().isThrownBy(() -> client.get("/").send());
    }

    @Test
    void aClientThatIsNotUsedOpensNothing() {
        noteLifespan();

        client.close();

        assertThat(events).isEmpty();
    }

    @Test
    void aLifespanThatCannotOpenFailsTheRequest() {
        app.lifespan(_ -> {
            throw new IllegalStateException("no database");
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> client.get("/").send())
                .withMessage("no database");
    }

    @AsyncTest
    void insideOfATaskItUsesThatLoop() {
        app.get(
                "/loop",
                _ -> EventLoop.access().tasks().stream()
                        .anyMatch(task -> task.name().equals("mine")));
        app.get("/slow", _ -> {
            Asyncio.sleep(Duration.ofSeconds(2));
            return "done";
        });
        long start = EventLoop.access().time();
        var mine = Asyncio.createTask("mine", () -> {
            Asyncio.sleep(Duration.ofSeconds(2));
        });

        try (TestClient inside = TestClient.of(app)) {
            assertThat(inside.get("/loop").send().json()).isEqualTo(true);
            Asyncio.gather(
                            () -> inside.get("/slow").send(),
                            () -> inside.get("/slow").send())
                    .await();
            mine.await();
        }

        assertThat(EventLoop.access().time() - start)
                .isEqualTo(Duration.ofSeconds(2).toNanos());
    }

    // ------------------------------------------------------------------ WebSockets

    @Test
    void aWebSocketTalks() {
        app.websocket("/echo", socket -> {
            socket.sendText(socket.receiveText());
            socket.sendBytes(socket.receiveBytes());
            socket.sendJson(socket.receiveJson(Item.class));
            socket.sendJson(List.of(1));
            socket.close(4001, "enough");
        });

        try (TestSocket socket = client.websocket("/echo")) {
            String large = "ä".repeat(40_000);
            socket.sendText(large);
            assertThat(socket.receiveText()).isEqualTo(large);
            socket.sendBytes(new byte[200]);
            assertThat(socket.receiveBytes()).hasSize(200);
            socket.sendJson(new Item("nut", 1));
            assertThat(socket.receiveJson(Item.class)).isEqualTo(new Item("nut", 1));
            assertThat(socket.receiveJson()).isEqualTo(List.of(1));
            assertThatThrownBy(socket::receiveText)
                    .isInstanceOfSatisfying(
                            WebSocketClosedException.class,
                            closed -> assertThat(closed.reason()).isEqualTo("enough"));
            assertThat(socket.closeCode()).isEqualTo(4001);
        }
    }

    @Test
    void theHandlerIsToldOfTheClose() {
        app.websocket("/ws", socket -> {
            socket.accept();
            for (String text : socket.texts()) {
                events.add(text);
            }
            events.add("end");
        });

        try (TestSocket socket = client.websocket("/ws")) {
            socket.sendText("a");
            client.get("/none").send();
        }

        assertThat(events).containsExactly("a", "end");
    }

    @Test
    void aSocketLivesOnWhileARequestTakesAnHour() {
        app.websocket("/ws", socket -> socket.sendText(socket.receiveText()));
        app.get("/slow", _ -> {
            Asyncio.sleep(Duration.ofHours(1));
            return "done";
        });

        try (TestSocket socket = client.websocket("/ws")) {
            client.get("/slow").send();
            socket.sendText("still there");
            assertThat(socket.receiveText()).isEqualTo("still there");
        }
    }

    @Test
    void aRefusedSocketGivesTheAnswer() {
        app.websocket("/no", _ -> {
            throw new HttpException(403, "not you");
        });

        UnexpectedAnswerException refused =
                catchThrowableOfType(UnexpectedAnswerException.class, () -> client.websocket("/no"));

        assertThat(refused.answer().status()).isEqualTo(403);
    }

    @Test
    void aFailureOfAHandlerIsThrown() {
        app.websocket("/bad", socket -> {
            socket.accept();
            throw new IllegalStateException("in the handler");
        });

        TestSocket socket = client.websocket("/bad");

        assertThatIllegalStateException().isThrownBy(socket::receiveText).withMessage("in the handler");
        assertThat(socket.closeCode()).isEqualTo(1011);
    }

    // ------------------------------------------------------------------ server-sent events

    @Test
    void eventsAreReadOneByOne() {
        app.get(
                "/ticks",
                _ -> new Generator<ServerSentEvent>(out -> {
                    out.yield(ServerSentEvent.of("a\nb").id("1").event("tick").retry(Duration.ofSeconds(1)));
                    Asyncio.sleep(Duration.ofMinutes(5));
                    out.yield(ServerSentEvent.of(""));
                }));

        try (TestEvents ticks = client.events("/ticks")) {
            assertThat(ticks)
                    .containsExactly(
                            ServerSentEvent.of("a\nb").id("1").event("tick").retry(Duration.ofSeconds(1)),
                            ServerSentEvent.of(""));
            assertThat(ticks.next()).isNull();
        }
    }

    @Test
    void anEndlessStreamEndsWhenItIsClosed() {
        app.get(
                "/ticks",
                _ -> new Generator<ServerSentEvent>(out -> {
                    try {
                        for (int i = 0; ; i++) {
                            out.yield(ServerSentEvent.of("" + i));
                            Asyncio.sleep(Duration.ofSeconds(1));
                        }
                    } finally {
                        events.add("ended");
                    }
                }));

        try (TestEvents ticks = client.events("/ticks")) {
            assertThat(ticks.next()).isEqualTo(ServerSentEvent.of("0"));
            assertThat(ticks.next()).isEqualTo(ServerSentEvent.of("1"));
        }
        client.close();

        assertThat(events).containsExactly("ended");
    }

    @Test
    void whatIsNoStreamOfEventsGivesTheAnswer() {
        assertThatThrownBy(() -> client.events("/none"))
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining("404");
    }
}
