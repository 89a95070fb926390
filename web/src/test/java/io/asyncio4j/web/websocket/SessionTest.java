package io.asyncio4j.web.websocket;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.web.websocket.ClientFrames.binary;
import static io.asyncio4j.web.websocket.ClientFrames.close;
import static io.asyncio4j.web.websocket.ClientFrames.frame;
import static io.asyncio4j.web.websocket.ClientFrames.hex;
import static io.asyncio4j.web.websocket.ClientFrames.join;
import static io.asyncio4j.web.websocket.ClientFrames.ping;
import static io.asyncio4j.web.websocket.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Task;
import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.web.Headers;
import io.asyncio4j.web.Limits;
import io.asyncio4j.web.WebSocketClosedException;
import io.asyncio4j.web.WebSocketHandler;
import io.asyncio4j.web.WebSocketMessage;
import io.asyncio4j.web.WebSocketSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

final class SessionTest {
    private static final WebSocketHandler ECHO = socket -> {
        while (true) {
            switch (socket.receive()) {
                case WebSocketMessage.Text(String text) -> socket.sendText(text);
                case WebSocketMessage.Binary(byte[] bytes) -> socket.sendBytes(bytes);
            }
        }
    };

    private final MemoryExchange client = new MemoryExchange(
            Headers.of("sec-websocket-protocol", "a, b", "sec-websocket-extensions", "permessage-deflate"));

    private Task<?> serve(WebSocketHandler handler) {
        return serve(handler, Limits.defaults());
    }

    private Task<?> serve(WebSocketHandler handler, Limits limits) {
        Task<?> task = createTask("socket", () -> client.serve(limits, handler));
        client.task = task;
        return task;
    }

    private static String endOf(WebSocketSession socket) {
        try {
            return "got " + socket.receive();
        } catch (WebSocketClosedException closed) {
            return closed.code() + closed.reason();
        }
    }

    @AsyncTest
    void messagesComeBackInTheOrderOfPings() {
        Task<?> task = serve(ECHO);
        client.send(join(text("a"), ping("p"), binary((byte) 1), text("b"), close(4000), text("late")));
        assertThat(List.of(client.next(), client.next(), client.next(), client.next(), client.next(), client.next()))
                .containsExactly("text:a", "pong:p", "bin:1", "text:b", "close:4000 ", "end");
        task.await();
        assertThat(client.status).isEqualTo(101);
    }

    @AsyncTest
    void theHandlerChoosesASubprotocol() {
        Task<?> task = serve(socket -> {
            assertThat(socket.subprotocols()).containsExactly("a", "b");
            assertThatThrownBy(() -> socket.accept("c"))
                    .hasMessage("The client has not offered the subprotocol 'c', only [a, b]; choose one of these, or"
                            + " none");
            socket.accept("b");
            assertThat(socket.subprotocol()).isEqualTo("b");
            assertThatThrownBy(() -> socket.accept("a")).isInstanceOf(IllegalStateException.class);
        });
        client.send(close(1000));
        task.await();
        assertThat(client.headers.get("sec-websocket-protocol")).isEqualTo("b");
    }

    @AsyncTest
    void textsEndWithAProperClose() {
        List<String> seen = new ArrayList<>();
        Task<?> task = serve(socket -> socket.texts().forEach(seen::add));
        client.send(text("a"), text("b"), frame(0x88, new byte[0]));
        task.await();
        assertThat(seen).containsExactly("a", "b");
        assertThat(client.next()).isEqualTo("close:");
    }

    @AsyncTest
    void jsonIsReadAndWritten() {
        Task<?> task = serve(socket -> {
            int[] numbers = socket.receiveJson(int[].class);
            socket.sendJson(List.of(numbers.length));
            socket.receiveJson(int[].class);
        });
        client.send(text("[1,2,3]"), text("[1,"));
        assertThat(client.next()).isEqualTo("text:[3]");
        assertThat(client.next()).isEqualTo("close:1007 A message cannot be read");
        client.send(close(1007));
        task.await();
    }

    @AsyncTest
    void anotherKindOfMessageIsNotSupported() {
        Task<?> task = serve(WebSocketSession::receiveText);
        client.send(binary((byte) 1));
        assertThat(client.next()).isEqualTo("close:1003 A text was expected, not a binary message");
        client.send(close(1003));
        task.await();
    }

    @AsyncTest
    void whatCannotBeSentIsRefused() {
        Task<?> task = serve(socket -> {
            assertThatThrownBy(() -> socket.close(1005))
                    .hasMessage("A WebSocket is closed with a code of 1000 to 1003, 1007 to 1014, or 3000 to 4999, not"
                            + " with 1005");
            assertThatThrownBy(() -> socket.close(1000, "é".repeat(62)))
                    .hasMessage("The reason for closing a WebSocket must have at most 123 bytes of UTF-8, but has 124; "
                            + "shorten it");
            assertThatThrownBy(() -> socket.sendText("\ud800"))
                    .hasMessage("The text has half of a surrogate pair, which no WebSocket can send; send bytes "
                            + "instead");
            socket.sendText("😀");
            socket.close(4999, "x");
            assertThat(socket.isClosed()).isTrue();
            assertThatThrownBy(() -> socket.sendText("late")).hasMessage("The WebSocket is closed with code 4999: x");
        });
        assertThat(client.next()).isEqualTo("text:😀");
        assertThat(client.next()).isEqualTo("close:4999 x");
        client.send(close(4999));
        task.await();
    }

    @AsyncTest
    void largeMessagesArePacked() {
        Task<?> task = serve(socket -> socket.sendText("a".repeat(1000)));
        assertThat(client.next()).startsWith("c1:");
        assertThat(client.next()).isEqualTo("close:1000 ");
        client.send(close(1000));
        task.await();
    }

    @AsyncTest
    void aFaultIsToldAfterTheMessagesBeforeIt() {
        List<String> ends = new ArrayList<>();
        Task<?> task = serve(socket -> {
            socket.sendText(socket.receiveText());
            ends.add(endOf(socket));
        });
        client.send(join(text("one"), frame(0x81, hex("ff")), text("late")));
        assertThat(client.next()).isEqualTo("text:one");
        assertThat(client.next()).isEqualTo("close:1007 A text is not UTF-8");
        assertThat(client.next()).isEqualTo("end");
        client.endOfClient();
        task.await();
        assertThat(ends).containsExactly("1007A text is not UTF-8");
    }

    @AsyncTest
    void aFullQueueStopsTheReading() {
        Task<?> task = serve(
                socket -> {
                    socket.accept();
                    sleep(seconds(10));
                    assertThat(client.unread()).isEqualTo(101 - 4 - 1);
                    assertThat(socket.texts()).hasSize(100);
                },
                Limits.defaults().webSocketQueue(4));
        for (int i = 0; i < 100; i++) {
            client.send(text("x"));
        }
        client.send(close(1000));
        task.await();
    }

    @AsyncTest
    void soDoManyBytes() {
        Task<?> task = serve(
                socket -> {
                    socket.accept();
                    sleep(seconds(10));
                    assertThat(client.unread()).isEqualTo(101 - 2 - 1);
                    assertThat(socket.texts()).hasSize(100);
                },
                Limits.defaults().webSocketMessage(1000));
        for (int i = 0; i < 100; i++) {
            client.send(text("x".repeat(600)));
        }
        client.send(close(1000));
        task.await();
    }

    @AsyncTest
    void aSenderWaitsForTheClientAndPongsDoNotPileUp() {
        List<Integer> sent = new ArrayList<>();
        Task<?> task = serve(socket -> {
            socket.accept();
            for (int i = 0; i < 3; i++) {
                socket.sendText("x");
                sent.add(i);
            }
        });
        client.deaf();
        for (int i = 0; i < 100; i++) {
            client.send(ping("p"));
        }
        sleep(seconds(5));
        assertThat(sent).isEmpty();
        assertThat(client.unread()).isEqualTo(99);
        client.hear();
        sleep(Duration.ofMillis(1));
        assertThat(sent).hasSize(3);
        client.send(close(1000));
        task.await();
    }
}
