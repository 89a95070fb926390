package io.asyncio4j.web.websocket;

import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.Asyncio.timeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.asyncio4j.CancelledError;
import io.asyncio4j.Task;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.testing.VirtualTime;
import io.asyncio4j.web.Headers;
import io.asyncio4j.web.Limits;
import io.asyncio4j.web.WebSocketClosedException;
import io.asyncio4j.web.WebSocketHandler;
import io.asyncio4j.web.WebSocketSession;
import io.asyncio4j.web.http.RequestHead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A socket that other tasks than its handler's use as well.
final class SharedSocketTest {
    private final MemoryExchange exchange = new MemoryExchange(Headers.empty());
    private final List<WebSocketSession> sockets = new ArrayList<>();

    private Task<@Nullable Void> serve(WebSocketHandler handler) {
        return createTask("request", () -> {
            exchange.serve(Limits.defaults(), socket -> {
                sockets.add(socket);
                handler.handle(socket);
            });
        });
    }

    private static int codeOf(Runnable use) {
        WebSocketClosedException closed = catchThrowableOfType(WebSocketClosedException.class, use::run);
        return closed.code();
    }

    @Test
    void aBlockedHandlerEndsAlthoughAnotherTaskHasNoticedTheEnd() {
        VirtualTime.Result<@Nullable Void> result = VirtualTime.run(() -> {
            Task<@Nullable Void> request = serve(socket -> {
                socket.accept();
                createFuture().await();
            });
            sleep(Duration.ZERO);
            exchange.send(ClientFrames.close(4001));
            assertThat(exchange.next()).isEqualTo("close:4001 ");
            assertThat(codeOf(() -> sockets.getFirst().sendText("x"))).isEqualTo(4001);
            assertThatThrownBy(request::await).hasMessageContaining("the client has left");
        });
        assertThat(result.elapsed()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aBlockedHandlerEndsWhenAnotherTaskCloses() {
        VirtualTime.Result<@Nullable Void> result = VirtualTime.run(() -> {
            Task<@Nullable Void> request = serve(socket -> {
                socket.accept();
                createFuture().await();
            });
            sleep(Duration.ZERO);
            sockets.getFirst().close(1008, "out");
            assertThat(exchange.next()).isEqualTo("close:1008 out");
            assertThatThrownBy(request::await).hasMessageContaining("the client has left");
        });
        assertThat(result.elapsed()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aHandlerThatHasClosedMayTakeItsTime() {
        VirtualTime.Result<@Nullable Void> result = VirtualTime.run(() -> {
            Task<@Nullable Void> request = serve(socket -> {
                socket.accept();
                socket.close();
                sleep(Duration.ofSeconds(10));
            });
            request.await();
        });
        assertThat(result.elapsed()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void theEndIsNoFailureOfTheHandlersTasks() {
        VirtualTime.run(() -> {
            Task<@Nullable Void> request = serve(socket -> taskGroup(tasks -> {
                tasks.createTask(() -> {
                    while (true) {
                        socket.receiveText();
                    }
                });
                socket.accept();
                createFuture().await();
            }));
            sleep(Duration.ZERO);
            exchange.send(ClientFrames.close(1000));
            assertThat(exchange.next()).isEqualTo("close:1000 ");
            assertThatCode(request::await).doesNotThrowAnyException();
        });
    }

    @Test
    void aSocketThatWasNeverUsedIsClosedAfterwards() {
        VirtualTime.run(() -> {
            serve(_ -> {}).await();
            assertThat(exchange.status).isEqualTo(403);
            assertThat(codeOf(() -> sockets.getFirst().receiveText())).isEqualTo(1006);
            assertThat(codeOf(() -> sockets.getFirst().sendText("x"))).isEqualTo(1006);
        });
    }

    @Test
    void tasksThatReceiveGetTheirMessagesInTurn() {
        VirtualTime.run(() -> {
            List<String> log = new ArrayList<>();
            Task<@Nullable Void> request = serve(socket -> taskGroup(tasks -> {
                for (String name : List.of("a", "b")) {
                    tasks.createTask(() -> {
                        for (int i = 0; i < 3; i++) {
                            log.add(name + socket.receiveText());
                        }
                    });
                }
            }));
            sleep(Duration.ZERO);
            for (int i = 0; i < 6; i++) {
                exchange.send(ClientFrames.text("" + i));
            }
            assertThat(exchange.next()).isEqualTo("close:1000 ");
            exchange.send(ClientFrames.close(1000));
            request.await();
            assertThat(log).containsExactly("a0", "b1", "a2", "b3", "a4", "b5");
        });
    }

    @Test
    void aReceiverThatIsCancelledLosesNoMessage() {
        VirtualTime.run(() -> {
            List<String> log = new ArrayList<>();
            Task<@Nullable Void> request = serve(socket -> {
                while (log.size() < 20) {
                    try {
                        timeout(Duration.ofMillis(10), () -> log.add(socket.receiveText()));
                    } catch (TimeoutException none) {
                        // The next message comes later.
                    }
                }
            });
            for (int i = 0; i < 20; i++) {
                sleep(Duration.ofMillis(7 + i));
                exchange.send(ClientFrames.text("" + i));
            }
            exchange.send(ClientFrames.close(1000));
            request.await();
            assertThat(log).hasSize(20).startsWith("0", "1").endsWith("18", "19");
        });
    }

    /// A type that Jackson cannot make.
    private interface Unmakable {}

    @Test
    void aTypeThatCannotBeReadIsNotTheClientsFault() {
        VirtualTime.run(() -> {
            Task<@Nullable Void> request = serve(socket -> socket.receiveJson(Unmakable.class));
            exchange.send(ClientFrames.text("{}"));
            assertThat(exchange.next()).isEqualTo("close:1011 ");
            exchange.endOfClient();
            assertThatThrownBy(request::await).hasMessageContaining("Unmakable");
        });
    }

    @Test
    void jsonThatCannotBeReadIsTheClientsFault() {
        VirtualTime.run(() -> {
            Task<@Nullable Void> request = serve(socket -> socket.receiveJson(int[].class));
            exchange.send(ClientFrames.text("{"));
            assertThat(exchange.next()).isEqualTo("close:1007 A message cannot be read");
            exchange.endOfClient();
            assertThatCode(request::await).doesNotThrowAnyException();
        });
    }

    @Test
    void alsoInATaskOfTheHandler() {
        VirtualTime.run(() -> {
            Task<@Nullable Void> request =
                    serve(socket -> taskGroup(tasks -> tasks.createTask(() -> socket.receiveJson(int[].class))));
            exchange.send(ClientFrames.text("{"));
            assertThat(exchange.next()).isEqualTo("close:1007 A message cannot be read");
            exchange.endOfClient();
            assertThatCode(request::await).doesNotThrowAnyException();
        });
    }

    @Test
    void aFailureAmongThoseOfTheEndIsThrown() {
        VirtualTime.run(() -> {
            Task<@Nullable Void> request = serve(socket -> taskGroup(tasks -> {
                tasks.createTask(() -> {
                    try {
                        socket.receiveText();
                    } catch (WebSocketClosedException | CancelledError end) {
                        throw new IllegalStateException("the journal is full");
                    }
                });
                socket.receiveText();
            }));
            sleep(Duration.ZERO);
            exchange.send(ClientFrames.close(1000));
            assertThat(exchange.next()).isEqualTo("close:1000 ");
            assertThatThrownBy(request::await).hasStackTraceContaining("the journal is full");
        });
    }

    @Test
    void onlyHttp2HasAHandshakeWithoutAKey() {
        Headers headers = Headers.of("sec-websocket-version", "13");
        assertThat(refusal("CONNECT", headers, "HTTP/1.1", "websocket").status())
                .isEqualTo(405);
    }

    @Test
    void noUpgradeIsNamedOnHttp2() {
        Headers headers = Headers.of("sec-websocket-version", "12");
        Refusal refusal = refusal("CONNECT", headers, "HTTP/2", "websocket");
        assertThat(refusal.status()).isEqualTo(426);
        assertThat(refusal.headers().entries().toString()).isEqualTo("[sec-websocket-version=13]");
        assertThat(refusal("GET", headers, "HTTP/2", "").status()).isEqualTo(400);
    }

    private static Refusal refusal(String method, Headers headers, String version, String upgrade) {
        RequestHead head = new RequestHead(method, "https", "t", "/ws", "", headers, version, upgrade, 0);
        return catchThrowableOfType(Refusal.class, () -> Handshake.of(head));
    }
}
