package io.asyncio4j.web;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.CancelledError;
import io.asyncio4j.Generator;
import io.asyncio4j.Task;
import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.testing.Tasks;
import io.asyncio4j.testing.VirtualClock;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The end of a server that has clients.
@SuppressWarnings("try") // what is closed early is closed again
final class ShutdownTest {
    private static final ServeOptions OPTIONS = Wire.options().shutdownTimeout(seconds(10));

    private final WebApp app = WebApp.create();
    private final List<String> log = new ArrayList<>();

    ShutdownTest() {
        app.get("/hello", _ -> Response.text("hello"));
        app.get("/slow/{s}", request -> {
            sleep(seconds(Double.parseDouble(request.pathParam("s"))));
            return Response.text("slow");
        });
        app.lifespan(serving -> {
            try {
                serving.run();
            } finally {
                log.add("lifespan");
            }
        });
    }

    private Task<@Nullable Void> close(WebServer server) {
        return createTask("close", () -> {
            server.close();
            log.add("closed");
        });
    }

    @AsyncTest
    void requestsUnderWayAreAnsweredAndNoOthersAreTaken(VirtualClock clock) throws IOException {
        try (WebServer server = Wire.serve(app, OPTIONS);
                Wire idle = new Wire();
                Wire busy = new Wire();
                Wire slow = new Wire()) {
            busy.get("/slow/3").get("/hello");
            slow.send("GET /hello HTTP/1.1\r\n");
            idle.get("/hello");
            assertThat(idle.answer().brief()).isEqualTo("200 hello");

            Task<@Nullable Void> close = close(server);
            assertThat(idle.rest()).isEmpty();
            assertThat(clock.elapsed()).isEqualTo(Duration.ZERO);
            assertThatThrownBy(Wire::new).isInstanceOf(ConnectException.class);
            slow.send("Host: h\r\n\r\n");
            Wire.Answer last = slow.answer();
            assertThat(last.brief()).isEqualTo("200 hello");
            assertThat(last.header("connection")).isEqualTo("close");
            Wire.Answer answer = busy.answer();
            assertThat(answer.brief()).isEqualTo("200 slow");
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(busy.rest()).isEmpty();
            idle.close();
            busy.close();
            slow.close();
            close.await();
            assertThat(clock.elapsed()).isEqualTo(seconds(3));
        }
        assertThat(log).containsExactly("lifespan", "closed");
    }

    @AsyncTest
    void eventsEndAndWebSocketsAreClosed(VirtualClock clock) throws IOException {
        app.get(
                "/events",
                _ -> new Generator<ServerSentEvent>(out -> {
                    out.yield(ServerSentEvent.of("a"));
                    sleep(Duration.ofDays(1));
                }));
        app.websocket("/socket", socket -> {
            try {
                socket.receiveText();
            } catch (WebSocketClosedException closed) {
                log.add("socket " + closed.code());
                throw closed;
            }
        });
        try (WebServer server = Wire.serve(app, OPTIONS);
                Wire events = new Wire();
                Wire socket = new Wire()) {
            events.get("/events");
            socket.get(
                    "/socket",
                    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
            assertThat(socket.read("\r\n\r\n")).startsWith("HTTP/1.1 101 ");
            Tasks.waitUntilAllBlocked();

            Task<@Nullable Void> close = close(server);
            assertThat(events.answer().body()).isEqualTo("data: a\n\n");
            assertThat(events.rest()).isEmpty();
            assertThat(socket.connection().reader().readExactly(4))
                    .inHexadecimal()
                    .containsExactly(0x88, 2, 3, 0xe9);
            socket.send("\u0088\u0082\0\0\0\0\u0003\u00e9");
            assertThat(socket.rest()).isEmpty();
            events.close();
            socket.close();
            close.await();
            assertThat(clock.elapsed()).isEqualTo(Duration.ZERO);
        }
        assertThat(log).containsExactly("socket 1001", "lifespan", "closed");
    }

    @AsyncTest
    void codeAfterAnswersIsWaitedFor(VirtualClock clock) throws IOException {
        app.get(
                "/",
                _ -> Response.text("a").afterwards(() -> {
                    sleep(seconds(5));
                    log.add("afterwards");
                }));
        try (WebServer server = Wire.serve(app, OPTIONS);
                Wire wire = new Wire()) {
            wire.get("/");
            assertThat(wire.answer().brief()).isEqualTo("200 a");
            wire.close();
            server.close();
            assertThat(clock.elapsed()).isEqualTo(seconds(5));
        }
        assertThat(log).containsExactly("afterwards", "lifespan");
    }

    @AsyncTest
    void whatTakesTooLongIsCutAndListed(VirtualClock clock) throws IOException {
        app.get("/stuck/{id}", _ -> {
            try {
                sleep(Duration.ofDays(1));
                return null;
            } catch (CancelledError cancelled) {
                log.add("stuck: " + cancelled.getMessage());
                throw cancelled;
            }
        });
        app.get(
                "/",
                _ -> Response.text("a").afterwards(() -> {
                    try {
                        sleep(Duration.ofDays(1));
                    } catch (CancelledError cancelled) {
                        log.add("afterwards: " + cancelled.getMessage());
                        throw cancelled;
                    }
                }));
        try (LogRecords logged = new LogRecords();
                WebServer server = Wire.serve(app, OPTIONS);
                Wire quick = new Wire();
                Wire stuck = new Wire()) {
            quick.get("/");
            assertThat(quick.answer().brief()).isEqualTo("200 a");
            stuck.get("/stuck/5?secret");
            Tasks.waitUntilAllBlocked();

            Task<@Nullable Void> close = close(server);
            assertThat(stuck.rest()).isEmpty();
            close.await();
            assertThat(clock.elapsed()).isEqualTo(seconds(10));
            assertThat(logged.lines())
                    .containsExactly("WARNING The server ends after PT10S although requests are under way: "
                            + "request #2, GET /stuck/5; request #1, GET /, afterwards");
        }
        assertThat(log).containsExactly("stuck: the server ends", "afterwards: the server ends", "lifespan", "closed");
    }

    @AsyncTest
    void aHandlerThatGoesOnAfterItWasCutLosesItsClient(VirtualClock clock) throws IOException {
        app.get("/stubborn", _ -> {
            try {
                sleep(Duration.ofDays(1));
                return null;
            } catch (CancelledError cut) {
                log.add(String.valueOf(cut.getMessage()));
                sleep(Duration.ofDays(1));
                return null;
            }
        });
        try (LogRecords logged = new LogRecords();
                WebServer server = Wire.serve(app, OPTIONS);
                Wire wire = new Wire()) {
            wire.get("/stubborn");
            Tasks.waitUntilAllBlocked();
            server.close();
            assertThat(clock.elapsed()).isBetween(seconds(11), seconds(12));
            assertThat(logged.lines()).hasSize(1);
        }
        assertThat(log).containsExactly("the server ends", "lifespan");
    }

    @AsyncTest
    void aTaskThatServesShutsDownWhenItIsCancelled() throws IOException {
        try (WebServer server = Wire.serve(app, OPTIONS);
                Wire wire = new Wire()) {
            Task<@Nullable Void> serving = createTask("serving", server::serveForever);
            wire.get("/slow/3");
            Tasks.waitUntilAllBlocked();
            serving.cancel();
            assertThat(wire.answer().brief()).isEqualTo("200 slow");
            wire.close();
            Asyncio.waitAll(List.of(serving));
            assertThat(serving.isCancelled()).isTrue();
        }
        assertThat(log).containsExactly("lifespan");
    }
}
