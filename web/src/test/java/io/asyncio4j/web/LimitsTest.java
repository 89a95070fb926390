package io.asyncio4j.web;

import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.timeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.TimeoutException;
import io.asyncio4j.testing.AsyncTest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// The limits as options, and those of a whole server. Slow and greedy clients of HTTP/1.1:
/// [Http1LimitsTest].
final class LimitsTest {
    private static final Limits DEFAULTS = Limits.defaults();

    private final WebApp app = WebApp.create();

    LimitsTest() {
        app.get("/hello", _ -> Response.text("hello"));
    }

    // ------------------------------------------------------------------ options

    @Test
    void theDefaultsAreThoseOfThePage() {
        assertThat(List.of(DEFAULTS.requestLine(), DEFAULTS.headers(), DEFAULTS.headerCount(), DEFAULTS.body()))
                .hasToString("[8192, 16384, 100, 16777216]");
        assertThat(List.of(DEFAULTS.headerTime(), DEFAULTS.bodyPause(), DEFAULTS.writePause(), DEFAULTS.idleTime()))
                .hasToString("[PT10S, PT30S, PT1M, PT1M]");
        assertThat(DEFAULTS.requestTime()).isNull();
        assertThat(List.of(DEFAULTS.connections(), DEFAULTS.concurrentRequests(), DEFAULTS.http2Streams()))
                .hasToString("[20000, 10000, 100]");
        assertThat(DEFAULTS.bodyRate()).isEqualTo(240);
        assertThat(List.of(DEFAULTS.webSocketMessage(), DEFAULTS.webSocketQueue(), DEFAULTS.webSocketPing()))
                .hasToString("[1048576, 16, PT20S]");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        Map<String, BiFunction<Limits, Integer, Limits>> withers = Map.of(
                "size of a request line must be from 64 to 65536", Limits::requestLine,
                "size of the headers must be from 256 to 1048576", Limits::headers,
                "number of headers must be from 8 to 10000", Limits::headerCount,
                "rate of a body must be from 0 to 100000000", Limits::bodyRate,
                "number of connections must be from 1 to 2147483647", Limits::connections,
                "number of requests at once must be from 1 to 2147483647", Limits::concurrentRequests,
                "number of HTTP/2 streams must be from 1 to 10000", Limits::http2Streams,
                "size of a WebSocket message must be from 125 to 2147483647", Limits::webSocketMessage,
                "number of waiting WebSocket messages must be from 1 to 100000", Limits::webSocketQueue);
        withers.forEach((what, wither) -> {
            String[] words = what.split(" ", -1);
            int most = Integer.parseInt(words[words.length - 1]);
            int least = Integer.parseInt(words[words.length - 3]);
            assertRefused(() -> wither.apply(DEFAULTS, least - 1), "The " + what + ", but is " + (least - 1));
            assertThat(wither.apply(wither.apply(DEFAULTS, least), most)).isNotSameAs(DEFAULTS);
            if (most < Integer.MAX_VALUE) {
                assertRefused(() -> wither.apply(DEFAULTS, most + 1), "The " + what + ", but is " + (most + 1));
            }
        });
        assertRefused(() -> DEFAULTS.body(-1), "The size of a body must not be negative, but is -1");
        assertThat(DEFAULTS.body(0).body()).isZero();
    }

    @Test
    void timesOutOfRangeAreRefused() {
        Map<String, BiFunction<Limits, Duration, Limits>> withers = Map.of(
                "time for headers", Limits::headerTime,
                "pause within a body", Limits::bodyPause,
                "pause within an answer", Limits::writePause,
                "time of an idle connection", Limits::idleTime,
                "time for a request", Limits::requestTime,
                "time between two pings", Limits::webSocketPing);
        withers.forEach((what, wither) -> {
            String range = "The " + what + " must be positive, and 36500 days at most, but is ";
            assertRefused(() -> wither.apply(DEFAULTS, Duration.ZERO), range + "PT0S");
            assertRefused(() -> wither.apply(DEFAULTS, Duration.ofSeconds(-1)), range + "PT-1S");
            assertRefused(() -> wither.apply(DEFAULTS, Duration.ofDays(36_501)), range + "PT876024H");
            assertThat(wither.apply(DEFAULTS, Duration.ofDays(36_500))).isNotSameAs(DEFAULTS);
        });
        Limits limited = DEFAULTS.requestTime(seconds(1));
        assertThat(limited.requestTime(null).requestTime()).isNull();
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void everyValueIsKeptByTheOtherWithers() {
        Limits all = DEFAULTS.requestLine(65)
                .headers(257)
                .headerCount(9)
                .body(3)
                .headerTime(seconds(1))
                .bodyPause(seconds(2))
                .bodyRate(12)
                .writePause(seconds(3))
                .idleTime(seconds(4))
                .requestTime(seconds(5))
                .connections(6)
                .concurrentRequests(7)
                .http2Streams(8)
                .webSocketMessage(126)
                .webSocketQueue(10)
                .webSocketPing(seconds(11))
                .requestLine(66);
        List<Function<Limits, Object>> accessors = List.of(
                Limits::requestLine,
                Limits::headers,
                Limits::headerCount,
                Limits::body,
                Limits::headerTime,
                Limits::bodyPause,
                Limits::bodyRate,
                Limits::writePause,
                Limits::idleTime,
                Limits::requestTime,
                Limits::connections,
                Limits::concurrentRequests,
                Limits::http2Streams,
                Limits::webSocketMessage,
                Limits::webSocketQueue,
                Limits::webSocketPing);
        assertThat(accessors.stream().map(accessor -> accessor.apply(all)).toList())
                .hasToString("[66, 257, 9, 3, PT1S, PT2S, 12, PT3S, PT4S, PT5S, 6, 7, 8, 126, 10, PT11S]");
    }

    // ------------------------------------------------------------------ reached

    @AsyncTest
    void tooManyHeadersAreRefused() throws IOException {
        try (WebServer _ = Wire.serve(app, DEFAULTS.headerCount(8));
                Wire wire = new Wire()) {
            wire.get("/hello", "a: 1\r\n".repeat(7));
            assertThat(wire.answer().brief()).isEqualTo("200 hello");
            wire.get("/hello", "a: 1\r\n".repeat(8));
            assertThat(wire.answer().brief()).isEqualTo("431 There are more than 8 headers");
            assertThat(wire.rest()).isEmpty();
        }
    }

    @AsyncTest
    @SuppressWarnings("try") // closed early
    void aFurtherConnectionWaitsUntilOneEnds() throws IOException {
        try (WebServer _ = Wire.serve(app, DEFAULTS.connections(1));
                Wire first = new Wire()) {
            assertThat(first.get("/hello").answer().brief()).isEqualTo("200 hello");
            try (Wire second = new Wire()) {
                second.get("/hello");
                assertThatThrownBy(() -> timeout(seconds(5), () -> second.answer()))
                        .isInstanceOf(TimeoutException.class);
                first.close();
                assertThat(second.answer().brief()).isEqualTo("200 hello");
            }
        }
    }

    @AsyncTest
    void aClientThatTakesNothingIsCut() throws IOException {
        app.get("/large", _ -> Response.bytes(new byte[8 << 20]));
        try (WebServer _ = Wire.serve(app, DEFAULTS.writePause(seconds(3)));
                Wire wire = new Wire()) {
            wire.get("/large");
            sleep(seconds(7));
            assertThatThrownBy(wire::answer).isInstanceOf(IOException.class);
        }
    }

    @AsyncTest
    void aClientThatIsSlowIsNotCut() throws IOException {
        app.get("/large", _ -> Response.bytes(new byte[1 << 20]));
        try (WebServer _ = Wire.serve(app, DEFAULTS.writePause(seconds(10)));
                Wire wire = new Wire()) {
            wire.get("/large");
            wire.read("\r\n\r\n");
            for (int i = 0; i < 16; i++) {
                sleep(seconds(2));
                assertThat(wire.connection().reader().readExactly(1 << 16)).hasSize(1 << 16);
            }
        }
    }

    @AsyncTest
    void aBodyThatNobodyReadsIsDroppedUpToALimit() throws IOException {
        app.post("/unread", _ -> Response.text("enough"));
        try (WebServer _ = Wire.serve(app)) {
            assertThat(afterBodyOf(200 << 10)).isEqualTo("200 enough, 200 hello");
            assertThat(afterBodyOf(2 << 20)).isEqualTo("200 enough, closed");
        }
    }

    private static String afterBodyOf(int size) throws IOException {
        try (Wire wire = new Wire()) {
            wire.ask("POST", "/unread", "Content-Length: " + size + "\r\n");
            String first = wire.answer().brief();
            try {
                wire.send("x".repeat(size)).get("/hello");
                return first + ", " + wire.answer().brief();
            } catch (IOException closed) {
                return first + ", closed";
            }
        }
    }
}
