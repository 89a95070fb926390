package io.asyncio4j.web;

import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Generator;
import io.asyncio4j.testing.AsyncTest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

final class WebAppTest {
    private final WebApp app = WebApp.create();
    private final List<String> log = new ArrayList<>();

    private record Item(int id, String name) {}

    private Wire.Answer ask(String method, String target, String... headersAndBody) throws IOException {
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            return wire.ask(method, target, headersAndBody).answer();
        }
    }

    private Wire.Answer get(String target, String... headers) throws IOException {
        return ask("GET", target, headers);
    }

    private Wire.Answer answerFor(Handler handler) throws IOException {
        WebApp one = WebApp.create();
        one.get("/", handler);
        try (WebServer _ = Wire.serve(one);
                Wire wire = new Wire()) {
            return wire.get("/").answer();
        }
    }

    // ------------------------------------------------------------------ results

    private void assertAnswer(Handler handler, String type, String body) throws IOException {
        Wire.Answer answer = answerFor(handler);
        assertThat(answer.brief()).isEqualTo(body);
        assertThat(answer.header("content-type")).isEqualTo(type);
    }

    @AsyncTest
    void resultsBecomeAnswersByTheirType() throws IOException {
        String json = "application/json";
        assertAnswer(_ -> "a\"", json, "200 \"a\\\"\"");
        assertAnswer(_ -> new Item(5, "b"), json, "200 {\"id\":5,\"name\":\"b\"}");
        assertAnswer(_ -> Map.of("a", List.of(1, true)), json, "200 {\"a\":[1,true]}");
        assertAnswer(_ -> null, json, "200 null");
        assertAnswer(_ -> new byte[] {65}, "application/octet-stream", "200 A");
        assertAnswer(_ -> Response.html("<p>").status(202), "text/html; charset=utf-8", "202 <p>");
        assertAnswer(_ -> Response.text("a").type("text/csv"), "text/csv", "200 a");
        assertAnswer(_ -> Response.empty(), "", "204");
        assertThat(answerFor(_ -> Response.redirect("/x?y")).header("location")).isEqualTo("/x?y");
    }

    @AsyncTest
    void generatorsBecomeStreamsByTheirFirstItem() throws IOException {
        assertAnswer(
                _ -> items(new Item(1, "a"), "b", null),
                "application/jsonl",
                "200 {\"id\":1,\"name\":\"a\"}\n\"b\"\nnull\n");
        assertAnswer(_ -> items(new byte[] {65}, new byte[] {66}), "application/octet-stream", "200 AB");
        assertAnswer(_ -> items(), "application/octet-stream", "200");
        assertAnswer(
                _ -> items(ServerSentEvent.of("a\nb").event("e").id("7").retry(seconds(1)), ServerSentEvent.of("")),
                "text/event-stream; charset=utf-8",
                "200 event: e\nid: 7\nretry: 1000\ndata: a\ndata: b\n\ndata: \n\n");
        assertThat(log).containsExactly("closed", "closed", "closed", "closed");
    }

    private Generator<Object> items(Object... items) {
        return new Generator<>(out -> {
            try {
                for (Object item : items) {
                    out.yield(item);
                }
            } finally {
                log.add("closed");
            }
        });
    }

    @AsyncTest
    void eventsArePingedWhileThereAreNone() throws IOException {
        Wire.Answer answer = answerFor(_ -> Response.events(
                new Generator<>(out -> {
                    sleep(seconds(2.5));
                    out.yield(ServerSentEvent.of("a"));
                }),
                seconds(1)));
        assertThat(answer.body()).isEqualTo(": ping\n\n: ping\n\ndata: a\n\n");
        assertThat(answer.header("cache-control")).isEqualTo("no-cache");
    }

    private static boolean isInLoop() {
        try {
            return Asyncio.runningLoop().isRunning();
        } catch (IllegalStateException outside) {
            return false;
        }
    }

    @AsyncTest
    void aBlockingHandlerRunsElsewhere() throws IOException {
        app.get("/", _ -> isInLoop()).blocking();
        app.get("/loop", _ -> isInLoop());
        assertThat(get("/").brief()).isEqualTo("200 false");
        assertThat(get("/loop").brief()).isEqualTo("200 true");
    }

    // ------------------------------------------------------------------ requests

    @AsyncTest
    void aRequestKnowsWhatTheClientSent() throws IOException {
        app.get(
                "/a b",
                request -> Arrays.asList(
                        request.method(),
                        request.path(),
                        request.url(),
                        request.queryString(),
                        request.query(),
                        request.queryParam("x"),
                        request.queryParam("none"),
                        request.cookies(),
                        request.headers().all("n"),
                        request.id()));
        assertThat(get("/a%20b?x=1&x=%32+3&&y", "Cookie: a=1; b=c=d\r\n", "n: 1\r\n", "N: 2\r\n")
                        .body())
                .isEqualTo("[\"GET\",\"/a b\",\"http://h/a%20b?x=1&x=%32+3&&y\",\"x=1&x=%32+3&&y\","
                        + "{\"x\":[\"1\",\"2 3\"],\"y\":[\"\"]},\"2 3\",null,{\"a\":\"1\",\"b\":\"c=d\"},[\"1\",\"2\"],"
                        + "\"1\"]");
    }

    @AsyncTest
    void aBodyIsReadInSeveralWays() throws IOException {
        app.post("/json", request -> request.json(Item.class).name());
        app.post("/twice", request -> request.text() + request.text());
        app.post("/stream", request -> {
            StringBuilder pieces = new StringBuilder();
            request.stream().forEach(piece -> pieces.append(new String(piece, StandardCharsets.UTF_8)));
            assertThatThrownBy(request::bytes)
                    .hasMessage("The body was read by stream() already; read it one way only");
            return pieces.toString();
        });
        String json = "{\"id\":1,\"name\":\"n\"}";
        assertThat(ask("POST", "/json", "Content-Length: 19\r\n", "\r\n" + json).brief())
                .isEqualTo("200 \"n\"");
        assertThat(ask("POST", "/json", "Content-Length: 1\r\n", "\r\n{").brief())
                .isEqualTo("422 {\"detail\":\"The body is not the JSON that is expected\"}");
        assertThat(ask("POST", "/twice", "Content-Length: 1\r\n", "\r\na").brief())
                .isEqualTo("200 \"aa\"");
        assertThat(ask("POST", "/stream", "Transfer-Encoding: chunked\r\n", "\r\n1\r\na\r\n1\r\nb\r\n0\r\n")
                        .brief())
                .isEqualTo("200 \"ab\"");
        assertThat(ask("POST", "/stream", "Transfer-Encoding: chunked\r\n", "\r\nx\r\n")
                        .status())
                .isEqualTo(400);
    }

    // ------------------------------------------------------------------ headers

    @AsyncTest
    void cookiesAreSet() throws IOException {
        Wire.Answer answer = answerFor(_ -> Response.empty()
                .cookie("a", "1")
                .cookie(new Cookie("b", "2")
                        .maxAge(Duration.ZERO)
                        .path("/p")
                        .secure(true)
                        .httpOnly(true)
                        .sameSite("None")));
        assertThat(answer.headers().all("set-cookie"))
                .containsExactly(
                        "a=1; Path=/; SameSite=lax", "b=2; Max-Age=0; Path=/p; Secure; HttpOnly; SameSite=none");
        assertThatThrownBy(() -> new Cookie("a", "b;c"))
                .hasMessage("The value of the cookie 'a' has a character that may not stand there; encode it, such as"
                        + " with Base64");
    }

    @AsyncTest
    void aHeaderCannotBeSplit() throws IOException {
        assertThatThrownBy(() -> Response.empty().header("x", "a\r\nSet-Cookie: b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The header 'x' must not have the character U+000D at index 1 of its value"
                        + " 'a\\u000d\\u000aSet-Cookie: b'; encode it, such as with percent signs");
        assertThatThrownBy(() -> Response.empty().header("x: y\n", ""))
                .hasMessage("The name of a header must be of letters, digits and some of !#$%&'*+-.^_`|~, but is"
                        + " 'x: y\\u000a'");
        Wire.Answer answer = answerFor(_ -> Response.text("four")
                .header("content-length", "1000")
                .header("Transfer-Encoding", "gzip")
                .header("connection", "close"));
        assertThat(answer.brief()).isEqualTo("200 four");
        assertThat(answer.headers().names()).containsExactly("date", "content-type", "content-length");
    }

    // ------------------------------------------------------------------ failures

    @AsyncTest
    void aFailureTellsNothingOfTheInside() throws IOException {
        Wire.Answer answer = answerFor(_ -> {
            throw new IllegalStateException("secret");
        });
        assertThat(answer.brief()).isEqualTo("500 Internal Server Error");
        assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=utf-8");
    }

    @AsyncTest
    void anAnswerCanBeThrown() throws IOException {
        Wire.Answer answer = answerFor(_ -> {
            throw new HttpException(403, Map.of("why", "no")).header("x-reason", "r");
        });
        assertThat(answer.brief()).isEqualTo("403 {\"detail\":{\"why\":\"no\"}}");
        assertThat(answer.header("x-reason")).isEqualTo("r");
        assertThat(answerFor(_ -> {
                            throw new HttpException(403);
                        })
                        .brief())
                .isEqualTo("403 {\"detail\":\"Forbidden\"}");
        assertThat(answerFor(_ -> {
                            throw new HttpException(304, "x");
                        })
                        .brief())
                .isEqualTo("304");
        assertThatThrownBy(() -> new HttpException(199, ""))
                .hasMessage("The status of an answer must be from 200 to 599, but is 199");
    }

    @AsyncTest
    void theNearestErrorHandlerAnswers() throws IOException {
        app.onError(
                IOException.class,
                (_, error) -> Response.text("io " + error.getMessage()).status(502));
        app.onError(
                Exception.class,
                (request, _) -> Response.text("any " + request.path()).status(503));
        app.onError(HttpException.class, (_, error) -> Response.text("mine").status(error.status()));
        app.get("/file", _ -> {
            throw new FileNotFoundException("f");
        });
        app.get("/state", _ -> {
            throw new IllegalStateException();
        });
        app.get("/http", _ -> {
            throw new HttpException(418, "");
        });
        assertThat(get("/file").brief()).isEqualTo("502 io f");
        assertThat(get("/state").brief()).isEqualTo("503 any /state");
        assertThat(get("/http").brief()).isEqualTo("418 mine");
    }
}
