package io.asyncio4j.web.http2;

import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.web.http2.FrameClient.DATA;
import static io.asyncio4j.web.http2.FrameClient.HEADERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.CancelledError;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.testing.MemoryNetwork;
import io.asyncio4j.web.HttpException;
import io.asyncio4j.web.ServeOptions;
import io.asyncio4j.web.WebApp;
import io.asyncio4j.web.WebServer;
import io.asyncio4j.web.WebSocketClosedException;
import io.asyncio4j.web.WebSocketHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// WebSockets over HTTP/2 (RFC 8441), from the client's frames to the handler, in a network in
/// memory.
final class WebSocketStreamTest {
    private static final int PORT = 8000;
    private static final byte[] CLOSE = socketFrame(0x88, "\u0003\u00e8");

    private final List<String> log = new ArrayList<>();

    private interface Script {
        void run(FrameClient client) throws Exception;
    }

    private void against(WebSocketHandler handler, Script script) throws Exception {
        WebApp app = WebApp.create();
        app.get("/", _ -> "hello");
        app.websocket("/ws", handler);
        new MemoryNetwork().install();
        try (WebServer _ = app.start(ServeOptions.defaults().port(PORT).accessLog(false))) {
            try (FrameClient client = new FrameClient(Streams.openConnection("127.0.0.1", PORT))) {
                script.run(client.begin());
            }
        }
    }

    private static void connect(FrameClient client, String... more) throws Exception {
        List<String> fields = new ArrayList<>(List.of(":protocol", "websocket", "sec-websocket-version", "13"));
        fields.addAll(List.of(more));
        client.request("CONNECT", 1, "/ws", false, fields.toArray(String[]::new));
    }

    /// Returns a frame with a mask of zeros.
    private static byte[] socketFrame(int first, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(6 + bytes.length)
                .put((byte) first)
                .put((byte) (0x80 | bytes.length))
                .putInt(0)
                .put(bytes)
                .array();
    }

    private static void send(FrameClient client, byte[] frame) {
        client.send(DATA, 0, 1, frame);
    }

    private static void sendText(FrameClient client, String text) {
        send(client, socketFrame(0x81, text));
    }

    /// Returns what the next frame of a stream says: `1 200`, `1 data hello end`, `1 reset CANCEL`.
    private static String next(FrameClient client) throws IOException {
        FrameClient.Frame frame = client.await(
                sent -> sent.type() == HEADERS || sent.type() == DATA || sent.type() == FrameClient.RST_STREAM);
        String says = switch (frame.type()) {
            case HEADERS -> client.fields(frame).getFirst().substring(":status: ".length());
            case DATA -> "data " + frame.text();
            default -> "reset " + frame.code();
        };
        return frame.stream() + " " + says + (frame.isEnd() ? " end" : "");
    }

    @AsyncTest
    void messagesComeBackAndBothSidesClose() throws Exception {
        against(
                socket -> {
                    socket.accept(socket.subprotocols().getFirst());
                    socket.texts().forEach(socket::sendText);
                    log.add("over");
                },
                client -> {
                    connect(client, "sec-websocket-protocol", "chat");
                    assertThat(next(client)).isEqualTo("1 200");
                    sendText(client, "ab");
                    sendText(client, "c");
                    assertThat(next(client)).isEqualTo("1 data \u0081\u0002ab");
                    assertThat(next(client)).isEqualTo("1 data \u0081\u0001c");
                    send(client, CLOSE);
                    assertThat(next(client)).isEqualTo("1 data \u0088\u0002\u0003\u00e8");
                    assertThat(next(client)).isEqualTo("1 data  end");
                    client.data(1, "", true);
                    assertThat(log).containsExactly("over");
                });
    }

    @AsyncTest
    void theServerMayCloseFirst() throws Exception {
        against(socket -> socket.sendText("x"), client -> {
            connect(client);
            assertThat(next(client)).isEqualTo("1 200");
            assertThat(next(client)).isEqualTo("1 data \u0081\u0001x");
            assertThat(next(client)).isEqualTo("1 data \u0088\u0002\u0003\u00e8");
            send(client, CLOSE);
            assertThat(next(client)).isEqualTo("1 data  end");
        });
    }

    @AsyncTest
    void aResetByTheClientIsAnEndWithoutACode() throws Exception {
        against(
                socket -> {
                    try {
                        socket.receiveText();
                    } catch (WebSocketClosedException | CancelledError end) {
                        log.add("" + (end instanceof WebSocketClosedException closed ? closed.code() : "cancelled"));
                        throw end;
                    }
                },
                client -> {
                    connect(client);
                    assertThat(next(client)).isEqualTo("1 200");
                    client.number(FrameClient.RST_STREAM, 1, ErrorCode.CANCEL);
                    sleep(seconds(1));
                    assertThat(log).hasSize(1).containsAnyOf("1006", "cancelled");
                    client.get(3, "/");
                    assertThat(next(client)).isEqualTo("3 200");
                });
    }

    @AsyncTest
    void anEndOfTheStreamWithoutACloseFrameIsOneToo() throws Exception {
        against(
                socket -> {
                    try {
                        socket.receiveText();
                    } catch (WebSocketClosedException closed) {
                        log.add("" + closed.code());
                    }
                },
                client -> {
                    connect(client);
                    assertThat(next(client)).isEqualTo("1 200");
                    client.data(1, "", true);
                    assertThat(next(client)).startsWith("1 reset ");
                    assertThat(log).containsExactly("1006");
                });
    }

    @AsyncTest
    void aRefusalIsAnAnswer() throws Exception {
        against(
                _ -> {
                    throw new HttpException(401, "no");
                },
                client -> {
                    connect(client);
                    assertThat(next(client)).isEqualTo("1 401");
                    assertThat(next(client)).isEqualTo("1 data {\"detail\":\"no\"} end");
                });
    }

    @AsyncTest
    void aSenderWaitsForTheWindowAndOthersAreServedMeanwhile() throws Exception {
        against(
                socket -> {
                    socket.sendBytes(new byte[100_000]);
                    log.add("sent");
                    socket.sendText("x");
                },
                client -> {
                    connect(client);
                    assertThat(next(client)).isEqualTo("1 200");
                    int received = 0;
                    while (received < 65_535) {
                        received += client.await(DATA, 1).payload().length;
                    }
                    client.request("POST", 3, "/", true);
                    assertThat(next(client)).isEqualTo("3 405");
                    assertThat(log).isEmpty();
                    client.number(FrameClient.WINDOW_UPDATE, 0, 100_000);
                    client.number(FrameClient.WINDOW_UPDATE, 1, 100_000);
                    while (log.isEmpty()) {
                        client.await(DATA, 1);
                    }
                    send(client, CLOSE);
                });
    }
}
