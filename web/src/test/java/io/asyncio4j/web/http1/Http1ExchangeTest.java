package io.asyncio4j.web.http1;

import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Asyncio;
import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.Server;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.testing.MemoryNetwork;
import io.asyncio4j.testing.VirtualClock;
import io.asyncio4j.web.Headers;
import io.asyncio4j.web.Limits;
import io.asyncio4j.web.http.Application;
import io.asyncio4j.web.http.Exchange;
import io.asyncio4j.web.http.ExchangeLog;
import io.asyncio4j.web.http.HttpService;
import io.asyncio4j.web.http.RequestHead;
import io.asyncio4j.web.http.ServerExchange;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/// Answers that go wrong.
@SuppressWarnings("try") // what is closed early is closed again
final class Http1ExchangeTest implements Application, ExchangeLog {
    private static final Limits LIMITS =
            Limits.defaults().writePause(seconds(5)).bodyPause(seconds(3)).requestTime(seconds(20));

    private final List<String> log = new ArrayList<>();

    @TempDir
    Path folder;

    // ------------------------------------------------------------------ the application

    @Override
    public Call route(RequestHead request) {
        if (request.path().equals("/unrouted")) {
            throw new IllegalStateException("broken on purpose");
        }
        return new Call() {
            @Override
            public String name() {
                return request.path();
            }

            @Override
            public void serve(Exchange exchange) throws IOException {
                answer(exchange);
            }
        };
    }

    private void answer(Exchange exchange) throws IOException {
        switch (exchange.request().path()) {
            case "/large" -> exchange.respond(200, Headers.empty(), new byte[2_000_000]);
            case "/file" -> file(exchange, 2_000_000);
            case "/short-file" -> file(exchange, 2_000_001);
            default -> exchange.respond(200, Headers.empty(), "hello".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void file(Exchange exchange, long length) throws IOException {
        Path path = folder.resolve("file");
        Asyncio.toThread(() -> Files.write(path, new byte[2_000_000]));
        try (FileChannel channel = FileChannel.open(path)) {
            exchange.begin(200, Headers.empty(), length);
            exchange.writeFile(channel, 0, length);
            exchange.end();
        }
    }

    @Override
    public void ended(ServerExchange exchange) {
        log.add(exchange.request().path() + " " + exchange.status());
    }

    @Override
    public void failed(ServerExchange exchange, Throwable thrown) {
        log.add(exchange.request().path() + ": " + thrown.getMessage());
    }

    private interface Script {
        void run(Connection client) throws IOException;
    }

    private void against(Limits limits, Script script) throws IOException {
        new MemoryNetwork().install();
        HttpService service = new HttpService(this, limits, Asyncio.runningLoop(), this);
        try (Server server = Streams.startServer(
                        (reader, writer) -> service.serve(new Http1Connection(service, reader, writer, "http")),
                        "127.0.0.1",
                        80);
                Connection client = Streams.openConnection("127.0.0.1", 80)) {
            script.run(client);
            client.close();
            service.shutDown();
            server.close();
            server.waitClosed();
        }
    }

    private static void get(Connection client, String path, String... headers) {
        client.writer().write("GET " + path + " HTTP/1.1\r\nHost: h\r\n" + String.join("", headers) + "\r\n");
    }

    // ------------------------------------------------------------------ what goes wrong

    @AsyncTest
    void aRequestThatCannotBeRoutedIsAnsweredWith500() throws IOException {
        against(LIMITS, client -> {
            get(client, "/unrouted");
            get(client, "/hello", "Connection: close\r\n");
            String answers = new String(client.reader().readAll(), StandardCharsets.US_ASCII);
            assertThat(answers)
                    .startsWith("HTTP/1.1 500 ")
                    .contains("Internal Server ErrorHTTP/1.1 200 ")
                    .endsWith("hello");
        });
        assertThat(log).containsExactly("/unrouted: broken on purpose", "/unrouted 500", "/hello 200");
    }

    @AsyncTest
    void aLargeAnswerThatTakesTooLongIsCutAndGetsNoSecondHead(VirtualClock clock) throws IOException {
        against(LIMITS.writePause(seconds(60)), client -> {
            get(client, "/large");
            sleep(seconds(30));
            byte[] answer = client.reader().readAll();
            assertThat(answer.length).isLessThan(2_000_000);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).doesNotContain("503");
        });
        assertThat(log).containsExactly("/large 200");
    }

    @AsyncTest
    void aClientThatTakesNothingOfAFileIsCut(VirtualClock clock) throws IOException {
        against(LIMITS, client -> {
            get(client, "/file");
            sleep(seconds(6));
            assertThat(log).containsExactly("/file 200");
            assertThat(client.reader().readAll().length).isLessThan(2_000_000);
        });
    }

    @AsyncTest
    void aFileThatIsShorterThanItsLengthIsSeenToBeTruncated() throws IOException {
        against(LIMITS, client -> {
            get(client, "/short-file");
            get(client, "/hello");
            byte[] answer = client.reader().readAll();
            assertThat(new String(answer, StandardCharsets.US_ASCII)).doesNotContain("hello");
        });
        assertThat(log).containsExactly("/short-file: The file ends 1 bytes too early", "/short-file 200");
    }

    @AsyncTest
    void aBodyThatDripsAfterItsAnswerHasOnePauseInAll(VirtualClock clock) throws IOException {
        against(LIMITS, client -> {
            client.writer().write("POST /hello HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n");
            client.reader().readUntil("hello");
            sleep(seconds(2));
            client.writer().write("a");
            assertThat(client.reader().readAll()).isEmpty();
            assertThat(clock.elapsed()).isEqualTo(seconds(3));
        });
    }
}
