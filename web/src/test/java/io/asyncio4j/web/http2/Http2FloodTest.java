package io.asyncio4j.web.http2;

import static io.asyncio4j.web.http2.FrameClient.CONTINUATION;
import static io.asyncio4j.web.http2.FrameClient.DATA;
import static io.asyncio4j.web.http2.FrameClient.HEADERS;
import static io.asyncio4j.web.http2.FrameClient.PING;
import static io.asyncio4j.web.http2.FrameClient.RST_STREAM;
import static io.asyncio4j.web.http2.FrameClient.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Asyncio;
import io.asyncio4j.web.Headers;
import io.asyncio4j.web.Limits;
import io.asyncio4j.web.http.Exchange;
import java.io.IOException;
import java.time.Duration;
import java.util.function.ObjIntConsumer;
import org.junit.jupiter.api.Test;

/// Clients that send much of what costs them little.
final class Http2FloodTest {
    /// Sends something many times, with the numbers of new streams; expects to lose the connection.
    private static void flood(int times, ObjIntConsumer<FrameClient> frames) {
        ServedConnection.run(ServedConnection::forever, (client, server) -> {
            client.begin().post(1, "/first");
            for (int i = 0; i < times; i++) {
                frames.accept(client, 2 * i + 3);
            }

            assertThat(client.goAway()).isEqualTo("ENHANCE_YOUR_CALM");
            assertThat(server.ended).contains("/first 0 left");
        });
    }

    @Test
    void requestsTakenBackAtOnceAreLimited() {
        flood(2000, (client, stream) -> {
            client.get(stream, "/");
            client.number(RST_STREAM, stream, 8);
        });
    }

    @Test
    void requestsThatTheServerHasToResetAreLimited() {
        flood(2000, (client, stream) -> {
            client.get(stream, "/");
            client.number(WINDOW_UPDATE, stream, 0);
        });
    }

    @Test
    void streamsBeyondTheLimitAreRefusedAndLimited() {
        flood(2000, (client, stream) -> client.get(stream, "/"));
    }

    @Test
    void pingsAreLimited() {
        flood(5000, (client, _) -> client.ping());
    }

    @Test
    void settingsAreLimited() {
        flood(2000, (client, _) -> client.settings());
    }

    @Test
    void settingsInOneFrameAreLimited() {
        flood(1, (client, _) -> client.settings(new int[5000]));
    }

    @Test
    void emptyDataIsLimited() {
        flood(5000, (client, _) -> client.data(1, "", false));
    }

    @Test
    void framesWithoutEffectAreLimited() {
        flood(20_000, (client, stream) -> client.send(FrameClient.PRIORITY, 0, stream, new byte[5]));
    }

    @Test
    void windowsOpenedBitByBitAreLimited() {
        flood(20_000, (client, _) -> client.number(WINDOW_UPDATE, 1, 1));
    }

    @Test
    void anAnswerTakenByteByByteIsLimited() {
        ServedConnection.run(Http2FloodTest::endless, (client, _) -> {
            client.begin(4, 0).get(1, "/");
            client.await(HEADERS, 1);
            for (int i = 0; i < 990; i++) {
                client.number(WINDOW_UPDATE, 1, 1);
                client.await(DATA, 1);
            }
            for (int i = 0; i < 20; i++) {
                client.number(WINDOW_UPDATE, 1, 1);
            }

            assertThat(client.goAway()).isEqualTo("ENHANCE_YOUR_CALM");
        });
    }

    @Test
    void dataOfAStreamThatWasResetIsLimited() {
        ServedConnection.run(ServedConnection::hello, (client, _) -> {
            client.begin().post(1, "/");
            assertThat(client.answer(1)).isEqualTo("200 hello");
            assertThat(client.reset(1)).isEqualTo("NO_ERROR");
            client.data(1, 65_535, false);
            client.ping();
            client.await(PING);
            client.data(1, "x", false);

            assertThat(client.goAway()).isEqualTo("FLOW_CONTROL_ERROR");
        });
    }

    @Test
    void piecesOfAHeaderBlockAreLimited() {
        flood(
                2000,
                (client, stream) -> client.send(stream == 3 ? HEADERS : CONTINUATION, 0, 3, client.block("a", "b")));
    }

    @Test
    void aHeaderBlockIsLimitedInItsSize() {
        flood(20, (client, stream) -> client.send(stream == 3 ? HEADERS : CONTINUATION, 0, 3, new byte[16_384]));
    }

    @Test
    void whatIsSentSlowlyIsNoFlood() {
        ServedConnection.run(ServedConnection::hello, (client, _) -> {
            client.begin();
            for (int round = 0; round < 100; round++) {
                for (int i = 0; i < 50; i++) {
                    client.ping();
                }
                client.get(2 * round + 1, "/");
                Asyncio.sleep(Duration.ofSeconds(1));
            }
            assertThat(client.answer(199)).isEqualTo("200 hello");
        });
    }

    @Test
    void threeHundredStreamsAtOnceAreServedUpToTheLimit() {
        ServedConnection.run(ServedConnection::forever, (client, _) -> {
            client.begin();
            for (int stream = 1; stream < 601; stream += 2) {
                client.get(stream, "/");
            }
            for (int stream = 201; stream < 601; stream += 2) {
                assertThat(client.reset(stream)).isEqualTo("REFUSED_STREAM");
            }
            client.ping();
            client.await(PING);
        });
    }

    @Test
    void aClientThatReadsNothingIsCutOff() {
        Limits limits = Limits.defaults().writePause(Duration.ofSeconds(5));
        Duration taken = ServedConnection.run(limits, Http2FloodTest::endless, (client, server) -> {
            client.begin(4, Integer.MAX_VALUE).get(1, "/");
            client.number(WINDOW_UPDATE, 0, 1 << 30);
            while (server.ended.isEmpty()) {
                Asyncio.sleep(Duration.ofSeconds(1));
            }
            assertThat(server.ended).containsExactly("/ 200 left");
        });
        assertThat(taken).isLessThan(Duration.ofSeconds(20));
    }

    private static void endless(Exchange exchange) throws IOException {
        exchange.begin(200, Headers.empty(), -1);
        while (true) {
            exchange.write(new byte[16_384], 0, 16_384);
        }
    }

    @Test
    void dataAfterTheEndOfABodyIsAFaultOfItsStream() {
        ServedConnection.run(ServedConnection::forever, (client, _) -> {
            client.begin().get(1, "/");
            client.send(DATA, 0, 1, new byte[1]);

            assertThat(client.reset(1)).isEqualTo("STREAM_CLOSED");
        });
    }
}
