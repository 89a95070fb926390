package io.asyncio4j.web.http2;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Task;
import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.testing.MemoryNetwork;
import io.asyncio4j.testing.VirtualClock;
import io.asyncio4j.web.Response;
import io.asyncio4j.web.ServeOptions;
import io.asyncio4j.web.WebApp;
import io.asyncio4j.web.WebServer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The end of a connection whose server shuts down.
@SuppressWarnings("try") // what is closed early is closed again
final class GoAwayTest {
    private static final String FIRST = "goaway 0 after 2147483647";

    private interface Script {
        void run(FrameClient client) throws Exception;
    }

    /// Runs `script` against a server, which shuts down after a tenth of a second.
    private static void against(Script script) throws Exception {
        WebApp app = WebApp.create();
        app.get("/hello", _ -> Response.text("hello"));
        app.get("/slow", _ -> {
            sleep(seconds(3));
            return Response.text("slow");
        });
        new MemoryNetwork().install();
        ServeOptions options = ServeOptions.defaults().accessLog(false);
        try (WebServer server = app.start(options);
                Connection connection = Streams.openConnection("127.0.0.1", options.port())) {
            FrameClient client = new FrameClient(connection.reader(), connection.writer());
            Task<@Nullable Void> close = createTask(() -> {
                sleep(seconds(0.1));
                server.close();
            });
            script.run(client.begin());
            client.close();
            close.await();
        }
    }

    private static void pong(FrameClient client) {
        client.frame(FrameReader.PING, FrameReader.ACK, 0, new byte[8]);
    }

    @AsyncTest
    void whatWasSentBeforeTheClientKnewIsAnswered(VirtualClock clock) throws Exception {
        against(client -> {
            client.request(1, "GET", "/slow", true);
            assertThat(client.next()).isEqualTo(FIRST);
            client.request(3, "GET", "/hello", true);
            pong(client);
            assertThat(client.next()).isEqualTo("3 200");
            assertThat(client.next()).isEqualTo("3 data hello end");
            assertThat(client.next()).isEqualTo("goaway 0 after 3");
            client.request(5, "GET", "/hello", true);
            assertThat(client.next()).isEqualTo("5 reset " + ErrorCode.REFUSED_STREAM);
            assertThat(client.next()).isEqualTo("1 200");
            assertThat(client.next()).isEqualTo("1 data slow end");
            assertThat(client.next()).isEqualTo("closed");
            assertThat(clock.elapsed()).isEqualTo(seconds(3));
        });
    }

    @AsyncTest
    void anIdleConnectionEndsWhenTheClientKnows(VirtualClock clock) throws Exception {
        against(client -> {
            assertThat(client.next()).isEqualTo(FIRST);
            pong(client);
            assertThat(client.next()).isEqualTo("goaway 0 after 0");
            assertThat(client.next()).isEqualTo("closed");
            assertThat(clock.elapsed()).isEqualTo(Duration.ofMillis(100));
        });
    }

    @AsyncTest
    void aClientThatDoesNotAnswerHasASecond(VirtualClock clock) throws Exception {
        against(client -> {
            assertThat(client.next()).isEqualTo(FIRST);
            sleep(seconds(0.9));
            client.request(1, "GET", "/hello", true);
            assertThat(client.next()).isEqualTo("1 200");
            assertThat(client.next()).isEqualTo("1 data hello end");
            assertThat(client.next()).isEqualTo("goaway 0 after 1");
            assertThat(client.next()).isEqualTo("closed");
            assertThat(clock.elapsed()).isEqualTo(Duration.ofMillis(1100));
        });
    }
}
