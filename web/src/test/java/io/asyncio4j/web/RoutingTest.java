package io.asyncio4j.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.testing.AsyncTest;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoutingTest {
    private static final Handler NONE = _ -> null;

    private final WebApp app = WebApp.create();

    private Wire.Answer ask(String method, String target, String... headers) throws IOException {
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            wire.ask(method, target, headers);
            return method.equals("HEAD") ? wire.answerToHead() : wire.answer();
        }
    }

    private static Handler text(String text) {
        return _ -> Response.text(text);
    }

    @AsyncTest
    void theFirstRouteThatFitsAnswers() throws IOException {
        app.get("/a/me", text("me"));
        app.get("/a/{id}", request -> Response.text("a " + request.pathParam("id")));
        app.get("/b/{id}", request -> Response.text("b " + request.pathParam("id")));
        app.get("/b/me", text("never"));
        app.get("/{one}/{two}", text("any"));
        assertThat(ask("GET", "/a/me").brief()).isEqualTo("200 me");
        assertThat(ask("GET", "/a/you").brief()).isEqualTo("200 a you");
        assertThat(ask("GET", "/b/me").brief()).isEqualTo("200 b me");
        assertThat(ask("GET", "/c/me").brief()).isEqualTo("200 any");
    }

    @AsyncTest
    void aPathThatNoRouteHasIsNotFound() throws IOException {
        app.get("/a", NONE);
        for (String path : new String[] {"/", "/A", "/ab", "//a"}) {
            Wire.Answer answer = ask("GET", path);
            assertThat(answer.brief()).isEqualTo("404 {\"detail\":\"Not Found\"}");
            assertThat(answer.header("content-type")).isEqualTo("application/json");
        }
        assertThat(ask("OPTIONS", "/b").status()).isEqualTo(404);
        assertThat(ask("GET", "/%61?q=1").status()).isEqualTo(200);
    }

    @AsyncTest
    void otherMethodsOfAPathAreTold() throws IOException {
        app.get("/a", NONE);
        app.post("/{any}", NONE);
        app.websocket("/a", _ -> {});
        Wire.Answer answer = ask("PUT", "/a");
        assertThat(answer.brief()).isEqualTo("405 {\"detail\":\"Method Not Allowed\"}");
        assertThat(answer.header("allow")).isEqualTo("GET, POST, HEAD");
        assertThat(ask("get", "/a").status()).isEqualTo(405);

        Wire.Answer options = ask("OPTIONS", "/a");
        assertThat(options.brief()).isEqualTo("204");
        assertThat(options.header("allow")).isEqualTo("GET, POST, HEAD");
        assertThat(ask("OPTIONS", "*").brief()).isEqualTo("204");
    }

    @AsyncTest
    void headAndOptionsMayHaveRoutesOfTheirOwn() throws IOException {
        app.get("/a", text("get"));
        assertThat(ask("HEAD", "/a").header("content-length")).isEqualTo("3");
        app.head("/a", text("a head"));
        app.options("/a", text("options"));
        assertThat(ask("HEAD", "/a").header("content-length")).isEqualTo("6");
        assertThat(ask("OPTIONS", "/a").brief()).isEqualTo("200 options");
    }

    @AsyncTest
    void aPathOfAWebSocketAsksForAnUpgrade() throws IOException {
        app.websocket("/ws", _ -> {});
        Wire.Answer answer = ask("GET", "/ws");
        assertThat(answer.brief()).isEqualTo("426 {\"detail\":\"This is a WebSocket\"}");
        app.get("/page", NONE);
        assertThat(ask("GET", "/page", "Connection: upgrade\r\nUpgrade: websocket\r\n")
                        .status())
                .isEqualTo(405);
    }

    @AsyncTest
    void aPathThatFitsButForASlashIsRedirected() throws IOException {
        app.get("/a", NONE);
        app.get("/files/{rest:path}", NONE);
        Wire.Answer without = ask("GET", "/a//?x=%20");
        assertThat(without.status()).isEqualTo(307);
        assertThat(without.header("location")).endsWith("/a?x=%20");
        assertThat(without.header("content-type")).isEmpty();
        assertThat(ask("GET", "/files").header("location")).endsWith("/files/");
        assertThat(ask("DELETE", "/a/").status()).as("whatever the method").isEqualTo(307);
    }

    @AsyncTest
    void parametersAreDecoded() throws IOException {
        app.get(
                "/{a}/x/{b}.txt",
                request -> Response.text(request.pathParam("a") + "|" + request.pathParam("b") + "|" + request.path()));
        app.get("/files/{rest:path}", request -> Response.text(request.pathParam("rest")));
        assertThat(ask("GET", "/a%20+/x/%41%7Bb.txt").body()).isEqualTo("a +|A{b|/a +/x/A{b.txt");
        assertThat(ask("GET", "/%c3%a4/x/1.txt").body()).startsWith("\u00c3\u00a4|1|");
        assertThat(ask("GET", "/files/a/b%2Fc").body()).isEqualTo("a/b/c");
        assertThat(ask("GET", "/files/").brief()).isEqualTo("200");
        assertThat(ask("GET", "/%zz/x/%.txt").body())
                .as("what is no code stays")
                .startsWith("%zz|%|");
    }

    @AsyncTest
    void routersAreIncludedWithAPrefix() throws IOException {
        Router inner = Router.create();
        inner.post("/{id}", request -> request.pathParam("id")).status(201);
        Router outer = Router.create();
        outer.include("/items", inner);
        app.include("/api", outer);
        assertThat(ask("POST", "/api/items/5").brief()).isEqualTo("201 \"5\"");
        assertThat(app.toString()).isEqualTo("WebApp[POST /api/items/{id}]");
    }

    @Test
    void aRouteIsAddedOnce() {
        app.get("/a", NONE);
        app.post("/a", NONE);
        Router router = Router.create();
        router.get("/a", NONE);
        assertThatThrownBy(() -> app.get("/a", NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is a route for GET /a already; remove one of them");
        assertThatThrownBy(() -> app.include(router))
                .hasMessage("There is a route for GET /a already; remove one of them");
        app.include("/b", router);
        assertThatThrownBy(() -> app.include("b", router))
                .hasMessage("A prefix must begin with a slash and not end with one, but is 'b'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a|The path of a route must begin with a slash, but is 'a'",
                "/{a}/{a}|The path '/{a}/{a}' has the parameter 'a' twice",
                "/{a|The path '/{a' has a brace that belongs to no parameter; a parameter is {name} or {name:path}",
                "/{a:int}|The path '/{a:int}' has a parameter of the kind 'int'; the only one is 'path'"
            })
    void aMalformedPathIsRefused(String path, String message) {
        assertThatThrownBy(() -> app.get(path, NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
