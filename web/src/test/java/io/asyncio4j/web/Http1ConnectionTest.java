package io.asyncio4j.web;

import static io.asyncio4j.Asyncio.currentTask;
import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Asyncio;
import io.asyncio4j.CallGraph;
import io.asyncio4j.Generator;
import io.asyncio4j.testing.AsyncTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// Messages on a connection of HTTP/1.1, byte by byte.
final class Http1ConnectionTest {
    private static final String HELLO =
            "HTTP/1.1 200 OK\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: 5\r\n\r\nhello";
    private static final String CLOSE = "connection: close\r\n";

    private final WebApp app = WebApp.create();

    Http1ConnectionTest() {
        app.get("/hello", _ -> Response.text("hello"));
        app.get("/slow/{s}", request -> {
            sleep(seconds(Double.parseDouble(request.pathParam("s"))));
            return Response.text("slow " + request.pathParam("s"));
        });
        app.post("/echo", request -> Response.text(request.text()));
        app.post("/ignore", _ -> Response.text("ignored"));
        app.get(
                "/pieces",
                _ -> Response.stream(new Generator<>(out -> {
                    out.yield(bytes("one"));
                    sleep(seconds(1));
                    out.yield(bytes(""));
                    out.yield(bytes("three"));
                })));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @AsyncTest
    void aConnectionIsKept() throws IOException {
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            wire.get("/hello");
            assertThat(wire.read("hello")).isEqualTo(HELLO);
            sleep(seconds(50));
            wire.get("/hello", "Connection: close\r\n");
            assertThat(wire.rest()).isEqualTo(HELLO.replace("\r\n\r\n", "\r\n" + CLOSE + "\r\n"));
        }
    }

    @AsyncTest
    void version10ClosesUnlessAskedNotTo() throws IOException {
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            wire.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(wire.answer().header("connection")).isEqualTo("keep-alive");
            wire.send("GET /pieces HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(wire.rest())
                    .isEqualTo(
                            "HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\n" + CLOSE + "\r\nonethree");
        }
    }

    @AsyncTest
    void requestsAtOnceAreAnsweredInTheirOrder() throws IOException {
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            wire.get("/slow/2").get("/hello").get("/slow/1").get("/hello");
            assertThat(List.of(
                            wire.answer().body(),
                            wire.answer().body(),
                            wire.answer().body(),
                            wire.answer().body()))
                    .containsExactly("slow 2", "hello", "slow 1", "hello");
        }
    }

    @AsyncTest
    void headGetsNoBody() throws IOException {
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            wire.ask("HEAD", "/hello").ask("HEAD", "/pieces").get("/hello", "Connection: close\r\n");
            assertThat(wire.rest())
                    .isEqualTo(HELLO.replace("hello", "")
                            + "HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\n"
                            + "transfer-encoding: chunked\r\n\r\n"
                            + HELLO.replace("\r\n\r\n", "\r\n" + CLOSE + "\r\n"));
        }
    }

    @AsyncTest
    void aBodyWithoutALengthIsSentInChunks() throws IOException {
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            wire.get("/pieces").get("/hello");
            assertThat(wire.read("hello"))
                    .isEqualTo("HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\n"
                            + "transfer-encoding: chunked\r\n\r\n3\r\none\r\n5\r\nthree\r\n0\r\n\r\n" + HELLO);
        }
    }

    @AsyncTest
    void aBodyComesWithALengthOrInChunks() throws IOException {
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            wire.ask("POST", "/echo", "Content-Length: 4\r\n").send("bo");
            sleep(seconds(1));
            wire.send("dy").ask("POST", "/echo", "Transfer-Encoding: chunked\r\n");
            wire.send("1;x\r\na\r\n2\r\nbc\r\n0\r\nt: v\r\n\r\n").get("/hello");
            assertThat(wire.answer().brief()).isEqualTo("200 body");
            assertThat(wire.answer().brief()).isEqualTo("200 abc");
            assertThat(wire.answer().brief()).isEqualTo("200 hello");
        }
    }

    @AsyncTest
    void whoWaitsToBeAskedForTheBodyIsAskedIfItIsRead() throws IOException {
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            wire.ask("POST", "/echo", "Content-Length: 4\r\nExpect: 100-continue\r\n");
            assertThat(wire.read("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            wire.send("body");
            assertThat(wire.answer().brief()).isEqualTo("200 body");
            wire.ask("POST", "/ignore", "Content-Length: 4\r\nExpect: 100-continue\r\n");
            assertThat(wire.rest()).contains(" 200 OK\r\n", CLOSE).endsWith("ignored");
        }
    }

    @AsyncTest
    void aBodyThatNobodyReadsIsDropped() throws IOException {
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            wire.ask("POST", "/ignore", "Content-Length: 100000\r\n");
            assertThat(wire.answer().brief()).isEqualTo("200 ignored");
            wire.send("x".repeat(100_000)).get("/hello");
            assertThat(wire.answer().brief()).isEqualTo("200 hello");
            wire.ask("POST", "/ignore", "Content-Length: 1000000\r\n");
            assertThat(wire.rest()).contains(CLOSE).endsWith("ignored");
        }
    }

    @AsyncTest
    void aHalfClosedClientGetsAQuickAnswer() throws IOException {
        try (WebServer _ = Wire.serve(app);
                Wire quick = new Wire();
                Wire slow = new Wire()) {
            quick.get("/slow/0.05").end();
            assertThat(quick.answer().brief()).isEqualTo("200 slow 0.05");
            slow.get("/slow/0.09").get("/slow/0.09").get("/slow/5").end();
            assertThat(slow.answer().brief()).isEqualTo("200 slow 0.09");
            assertThat(slow.answer().brief()).isEqualTo("200 slow 0.09");
            assertThat(slow.rest()).isEmpty();
        }
    }

    @AsyncTest
    void aTaskIsNamedAfterItsRequestAndIsAChildOfItsConnection() throws IOException {
        AtomicReference<String> name = new AtomicReference<>();
        AtomicReference<CallGraph> graph = new AtomicReference<>();
        app.get("/items/{id}", _ -> {
            sleep(seconds(1));
            name.set(currentTask().name());
            graph.set(Asyncio.captureCallGraph());
            return null;
        });
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            wire.get("/hello").get("/items/7?q");
            assertThat(wire.answer().brief()).isEqualTo("200 hello");
            assertThat(wire.answer().brief()).isEqualTo("200 null");
        }
        assertThat(name.get()).isEqualTo("GET /items/{id} #2");
        assertThat(graph.get().awaitedBy())
                .singleElement()
                .extracting(parent -> parent.future().toString())
                .asString()
                .startsWith("Task['connection with ");
    }
}
