package io.asyncio4j.web;

import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.CancelledError;
import io.asyncio4j.Future;
import io.asyncio4j.Generator;
import io.asyncio4j.streams.IncompleteReadException;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.testing.MemoryNetwork;
import io.asyncio4j.testing.Tasks;
import io.asyncio4j.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Clients of HTTP/1.1 that are slow, greedy or gone.
@SuppressWarnings("try") // what is closed early is closed again
final class Http1LimitsTest {
    private static final Limits LIMITS = Limits.defaults()
            .headerTime(seconds(2))
            .bodyPause(seconds(3))
            .idleTime(seconds(4))
            .requestLine(100)
            .headers(256)
            .body(1000);

    private final WebApp app = WebApp.create();
    private final List<String> ends = new ArrayList<>();

    Http1LimitsTest() {
        app.get("/hello", _ -> Response.text("hello"));
        app.post("/echo", request -> Response.text(request.text()));
        app.get("/stuck", _ -> {
            try {
                sleep(Duration.ofDays(1));
                return null;
            } catch (CancelledError cancelled) {
                ends.add(String.valueOf(cancelled.getMessage()));
                throw cancelled;
            }
        });
    }

    @AsyncTest
    void aSlowHeadIsAnsweredWith408(VirtualClock clock) throws IOException {
        try (WebServer _ = Wire.serve(app, LIMITS);
                Wire wire = new Wire()) {
            wire.get("/hello");
            assertThat(wire.answer().brief()).isEqualTo("200 hello");
            sleep(seconds(3));
            wire.send("GET /hello HTTP/1.1\r\n");
            sleep(seconds(1));
            wire.send("Host: h\r\n");
            assertThat(wire.rest()).startsWith("HTTP/1.1 408 ").endsWith("The request took longer than 2 s to come");
            assertThat(clock.elapsed()).isEqualTo(seconds(5));
        }
    }

    @AsyncTest
    void aSlowBodyIsAnsweredWith408(VirtualClock clock) throws IOException {
        try (WebServer _ = Wire.serve(app, LIMITS);
                Wire wire = new Wire()) {
            wire.ask("POST", "/echo", "Content-Length: 10\r\n").send("a");
            sleep(seconds(2));
            wire.send("b");
            assertThat(wire.rest())
                    .startsWith("HTTP/1.1 408 ")
                    .contains("connection: close\r\n")
                    .endsWith("The body has stopped coming");
            assertThat(clock.elapsed()).isEqualTo(seconds(5));
        }
    }

    @AsyncTest
    void aBodyThatComesByteByByteIsAnsweredWith408(VirtualClock clock) throws IOException {
        try (WebServer _ = Wire.serve(app, Limits.defaults());
                Wire wire = new Wire()) {
            wire.ask("POST", "/echo", "Content-Length: 10\r\n").send("a");
            sleep(seconds(29));
            wire.send("b");
            assertThat(wire.rest())
                    .startsWith("HTTP/1.1 408 ")
                    .contains("connection: close\r\n")
                    .endsWith("The body comes too slowly");
            assertThat(clock.elapsed()).isBetween(seconds(30), seconds(30.1));
        }
    }

    @AsyncTest
    void aBodyMayComeAtTheLeastRate() throws IOException {
        try (WebServer _ = Wire.serve(app, Limits.defaults().bodyRate(10));
                Wire wire = new Wire()) {
            wire.ask("POST", "/echo", "Content-Length: 1000\r\n");
            for (int i = 0; i < 10; i++) {
                sleep(seconds(9));
                wire.send("x".repeat(100));
            }
            assertThat(wire.answer().status()).isEqualTo(200);
        }
    }

    @AsyncTest
    void theTimeOfAHandlerThatDoesNotReadIsNotTheClients() throws IOException {
        app.post("/thoughtful", request -> {
            sleep(seconds(600));
            return request.text();
        });
        try (WebServer _ = Wire.serve(app, Limits.defaults());
                Wire wire = new Wire()) {
            wire.ask("POST", "/thoughtful", "Content-Length: 2\r\n").send("a");
            sleep(seconds(620));
            wire.send("b");
            assertThat(wire.answer().brief()).isEqualTo("200 \"ab\"");
        }
    }

    @AsyncTest
    void withoutALeastRateABodyMayTakeAnyTime() throws IOException {
        try (WebServer _ = Wire.serve(app, Limits.defaults().bodyRate(0));
                Wire wire = new Wire()) {
            wire.ask("POST", "/echo", "Content-Length: 5\r\n");
            for (int i = 0; i < 5; i++) {
                sleep(seconds(29));
                wire.send("x");
            }
            assertThat(wire.answer().brief()).isEqualTo("200 xxxxx");
        }
    }

    @AsyncTest
    void anIdleConnectionIsClosed(VirtualClock clock) throws IOException {
        try (WebServer _ = Wire.serve(app, LIMITS);
                Wire used = new Wire()) {
            used.get("/hello");
            assertThat(used.answer().brief()).isEqualTo("200 hello");
            assertThat(used.rest()).isEmpty();
            assertThat(clock.elapsed()).isEqualTo(seconds(4));
        }
    }

    @AsyncTest
    void aClientThatNeverSaysAnythingIsClosed(VirtualClock clock) throws IOException {
        try (WebServer _ = Wire.serve(app, LIMITS);
                Wire silent = new Wire();
                Wire nearlySilent = new Wire()) {
            nearlySilent.send("PR");
            assertThat(silent.rest()).isEmpty();
            assertThat(clock.elapsed()).isEqualTo(seconds(2));
            assertThat(nearlySilent.answer().status()).isEqualTo(408);
            assertThat(clock.elapsed()).isEqualTo(seconds(4));
        }
    }

    @AsyncTest
    void whatIsTooLargeIsRefused() throws IOException {
        try (WebServer _ = Wire.serve(app, LIMITS)) {
            assertThat(refusal("GET /" + "a".repeat(100) + " HTTP/1.1\r\nHost: h\r\n\r\n"))
                    .isEqualTo("414 The request line is longer than 100 bytes");
            assertThat(refusal("GET / HTTP/1.1\r\nHost: h\r\nx: " + "a".repeat(300) + "\r\n\r\n"))
                    .isEqualTo("431 The headers are larger than 256 bytes");
            assertThat(refusal("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\n\r\n"))
                    .isEqualTo("413 The body must not be larger than 1000 bytes");
            assertThat(refusal("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n"))
                    .isEqualTo("413 The body must not be larger than 1000 bytes");
            assertThat(refusal("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n"))
                    .isEqualTo("400 The size of a chunk must be a hexadecimal number");
        }
    }

    private static String refusal(String request) throws IOException {
        try (Wire wire = new Wire()) {
            wire.send(request).get("/hello");
            Wire.Answer answer = wire.answer();
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(wire.rest()).isEmpty();
            return answer.brief();
        }
    }

    @AsyncTest
    void aBodyThatEndsTooEarlyIsRefused() throws IOException {
        try (WebServer _ = Wire.serve(app, LIMITS);
                Wire wire = new Wire()) {
            wire.ask("POST", "/echo", "Content-Length: 10\r\n").send("abc").end();
            assertThat(wire.answer().brief()).isEqualTo("400 The body has ended too early");
        }
    }

    @AsyncTest
    void aFullServerAsksToComeAgain() throws IOException {
        try (WebServer _ = Wire.serve(app, LIMITS.concurrentRequests(1));
                Wire busy = new Wire();
                Wire other = new Wire()) {
            busy.get("/stuck");
            Tasks.waitUntilAllBlocked();
            other.get("/hello");
            Wire.Answer answer = other.answer();
            assertThat(answer.brief()).isEqualTo("503 The server is busy with other requests");
            assertThat(answer.header("retry-after")).isEqualTo("1");
            busy.close();
            sleep(seconds(0.2));
            other.get("/hello");
            assertThat(other.answer().brief()).isEqualTo("200 hello");
        }
    }

    @AsyncTest
    void theHandlerOfAClientThatHasLeftIsCancelled() throws IOException {
        MemoryNetwork network = new MemoryNetwork();
        network.install();
        ServeOptions options = Wire.options().limits(LIMITS).host("web.example").port(80);
        try (WebServer _ = network.host("web.example").run(() -> app.start(options));
                Wire closed = new Wire(Streams.openConnection("web.example", 80));
                Wire reset = new Wire(Streams.openConnection("web.example", 80))) {
            closed.get("/stuck");
            reset.get("/stuck");
            Tasks.waitUntilAllBlocked();
            closed.close();
            sleep(seconds(0.2));
            assertThat(ends).containsExactly("the client has left");
            network.breakConnections("localhost", "web.example");
            Tasks.waitUntilAllBlocked();
            assertThat(ends).containsExactly("the client has left", "the client has left");
        }
    }

    @AsyncTest
    void aRequestThatTakesTooLongIsCancelled(VirtualClock clock) throws IOException {
        Future<@Nullable Void> never = Asyncio.createFuture();
        app.get(
                "/late",
                _ -> new Generator<>(out -> {
                    out.yield("first");
                    never.await();
                }));
        try (WebServer _ = Wire.serve(app, LIMITS.requestTime(seconds(7)));
                Wire wire = new Wire()) {
            wire.get("/stuck").get("/hello");
            Wire.Answer answer = wire.answer();
            assertThat(answer.brief()).isEqualTo("503 The request took too long");
            assertThat(clock.elapsed()).isEqualTo(seconds(7));
            assertThat(ends).containsExactly("the request took longer than PT7S");
            assertThat(wire.answer().brief()).isEqualTo("200 hello");

            wire.get("/late");
            assertThat(wire.rest()).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n8\r\n\"first\"\n\r\n");
            assertThat(clock.elapsed()).isEqualTo(seconds(14));
        }
    }

    @AsyncTest
    void anAnswerThatFailsHalfwayIsSeenToBeTruncated() throws IOException {
        app.get(
                "/broken",
                _ -> Response.stream(new Generator<>(out -> {
                    out.yield(new byte[] {'a'});
                    sleep(seconds(1));
                    throw new IllegalStateException("broken on purpose");
                })));
        app.get("/short", _ -> Response.stream(List.of(new byte[] {'a'}), 2));
        try (WebServer _ = Wire.serve(app, LIMITS);
                Wire chunked = new Wire();
                Wire told = new Wire()) {
            chunked.get("/broken").get("/hello");
            assertThat(chunked.rest()).endsWith("\r\n\r\n1\r\na\r\n");
            told.get("/short").get("/hello");
            assertThatThrownBy(told::answer).isInstanceOf(IncompleteReadException.class);
        }
    }
}
