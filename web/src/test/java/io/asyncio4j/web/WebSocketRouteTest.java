package io.asyncio4j.web;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.CancelledError;
import io.asyncio4j.Task;
import io.asyncio4j.testing.AsyncTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// WebSockets of an application, in a network in memory.
final class WebSocketRouteTest {
    private static final Logger ERRORS = Logger.getLogger("io.asyncio4j.web");
    private static final String CLOSE = frame(0x88, "\u0003\u00e8");

    private final WebApp app = WebApp.create();
    private final List<String> log = new ArrayList<>();

    /// What the server has logged as failures.
    private final List<String> errors = new ArrayList<>();

    private final Handler collector = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            errors.add(entry.getMessage() + ": " + entry.getThrown());
        }

        @Override
        public void flush() {
            // Nothing is buffered.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    @BeforeEach
    void collectErrors() {
        ERRORS.setUseParentHandlers(false);
        ERRORS.addHandler(collector);
    }

    @AfterEach
    void stopCollecting() {
        ERRORS.removeHandler(collector);
        ERRORS.setUseParentHandlers(true);
    }

    // ------------------------------------------------------------------ a client

    private static Wire shake(Wire wire, String... headers) {
        return wire.get(
                "/ws",
                "Connection: upgrade\r\n",
                "Upgrade: websocket\r\n",
                "Sec-WebSocket-Version: 13\r\n",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
                String.join("", headers));
    }

    private static void open(Wire wire, String... headers) throws IOException {
        assertThat(shake(wire, headers).read("\r\n\r\n")).startsWith("HTTP/1.1 101 ");
    }

    /// Returns a frame with a mask of zeros.
    private static String frame(int first, String payload) {
        return "" + (char) first + (char) (0x80 | payload.length()) + "\0\0\0\0" + payload;
    }

    private static String text(String text) {
        return frame(0x81, text);
    }

    /// Reads a frame of the server with a short payload: its first byte and its text.
    private static String next(Wire wire) throws IOException {
        int first = wire.connection().reader().readExactly(1)[0] & 0xFF;
        int length = wire.connection().reader().readExactly(1)[0];
        byte[] payload = length == 0 ? new byte[0] : wire.connection().reader().readExactly(length);
        String text = new String(payload, StandardCharsets.ISO_8859_1);
        return first == 0x88 && length >= 2
                ? "close " + (text.charAt(0) << 8 | text.charAt(1)) + text.substring(2)
                : Integer.toHexString(first) + " " + text;
    }

    // ------------------------------------------------------------------ before the client is accepted

    private Wire.Answer refused(WebSocketHandler handler) throws IOException {
        app.websocket("/ws", handler);
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            return shake(wire, "Origin: https://evil.example\r\n").answer();
        }
    }

    @AsyncTest
    void aFailureBeforeTheHandshakeIsItsAnswer() throws IOException {
        Wire.Answer answer = refused(_ -> {
            throw new HttpException(401, "Who are you?").header("www-authenticate", "Bearer");
        });
        assertThat(answer.brief()).isEqualTo("401 {\"detail\":\"Who are you?\"}");
        assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
        assertThat(errors).isEmpty();
    }

    @AsyncTest
    void errorHandlersAnswerLikewise() throws IOException {
        app.onError(
                IllegalStateException.class,
                (_, error) -> Response.json(Map.of("sorry", error.getMessage())).status(418));
        Wire.Answer answer = refused(_ -> {
            throw new IllegalStateException("tea");
        });
        assertThat(answer.brief()).isEqualTo("418 {\"sorry\":\"tea\"}");
    }

    @AsyncTest
    void otherFailuresAreLoggedAndToldWithoutInternals() throws IOException {
        Wire.Answer answer = refused(_ -> {
            throw new IllegalStateException("secret");
        });
        assertThat(answer.brief()).isEqualTo("500 Internal Server Error");
        assertThat(errors)
                .containsExactly("Cannot answer request #1, GET /ws: java.lang.IllegalStateException: secret");
    }

    @AsyncTest
    void anOriginCanBeRefused() throws IOException {
        Wire.Answer answer = refused(socket -> {
            if (!"https://shop.example".equals(socket.request().headers().get("origin"))) {
                socket.close();
                return;
            }
            socket.sendText("welcome");
        });
        assertThat(answer.status()).isEqualTo(403);
    }

    // ------------------------------------------------------------------ afterwards

    @AsyncTest
    void messagesComeBack() throws IOException {
        app.websocket("/ws", socket -> socket.texts().forEach(text -> socket.sendText(text + "!")));
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            open(wire);
            wire.send(text("a") + frame(0x89, "p") + text("b") + CLOSE);
            assertThat(List.of(next(wire), next(wire), next(wire), next(wire)))
                    .containsExactly("81 a!", "8a p", "81 b!", "close 1000");
            assertThat(wire.rest()).isEmpty();
        }
        assertThat(errors).isEmpty();
    }

    @AsyncTest
    void aFailureClosesWith1011AndIsLogged() throws IOException {
        app.websocket("/ws", socket -> {
            throw new HttpException(404, socket.receiveText());
        });
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            open(wire);
            wire.send(text("a"));
            assertThat(next(wire)).isEqualTo("close 1011");
            wire.send(CLOSE);
            assertThat(wire.rest()).isEmpty();
        }
        assertThat(errors).hasSize(1).first().asString().contains("HttpException");
    }

    /// Serves a client that leaves without a close frame, and returns what is logged.
    private List<String> errorsWhenTheClientLeaves(WebSocketHandler handler) throws IOException {
        app.websocket("/ws", handler);
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            open(wire);
            sleep(seconds(1));
            wire.connection().writer().abort();
            sleep(seconds(10));
        }
        return errors;
    }

    @AsyncTest
    void aClientThatLeavesIsNoFailure() throws IOException {
        assertThat(errorsWhenTheClientLeaves(WebSocketSession::receiveText)).isEmpty();
    }

    @AsyncTest
    void norForAHandlerThatSends() throws IOException {
        assertThat(errorsWhenTheClientLeaves(socket -> {
                    while (true) {
                        socket.sendText("x");
                        sleep(seconds(1));
                    }
                }))
                .isEmpty();
    }

    @AsyncTest
    void aFailureOfTheHandlerIsLoggedThoughTheClientHasLeft() throws IOException {
        assertThat(errorsWhenTheClientLeaves(socket -> {
                    try {
                        socket.receiveText();
                    } catch (WebSocketClosedException | CancelledError gone) {
                        throw new IOException("the journal is full");
                    }
                }))
                .containsExactly("Cannot answer request #1, GET /ws: java.io.IOException: the journal is full");
    }

    // ------------------------------------------------------------------ bounds

    @AsyncTest
    void aClientIsReadNoFasterThanTheHandlerReceives() throws IOException {
        app.websocket("/ws", socket -> {
            sleep(seconds(60));
            socket.texts().forEach(log::add);
        });
        try (WebServer _ = Wire.serve(app, Limits.defaults().webSocketQueue(4));
                Wire wire = new Wire()) {
            shake(wire);
            sleep(seconds(1));
            String batch = text("x".repeat(100)).repeat(100);
            int batches = 0;
            while (batches < 1000 && wire.connection().writer().pendingBytes() < 1_000_000) {
                wire.send(batch);
                batches++;
                sleep(seconds(0.01));
            }
            assertThat(batches).isBetween(90, 150);
            assertThat(log).isEmpty();
        }
    }

    @AsyncTest
    void aClientThatReadsNothingEndsTheSenderWithinABound() throws IOException {
        AtomicInteger sent = new AtomicInteger();
        app.websocket("/ws", socket -> {
            try {
                while (true) {
                    socket.sendBytes(new byte[100_000]);
                    sent.incrementAndGet();
                }
            } catch (WebSocketClosedException closed) {
                log.add("closed " + closed.code());
            }
        });
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            open(wire);
            sleep(seconds(59));
            assertThat(sent).hasValueLessThan(20);
            assertThat(log).isEmpty();
            sleep(seconds(62));
            assertThat(log).containsExactly("closed 1006");
        }
        assertThat(errors).isEmpty();
    }

    @AsyncTest
    void aPeerThatIsSilentIsNoticedWithinTwoPings() throws IOException {
        app.websocket("/ws", socket -> {
            try {
                socket.receiveText();
            } catch (WebSocketClosedException closed) {
                log.add("closed " + closed.code());
            }
        });
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            open(wire);
            assertThat(next(wire)).isEqualTo("89 ");
            sleep(seconds(19));
            assertThat(log).isEmpty();
            sleep(seconds(2));
            assertThat(log).containsExactly("closed 1006");
        }
    }

    @AsyncTest
    void shutdownTellsTheClient() throws IOException {
        app.websocket("/ws", socket -> {
            assertThatThrownBy(socket::receiveText).hasMessage("The WebSocket is closed with code 1001");
            log.add("tidied up");
        });
        WebServer server = Wire.serve(app);
        try (Wire wire = new Wire()) {
            open(wire);
            Task<?> closing = createTask(server::close);
            assertThat(next(wire)).isEqualTo("close 1001");
            wire.send(frame(0x88, "\u0003\u00e9"));
            closing.await();
            assertThat(log).containsExactly("tidied up");
        }
    }
}
