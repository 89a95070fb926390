package io.asyncio4j.web;

import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Generator;
import io.asyncio4j.testing.AsyncTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers and bodies that come piece by piece, and server-sent events.
final class StreamingTest {
    private static final int LARGE = 10_000_000;

    private final WebApp app = WebApp.create();
    private final List<String> log = new ArrayList<>();

    private interface Script {
        void run(Wire wire) throws IOException;
    }

    private void against(Handler handler, Script script) throws IOException {
        app.get("/", handler);
        app.post("/", handler);
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            script.run(wire);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    // ------------------------------------------------------------------ server-sent events

    private Generator<ServerSentEvent> numbered(int from, Duration pause) {
        return new Generator<>(out -> {
            try {
                for (int id = from; ; id++) {
                    sleep(pause);
                    out.yield(ServerSentEvent.of("event " + id).id("" + id));
                }
            } finally {
                log.add("closed");
            }
        });
    }

    @AsyncTest
    void silenceIsBrokenByACommentEvery15Seconds() throws IOException {
        against(_ -> Response.events(numbered(1, seconds(40))), wire -> {
            wire.get("/");
            assertThat(wire.read("\r\n\r\n")).contains("content-type: text/event-stream");
            for (String expected : List.of(": ping\n\n", ": ping\n\n", "id: 1\ndata: event 1\n\n", ": ping\n\n")) {
                wire.read("\r\n");
                assertThat(wire.read("\r\n")).isEqualTo(expected + "\r\n");
            }
        });
    }

    @AsyncTest
    void aClientThatComesBackGoesOnWhereItWas() throws IOException {
        against(
                request -> {
                    String last = request.headers().get("last-event-id");
                    return Response.events(numbered(last == null ? 1 : Integer.parseInt(last) + 1, seconds(1)));
                },
                wire -> {
                    wire.get("/", "Last-Event-ID: 41\r\n").read("\r\n\r\n");
                    wire.read("\r\n");
                    assertThat(wire.read("\r\n")).startsWith("id: 42\n");
                });
    }

    @AsyncTest
    void theGeneratorIsClosedWhenTheClientLeaves() throws IOException {
        against(_ -> Response.events(numbered(1, seconds(1000))), wire -> {
            wire.get("/").read("\r\n\r\n");
            sleep(seconds(1));
            assertThat(log).isEmpty();
            wire.connection().writer().abort();
            sleep(seconds(1));
            assertThat(log).containsExactly("closed");
        });
    }

    @AsyncTest
    void andWhenAClientThatHasReadNothingLeaves() throws IOException {
        against(_ -> Response.events(numbered(1, Duration.ZERO)), wire -> {
            wire.get("/").read("\r\n\r\n");
            sleep(seconds(20));
            assertThat(log).isEmpty();
            wire.connection().writer().abort();
            sleep(seconds(1));
            assertThat(log).containsExactly("closed");
        });
    }

    @AsyncTest
    void everyKindOfLineEndMakesALineOfData() {
        ServerSentEvent event = ServerSentEvent.of("a\nb\rc\r\nd\n");
        assertThat(event.text()).isEqualTo("data: a\ndata: b\ndata: c\ndata: d\ndata: \n\n");
        assertThat(ServerSentEvent.of("").text()).isEqualTo("data: \n\n");
    }

    @AsyncTest
    void allFieldsAreSent() {
        ServerSentEvent event = ServerSentEvent.of("x").event("tick").id("7").retry(seconds(2.5));
        assertThat(event.text()).isEqualTo("event: tick\nid: 7\nretry: 2500\ndata: x\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "\r\ndata: forged", "a\0"})
    void aFieldOfOneLineHasNoOther(String text) {
        assertThatThrownBy(() -> ServerSentEvent.of("x").event(text))
                .hasMessage("The type of an event must be one line without NUL, but is '" + text + "'");
        assertThatThrownBy(() -> ServerSentEvent.of("x").id(text))
                .hasMessage("The identifier of an event must be one line without NUL, but is '" + text + "'");
    }

    @AsyncTest
    void aTimeToComeBackIsNotNegative() {
        assertThatThrownBy(() -> ServerSentEvent.of("x").retry(seconds(-1)))
                .hasMessage("The time after which a client comes back must not be negative, but is PT-1S");
    }

    // ------------------------------------------------------------------ failures

    private Generator<byte[]> failing() {
        return new Generator<>(out -> {
            out.yield(bytes("first"));
            sleep(seconds(1));
            throw new IllegalStateException("broken");
        });
    }

    /// Returns the body of an answer that is cut, as far as it comes.
    private String cut(Response response) throws IOException {
        StringBuilder came = new StringBuilder();
        against(_ -> response, wire -> {
            wire.get("/").read("\r\n\r\n");
            assertThatThrownBy(() -> {
                        while (true) {
                            came.append((char) wire.connection().reader().readExactly(1)[0]);
                        }
                    })
                    .isInstanceOf(IOException.class);
        });
        return came.toString();
    }

    @AsyncTest
    void aStreamThatFailsIsCutAndHasNoEnd() throws IOException {
        assertThat(cut(Response.stream(failing()))).isEqualTo("5\r\nfirst\r\n");
    }

    @AsyncTest
    void soIsOneOfAKnownLength() throws IOException {
        assertThat(cut(Response.stream(failing(), 10))).isEqualTo("first");
    }

    @AsyncTest
    void soIsOneWhoseGeneratorEndsTooEarly() throws IOException {
        Generator<byte[]> tooShort = new Generator<>(out -> {
            out.yield(bytes("first"));
            sleep(seconds(1));
        });
        assertThat(cut(Response.stream(tooShort, 10))).isEqualTo("first");
    }

    @AsyncTest
    void soAreEvents() throws IOException {
        Generator<ServerSentEvent> events = new Generator<>(out -> {
            out.yield(ServerSentEvent.of("x"));
            sleep(seconds(1));
            throw new IllegalStateException("broken");
        });
        assertThat(cut(Response.events(events))).isEqualTo("9\r\ndata: x\n\n\r\n");
    }

    // ------------------------------------------------------------------ as fast as the other side

    @AsyncTest
    void aGeneratorIsAskedAsFastAsTheClientReads() throws IOException {
        AtomicInteger pieces = new AtomicInteger();
        against(
                _ -> Response.stream(new Generator<>(out -> {
                    for (int i = 0; i < LARGE / 10_000; i++) {
                        pieces.incrementAndGet();
                        out.yield(new byte[10_000]);
                    }
                })),
                wire -> {
                    wire.get("/").read("\r\n\r\n");
                    sleep(seconds(30));
                    assertThat(pieces.get()).isBetween(5, 100);
                });
    }

    @AsyncTest
    void aClientUploadsAsFastAsTheHandlerReads() throws IOException {
        against(
                request -> {
                    long size = 0;
                    for (byte[] piece : request.stream()) {
                        size += piece.length;
                        if (size == piece.length) {
                            sleep(seconds(10));
                        }
                    }
                    return size;
                },
                wire -> {
                    wire.ask("POST", "/", "Content-Length: " + LARGE + "\r\n");
                    wire.send("x".repeat(LARGE));
                    sleep(seconds(5));
                    assertThat(wire.connection().writer().pendingBytes()).isGreaterThan(LARGE - 500_000);
                    assertThat(wire.answer().brief()).isEqualTo("200 " + LARGE);
                });
    }

    @AsyncTest
    void jsonLinesGoOutOneByOne() throws IOException {
        against(
                _ -> new Generator<>(out -> {
                    for (int i = 1; i <= 2; i++) {
                        out.yield(List.of(i));
                        sleep(seconds(60));
                    }
                }),
                wire -> {
                    assertThat(wire.get("/").read("\r\n\r\n")).contains("content-type: application/jsonl\r\n");
                    assertThat(wire.read("\n\r\n")).isEqualTo("4\r\n[1]\n\r\n");
                    assertThat(wire.read("\n\r\n")).isEqualTo("4\r\n[2]\n\r\n");
                });
    }
}
