package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The programs of `examples/web` that speak WebSocket, with the JDK's client.
final class WebSocketExamplesTest {
    private static final Path CHAT = Launch.ROOT.resolve("examples/web/Chat.java");
    private static final Path SOCKETS = Launch.ROOT.resolve("examples/web/Sockets.java");

    @OnBothEngines
    void whatSomebodySaysIsToldToTheRoom(String engine) throws Exception {
        int port = freePort();
        try (Launch.Running chat = Launch.of("run", CHAT, port).on(engine).start();
                HttpClient http = HttpClient.newHttpClient()) {
            awaitPort(port);
            assertThat(new Client(http, port, "/chat/lobby").hears()).isEqualTo("status 400");
            Client ada = new Client(http, port, "/chat/lobby?name=Ada");
            assertThat(ada.hears()).isEqualTo("* Ada has come");
            Client bob = new Client(http, port, "/chat/lobby?name=Bob");
            assertThat(bob.hears()).isEqualTo("* Bob has come");
            assertThat(ada.hears()).isEqualTo("* Bob has come");
            Client elsewhere = new Client(http, port, "/chat/cellar?name=Eve");
            assertThat(elsewhere.hears()).isEqualTo("* Eve has come");

            bob.says("Grüß dich");
            assertThat(ada.hears()).isEqualTo("Bob: Grüß dich");
            assertThat(bob.hears()).isEqualTo("Bob: Grüß dich");
            bob.closes();
            assertThat(ada.hears()).isEqualTo("* Bob has left");

            assertThat(chat.interrupt().end().exitCode()).isZero();
            assertThat(ada.hears()).isEqualTo("closed 1001 ");
            assertThat(elsewhere.hears()).isEqualTo("closed 1001 ");
        }
    }

    @OnBothEngines
    void eachSocketDoesItsThing(String engine) throws Exception {
        int port = freePort();
        try (Launch.Running sockets = Launch.of("run", SOCKETS, port).on(engine).start();
                HttpClient http = HttpClient.newHttpClient()) {
            awaitPort(port);
            assertThat(new Client(http, port, "/echo").says("a").hears()).isEqualTo("a");
            assertThat(new Client(http, port, "/echo")
                            .says("x".repeat(65 * 1024))
                            .hears())
                    .isEqualTo("closed 1009 A message must not have more than 65536 bytes");

            Client order = new Client(http, port, "/order").says("{\"item\":\"tea\",\"count\":2}");
            assertThat(order.hears()).isEqualTo("{\"ordered\":\"tea\"}");
            assertThat(order.hears()).isEqualTo("closed 1000 ");
            assertThat(new Client(http, port, "/order")
                            .says("{\"item\":\"tea\",\"count\":0}")
                            .hears())
                    .isEqualTo("closed 4001 Nothing is ordered");
            assertThat(new Client(http, port, "/order").says("{").hears())
                    .isEqualTo("closed 1007 A message cannot be read");

            assertThat(new Client(http, port, "/account").hears()).isEqualTo("status 403");
            assertThat(new Client(http, port, "/prices").hears()).isEqualTo("{\"price\":100}");
            Client quiz = new Client(http, port, "/quiz");
            assertThat(quiz.hears()).startsWith("What");
            assertThat(quiz.hears()).isEqualTo("too late");
            new Client(http, port, "/listen").says("hello").closes();

            Launch.Ended ended = sockets.interrupt().end();
            assertThat(ended.exitCode()).isZero();
            assertThat(ended.out()).containsExactly("got hello", "closed with 1000 bye");
        }
    }

    @OnBothEngines
    void subprotocolsOriginsAndCookiesAreLookedAt(String engine) throws Exception {
        int port = freePort();
        try (Launch.Running _ = Launch.of("run", SOCKETS, port).on(engine).start();
                HttpClient http = HttpClient.newHttpClient()) {
            awaitPort(port);
            WebSocket.Builder builder = http.newWebSocketBuilder().subprotocols("v1", "v2");
            Client speaker = new Client(builder, port, "/speak");
            assertThat(speaker.hears()).isEqualTo("speaking v2");

            WebSocket.Builder known = http.newWebSocketBuilder().header("Cookie", "session=secret");
            assertThat(new Client(known, port, "/account").hears()).isEqualTo("status 403");
            known.header("Origin", "https://shop.example");
            assertThat(new Client(known, port, "/account").hears()).isEqualTo("welcome");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitPort(int port) throws IOException {
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.getLocalPort() != port) {
                    return;
                } // or TCP has connected it with itself, as it does after thousands of attempts
            } catch (ConnectException notYet) {
                Thread.onSpinWait();
            }
        }
    }

    /// A client, and what it has heard: texts, how the socket was closed, or the status of a
    /// handshake that was refused.
    private static final class Client implements WebSocket.Listener {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private @Nullable WebSocket socket;

        Client(HttpClient http, int port, String path) {
            this(http.newWebSocketBuilder(), port, path);
        }

        Client(WebSocket.Builder builder, int port, String path) {
            try {
                socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + port + path), this)
                        .join();
            } catch (CompletionException refused) {
                if (!(refused.getCause() instanceof WebSocketHandshakeException handshake)) {
                    throw refused;
                }
                heard.add("status " + handshake.getResponse().statusCode());
            }
        }

        Client says(String line) {
            opened().sendText(line, true).join();
            return this;
        }

        void closes() throws InterruptedException {
            opened().sendClose(1000, "bye").join();
            String end = hears();
            while (!end.startsWith("closed")) {
                end = hears();
            }
        }

        private WebSocket opened() {
            if (socket == null) {
                throw new AssertionError("The handshake was refused: " + heard);
            }
            return socket;
        }

        String hears() throws InterruptedException {
            return String.valueOf(heard.poll(20, TimeUnit.SECONDS));
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                heard.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            heard.add("closed " + code + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            heard.add("failed " + error);
        }
    }
}
