package io.asyncio4j.web;

import static io.asyncio4j.web.Parameter.body;
import static io.asyncio4j.web.Parameter.given;
import static io.asyncio4j.web.Parameter.path;
import static io.asyncio4j.web.Parameter.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Asyncio;
import io.asyncio4j.testing.AsyncTest;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Path functions with parameters, and what providers make for them. What clients see of values and
/// errors is compared with FastAPI's answers elsewhere.
final class ParametersTest {
    private static final List<String> EVENTS = new ArrayList<>();

    private final WebApp app = WebApp.create();

    private Wire.Answer ask(String method, String target, String body, String... headers) throws IOException {
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            wire.ask(method, target, String.join("", headers) + "content-length: " + body.length() + "\r\n");
            return wire.send(body).answer();
        }
    }

    private Wire.Answer get(String target, String... headers) throws IOException {
        return ask("GET", target, "", headers);
    }

    record Item(
            @Size(min = 1, max = 20) String name,
            @Positive double price,
            @DefaultValue("0.19") double tax,
            Optional<String> note) {}

    static final class Database implements AutoCloseable {
        final String user;

        Database(String user) {
            this.user = user;
            EVENTS.add("open for " + user);
        }

        double priceOf(int id) throws InterruptedException {
            Asyncio.sleep(Duration.ofMillis(20)); // a query; other requests run meanwhile
            return id * 1.5;
        }

        @Override
        public void close() {
            EVENTS.add("close for " + user);
        }
    }

    @Prefix("/shop")
    static final class Shop {
        @Get("/items/{id}")
        Map<String, Object> read(int id, Optional<String> q, Database db) throws InterruptedException {
            return Map.of("id", id, "q", q.orElse("none"), "price", db.priceOf(id));
        }

        @Post("/items")
        @Status(201)
        Item create(Item item) {
            return item;
        }
    }

    static final class Providers {
        @Provides
        Database database(@HeaderParam String user) {
            return new Database(user);
        }
    }

    @AsyncTest
    void annotatedMethodsTakeWhatTheyDeclare() throws IOException {
        EVENTS.clear();
        app.provide(new Providers());
        app.routes(new Shop());
        assertThat(get("/shop/items/4?q=new", "user: ann\r\n").body())
                .contains("\"id\":4", "\"q\":\"new\"", "\"price\":6.0");
        assertThat(EVENTS).containsExactly("open for ann", "close for ann");
        Wire.Answer created = ask(
                "POST", "/shop/items", "{\"name\":\"tea\",\"price\":\"2.5\"}", "content-type: application/json\r\n");
        assertThat(created.brief()).isEqualTo("201 {\"name\":\"tea\",\"price\":2.5,\"tax\":0.19,\"note\":null}");
    }

    @AsyncTest
    void allThatIsWrongIsToldAtOnce() throws IOException {
        app.provide(new Providers());
        app.routes(new Shop());
        Wire.Answer wrong = get("/shop/items/four");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body())
                .contains("[\"header\",\"user\"]", "Field required", "[\"path\",\"id\"]", "int_parsing");
        assertThat(ask("POST", "/shop/items", "{\"price\":0}", "content-type: application/json\r\n")
                        .body())
                .contains("[\"body\",\"name\"]", "[\"body\",\"price\"]", "Input should be greater than 0");
    }

    @AsyncTest
    void functionsTakeDeclaredParameters() throws IOException {
        app.get("/sum/{a}", path("a", int.class), query("b", int.class).orElse(0), (a, b) -> a + b);
        app.get("/all", query("n", int.class).min(1).list(), numbers -> numbers);
        app.post("/items", body(Item.class), Item::name);
        assertThat(get("/sum/3?b=4").brief()).isEqualTo("200 7");
        assertThat(get("/sum/3").brief()).isEqualTo("200 3");
        assertThat(get("/all?n=1&n=2").brief()).isEqualTo("200 [1,2]");
        assertThat(get("/all?n=0").status()).isEqualTo(422);
        assertThat(ask("POST", "/items", "{\"name\":\"tea\",\"price\":1}", "content-type: application/json\r\n")
                        .brief())
                .isEqualTo("200 \"tea\"");
    }

    @AsyncTest
    void credentialsAreParameters() throws IOException {
        app.provide(HttpBearer.class, HttpBearer.create());
        app.get("/me", given(HttpBearer.class), bearer -> bearer.token());
        app.get("/all", given(HttpBearer.class).optional(), bearer -> bearer.isPresent());
        assertThat(get("/me", "authorization: Bearer secret\r\n").brief()).isEqualTo("200 \"secret\"");
        Wire.Answer refused = get("/me");
        assertThat(refused.brief()).isEqualTo("401 {\"detail\":\"Not authenticated\"}");
        assertThat(refused.header("www-authenticate")).isEqualTo("Bearer");
        assertThat(get("/all").brief()).isEqualTo("200 false");
    }

    @AsyncTest
    void whatWasMadeIsClosedInReverseOrderAlsoAfterAFailure() throws IOException {
        EVENTS.clear();
        app.provide(Database.class, _ -> new Database("one"));
        app.provide(AutoCloseable.class, _ -> () -> EVENTS.add("close the other"));
        app.get("/", given(Database.class), given(AutoCloseable.class), (_, _) -> {
            EVENTS.add("call");
            throw new HttpException(409);
        });
        assertThat(get("/").status()).isEqualTo(409);
        assertThat(EVENTS).containsExactly("open for one", "call", "close the other", "close for one");
    }

    @AsyncTest
    void aSharedObjectIsNotClosedAndAnOverrideCounts() throws IOException {
        EVENTS.clear();
        app.share(Database.class, new Database("all"));
        app.get("/", given(Database.class), db -> db.user);
        assertThat(get("/").brief()).isEqualTo("200 \"all\"");
        app.override(Database.class, _ -> new Database("test"));
        assertThat(get("/").brief()).isEqualTo("200 \"test\"");
        assertThat(EVENTS).containsExactly("open for all", "open for test", "close for test");
    }

    @AsyncTest
    void parametersCanBeAskedForInTheCall() throws IOException {
        EVENTS.clear();
        app.provide(new Providers());
        app.get("/{id}", request -> {
            Database first = request.get(Database.class);
            assertThat(request.get(Database.class)).isSameAs(first);
            return request.pathParam("id", int.class) + request.queryParam("n", int.class);
        });
        assertThat(get("/3?n=4", "user: ann\r\n").brief()).isEqualTo("200 7");
        assertThat(EVENTS).containsExactly("open for ann", "close for ann");
        assertThat(get("/3?n=x", "user: ann\r\n").body()).contains("[\"query\",\"n\"]", "int_parsing");
        assertThat(get("/3").body()).contains("[\"header\",\"user\"]");
    }

    static final class Mail {
        @Post("/mail")
        String send(@Body(embed = true) String to, BackgroundTasks background, Request request) {
            background.add(() -> EVENTS.add("sent to " + to));
            return request.path();
        }
    }

    @AsyncTest
    void workIsDoneAfterTheAnswer() throws IOException {
        EVENTS.clear();
        app.routes(new Mail());
        assertThat(ask("POST", "/mail", "{\"to\":\"ann\"}", "content-type: application/json\r\n")
                        .brief())
                .isEqualTo("200 \"/mail\"");
        assertThat(EVENTS).containsExactly("sent to ann");
    }
}
