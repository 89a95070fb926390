package io.asyncio4j.web.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Asyncio;
import io.asyncio4j.CancelledError;
import io.asyncio4j.EventLoop;
import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.Server;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.web.Headers;
import io.asyncio4j.web.Limits;
import io.asyncio4j.web.http.Application;
import io.asyncio4j.web.http.Exchange;
import io.asyncio4j.web.http.ExchangeLog;
import io.asyncio4j.web.http.HttpService;
import io.asyncio4j.web.http.RequestHead;
import io.asyncio4j.web.http.ServerExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Frames against a connection on a real socket.
final class Http2ConnectionTest {
    private final List<String> events = new ArrayList<>();

    // ------------------------------------------------------------------ a server and its routes

    private interface Script {
        void run(FrameClient client, HttpService service) throws Exception;
    }

    private void against(Limits limits, Script script) throws Exception {
        Asyncio.run(() -> {
            EventLoop loop = Asyncio.runningLoop();
            HttpService service = new HttpService(Http2ConnectionTest.this::call, limits, loop, new Silent());
            Server server = Streams.startServer(
                    (reader, writer) -> service.serve(new Http2Connection(service, reader, writer, "http")),
                    "127.0.0.1",
                    0);
            try {
                Connection connection = Streams.openConnection("127.0.0.1", server.port());
                try (FrameClient client = new FrameClient(connection.reader(), connection.writer())) {
                    Asyncio.timeout(Duration.ofSeconds(20), () -> script.run(client, service));
                }
            } finally {
                server.close();
            }
        });
    }

    private static final class Silent implements ExchangeLog {
        @Override
        public void ended(ServerExchange exchange) {
            // of no interest
        }

        @Override
        public void failed(ServerExchange exchange, Throwable thrown) {
            // of no interest
        }
    }

    private Application.Call call(RequestHead request) {
        return new Application.Call() {
            @Override
            public String name() {
                return request.method() + " " + request.path();
            }

            @Override
            public void serve(Exchange exchange) throws Exception {
                answer(exchange);
            }
        };
    }

    private void answer(Exchange exchange) throws IOException {
        switch (exchange.request().path()) {
            case "/echo" -> exchange.respond(200, Headers.empty(), body(exchange));
            case "/ignore" -> exchange.respond(200, Headers.empty(), text("no"));
            case "/big" -> exchange.respond(200, Headers.empty(), new byte[70_000]);
            case "/half" -> exchange.begin(200, Headers.empty(), -1);
            case "/sleep" -> {
                try {
                    Asyncio.sleep(Duration.ofMillis(150));
                } catch (CancelledError cancelled) {
                    events.add("cancelled");
                    throw cancelled;
                }
                exchange.respond(204, Headers.empty(), new byte[0]);
            }
            case "/socket" -> {
                exchange.upgrade(Headers.empty());
                byte[] piece;
                while ((piece = exchange.read()) != null) {
                    exchange.write(piece, 0, piece.length);
                }
                exchange.end();
            }
            default -> exchange.respond(200, Headers.empty(), text("hello"));
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] body(Exchange exchange) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece;
        while ((piece = exchange.read()) != null) {
            all.write(piece);
        }
        return all.toByteArray();
    }

    // ------------------------------------------------------------------ requests and answers

    @Test
    void severalRequestsShareAConnection() throws Exception {
        against(Limits.defaults(), (client, service) -> {
            client.begin();
            client.request(1, "GET", "/", true);
            client.request(3, "HEAD", "/", true);
            client.request(5, "POST", "/echo", false);
            client.data(5, "ab", false);
            client.data(5, "cd", true);
            assertThat(client.next()).isEqualTo("1 200");
            assertThat(client.next()).isEqualTo("1 data hello end");
            assertThat(client.next()).isEqualTo("3 200 end");
            assertThat(client.next()).isEqualTo("5 200");
            assertThat(client.next()).isEqualTo("5 data abcd end");
        });
    }

    @Test
    void anAnswerWaitsForTheWindow() throws Exception {
        against(Limits.defaults(), (client, service) -> {
            client.begin(4, 3);
            client.request(1, "GET", "/", true);
            assertThat(client.next()).isEqualTo("1 200");
            assertThat(client.next()).isEqualTo("1 data hel");
            client.number(FrameReader.WINDOW_UPDATE, 1, 1);
            assertThat(client.next()).isEqualTo("1 data l");
            client.number(FrameReader.WINDOW_UPDATE, 1, 10);
            assertThat(client.next()).isEqualTo("1 data o end");
        });
    }

    @Test
    void aStalledAnswerIsReset() throws Exception {
        against(Limits.defaults().writePause(Duration.ofMillis(30)), (client, service) -> {
            client.begin(4, 0);
            client.request(1, "GET", "/big", true);
            assertThat(client.next()).isEqualTo("1 200");
            assertThat(client.next()).isEqualTo("1 reset 8");
        });
    }

    @Test
    void anAnswerWithoutEndIsReset() throws Exception {
        against(Limits.defaults(), (client, service) -> {
            client.begin();
            client.request(1, "GET", "/half", true);
            assertThat(client.next()).isEqualTo("1 200");
            assertThat(client.next()).isEqualTo("1 reset 2");
        });
    }

    @Test
    void aBodyThatIsNotReadIsTakenBack() throws Exception {
        against(Limits.defaults(), (client, service) -> {
            client.begin();
            client.request(1, "POST", "/ignore", false);
            assertThat(client.next()).isEqualTo("1 200");
            assertThat(client.next()).isEqualTo("1 data no end");
            assertThat(client.next()).isEqualTo("1 reset 0");
            client.data(1, "late", true);
            client.request(3, "GET", "/", true);
            assertThat(client.next()).isEqualTo("3 200");
        });
    }

    @Test
    void theClientIsAskedForABodyThatItHoldsBack() throws Exception {
        against(Limits.defaults(), (client, service) -> {
            client.begin();
            client.request(1, "POST", "/echo", false, "expect", "100-continue");
            assertThat(client.next()).isEqualTo("1 100");
            client.data(1, "x", true);
            assertThat(client.next()).isEqualTo("1 200");
            assertThat(client.next()).isEqualTo("1 data x end");
        });
    }

    @Test
    void extendedConnectCarriesAnotherProtocol() throws Exception {
        against(Limits.defaults(), (client, service) -> {
            client.begin();
            client.request(1, "CONNECT", "/socket", false, ":protocol", "websocket");
            assertThat(client.next()).isEqualTo("1 200");
            client.data(1, "ping", false);
            assertThat(client.next()).isEqualTo("1 data ping");
            client.data(1, "", true);
            assertThat(client.next()).isEqualTo("1 data  end");
        });
    }

    // ------------------------------------------------------------------ faults and limits

    @Test
    void aMalformedRequestCostsItsStreamOnly() throws Exception {
        against(Limits.defaults(), (client, service) -> {
            client.begin();
            client.request(1, "GET", "/", true, "Upper", "x");
            assertThat(client.next()).isEqualTo("1 reset 1");
            client.request(3, "GET", "/%zz", true);
            assertThat(client.next()).isEqualTo("3 400");
            assertThat(client.next()).startsWith("3 data ");
            client.request(5, "POST", "/echo", false, "content-length", "3");
            client.data(5, "four", true);
            assertThat(client.next()).isEqualTo("5 reset 1");
        });
    }

    @Test
    void aBodyOverTheLimitIsAnswered() throws Exception {
        against(Limits.defaults().body(3), (client, service) -> {
            client.begin();
            client.request(1, "POST", "/echo", false);
            client.data(1, "four", false);
            assertThat(client.next()).isEqualTo("1 413");
        });
    }

    @Test
    void aBodyThatStopsComingIsAnswered() throws Exception {
        against(Limits.defaults().bodyPause(Duration.ofMillis(30)), (client, service) -> {
            client.begin();
            client.request(1, "POST", "/echo", false);
            assertThat(client.next()).isEqualTo("1 408");
        });
    }

    @Test
    void aResetCancelsTheTask() throws Exception {
        against(Limits.defaults(), (client, service) -> {
            client.begin();
            client.request(1, "GET", "/sleep", true);
            client.number(FrameReader.RST_STREAM, 1, 8);
            client.request(3, "GET", "/", true);
            assertThat(client.next()).isEqualTo("3 200");
            Asyncio.sleep(Duration.ofMillis(20));
            assertThat(events).containsExactly("cancelled");
        });
    }

    @Test
    void manyResetsEndTheConnection() throws Exception {
        against(Limits.defaults().http2Streams(10), (client, service) -> {
            client.begin();
            for (int stream = 1; stream < 400; stream += 2) {
                client.request(stream, "GET", "/sleep", true);
                client.number(FrameReader.RST_STREAM, stream, 8);
            }
            String last = client.next();
            while (last.contains("reset")) {
                last = client.next();
            }
            assertThat(last).startsWith("goaway 11 ");
            assertThat(client.next()).isEqualTo("closed");
        });
    }

    @Test
    void streamsBeyondTheLimitAreRefused() throws Exception {
        against(Limits.defaults().http2Streams(1), (client, service) -> {
            client.begin();
            client.request(1, "GET", "/sleep", true);
            client.request(3, "GET", "/", true);
            assertThat(client.next()).isEqualTo("3 reset 7");
            assertThat(client.next()).isEqualTo("1 204 end");
        });
    }

    // ------------------------------------------------------------------ the end

    @Test
    void shutdownAnswersWhatRunsAndRefusesTheRest() throws Exception {
        against(Limits.defaults(), (client, service) -> {
            client.begin();
            client.request(1, "GET", "/", true);
            assertThat(client.next()).isEqualTo("1 200");
            assertThat(client.next()).isEqualTo("1 data hello end");
            client.request(3, "GET", "/sleep", true);
            while (service.running().isEmpty()) {
                Asyncio.sleep(Duration.ZERO);
            }
            service.shutDown();
            assertThat(client.next()).isEqualTo("goaway 0 after " + Integer.MAX_VALUE);
            client.frame(FrameReader.PING, FrameReader.ACK, 0, new byte[8]);
            client.request(5, "GET", "/", true);
            assertThat(client.next()).isEqualTo("goaway 0 after 3");
            assertThat(client.next()).isEqualTo("5 reset 7");
            assertThat(client.next()).isEqualTo("3 204 end");
            assertThat(client.next()).isEqualTo("closed");
        });
    }

    @Test
    void anIdleConnectionEnds() throws Exception {
        against(Limits.defaults().idleTime(Duration.ofMillis(30)), (client, service) -> {
            client.begin();
            assertThat(client.next()).isEqualTo("goaway 0 after 0");
            assertThat(client.next()).isEqualTo("closed");
        });
    }

    @Test
    void aClientThatStopsWithinItsHeadersIsCut() throws Exception {
        against(Limits.defaults().headerTime(Duration.ofMillis(50)), (client, service) -> {
            client.begin();
            client.frame(FrameReader.HEADERS, 0, 1);
            assertThat(client.next()).isEqualTo("goaway 11 after 0");
            assertThat(client.next()).isEqualTo("closed");
        });
    }
}
