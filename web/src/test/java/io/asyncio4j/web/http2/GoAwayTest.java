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
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The end of a connection whose server shuts down.
@SuppressWarnings("try") // what is closed early is closed again
final class GoAwayTest {
    private static final String FIRST = "goaway NO_ERROR after 2147483647";

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
            FrameClient client = new FrameClient(connection);
            Task<@Nullable Void> close = createTask(() -> {
                sleep(seconds(0.1));
                server.close();
            });
            script.run(client.begin());
            client.close();
            close.await();
        }
    }

    /// Returns what the next frame of interest says.
    private static String next(FrameClient client) throws IOException {
        for (FrameClient.Frame frame = client.next(); frame != null; frame = client.next()) {
            String end = frame.isEnd() ? " end" : "";
            switch (frame.type()) {
                case FrameClient.HEADERS -> {
                    return frame.stream() + client.fields(frame).getFirst().replace(":status:", "") + end;
                }
                case FrameClient.DATA -> {
                    return frame.stream() + " data " + frame.text() + end;
                }
                case FrameClient.RST_STREAM -> {
                    return frame.stream() + " reset " + frame.code();
                }
                case FrameClient.GOAWAY -> {
                    return "goaway " + frame.code() + " after " + frame.number();
                }
                default -> {
                    // of no interest
                }
            }
        }
        return "closed";
    }

    private static void pong(FrameClient client) {
        client.send(FrameClient.PING, FrameClient.ACK, 0, new byte[8]);
    }

    @AsyncTest
    void whatWasSentBeforeTheClientKnewIsAnswered(VirtualClock clock) throws Exception {
        against(client -> {
            client.get(1, "/slow");
            assertThat(next(client)).isEqualTo(FIRST);
            client.get(3, "/hello");
            pong(client);
            assertThat(next(client)).isEqualTo("3 200");
            assertThat(next(client)).isEqualTo("3 data hello end");
            assertThat(next(client)).isEqualTo("goaway NO_ERROR after 3");
            client.get(5, "/hello");
            assertThat(next(client)).isEqualTo("5 reset REFUSED_STREAM");
            assertThat(next(client)).isEqualTo("1 200");
            assertThat(next(client)).isEqualTo("1 data slow end");
            assertThat(next(client)).isEqualTo("closed");
            assertThat(clock.elapsed()).isEqualTo(seconds(3));
        });
    }

    @AsyncTest
    void anIdleConnectionEndsWhenTheClientKnows(VirtualClock clock) throws Exception {
        against(client -> {
            assertThat(next(client)).isEqualTo(FIRST);
            pong(client);
            assertThat(next(client)).isEqualTo("goaway NO_ERROR after 0");
            assertThat(next(client)).isEqualTo("closed");
            assertThat(clock.elapsed()).isEqualTo(Duration.ofMillis(100));
        });
    }

    @AsyncTest
    void aClientThatDoesNotAnswerHasASecond(VirtualClock clock) throws Exception {
        against(client -> {
            assertThat(next(client)).isEqualTo(FIRST);
            sleep(seconds(0.9));
            client.get(1, "/hello");
            assertThat(next(client)).isEqualTo("1 200");
            assertThat(next(client)).isEqualTo("1 data hello end");
            assertThat(next(client)).isEqualTo("goaway NO_ERROR after 1");
            assertThat(next(client)).isEqualTo("closed");
            assertThat(clock.elapsed()).isEqualTo(Duration.ofMillis(1100));
        });
    }
}
