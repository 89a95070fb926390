package io.asyncio4j.web.http2;

import static io.asyncio4j.web.http2.FrameClient.DATA;
import static io.asyncio4j.web.http2.FrameClient.HEADERS;
import static io.asyncio4j.web.http2.FrameClient.PING;
import static io.asyncio4j.web.http2.FrameClient.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Asyncio;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.web.Headers;
import io.asyncio4j.web.Limits;
import io.asyncio4j.web.http.Exchange;
import io.asyncio4j.web.http.HttpError;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The windows of streams and of the connection, in both directions.
final class Http2FlowControlTest {
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int WINDOW = 65_535;
    private static final int WINDOW_OF_CONNECTION = 1024 * 1024;

    /// Answers with as many bytes as the path says.
    private static void big(Exchange exchange) throws IOException {
        int size = Integer.parseInt(exchange.request().path().substring(1));
        exchange.begin(200, Headers.empty(), size);
        exchange.write(new byte[size], 0, size);
        exchange.end();
    }

    /// Returns how many bytes of data come on a stream within a second.
    private static int received(FrameClient client, int stream) throws IOException {
        int[] count = {0};
        try {
            Asyncio.timeout(Duration.ofSeconds(1), () -> {
                while (true) {
                    FrameClient.Frame frame = client.await(DATA, stream);
                    assertThat(frame.payload()).hasSizeLessThanOrEqualTo(16_384);
                    count[0] += frame.payload().length;
                    if (frame.isEnd()) {
                        return;
                    }
                }
            });
        } catch (TimeoutException quiet) {
            // as expected, if the window is shut
        }
        return count[0];
    }

    @Test
    void anAnswerWaitsForTheWindowOfItsStream() {
        ServedConnection.run(Http2FlowControlTest::big, (client, _) -> {
            client.begin(INITIAL_WINDOW_SIZE, 0).get(1, "/1000");
            client.await(HEADERS, 1);
            assertThat(received(client, 1)).isZero();
            client.number(WINDOW_UPDATE, 1, 600);
            assertThat(received(client, 1)).isEqualTo(600);
            client.settings(INITIAL_WINDOW_SIZE, 400);
            assertThat(received(client, 1)).isEqualTo(400);
        });
    }

    @Test
    void aWindowMadeSmallerMayBecomeNegative() {
        ServedConnection.run(Http2FlowControlTest::big, (client, _) -> {
            client.begin().get(1, "/70000");
            client.number(WINDOW_UPDATE, 0, 1_000_000);
            assertThat(received(client, 1)).isEqualTo(WINDOW);
            client.settings(INITIAL_WINDOW_SIZE, 0);
            client.number(WINDOW_UPDATE, 1, WINDOW);
            assertThat(received(client, 1)).isZero();
            client.number(WINDOW_UPDATE, 1, 10_000);
            assertThat(received(client, 1)).isEqualTo(70_000 - WINDOW);
        });
    }

    @Test
    void streamsShareTheConnectionsWindowFrameByFrame() {
        ServedConnection.run(Http2FlowControlTest::big, (client, _) -> {
            client.begin(INITIAL_WINDOW_SIZE, 1 << 20).get(1, "/65535");
            assertThat(received(client, 1)).isEqualTo(WINDOW);
            client.get(3, "/40000");
            client.get(5, "/40000");
            client.number(WINDOW_UPDATE, 0, 80_000);

            List<Integer> order = new ArrayList<>();
            while (order.size() < 6) {
                order.add(client.await(frame -> frame.type() == DATA && frame.payload().length > 0).stream());
            }
            assertThat(order).containsExactly(3, 5, 3, 5, 3, 5);
        });
    }

    @Test
    void theStreamThatHasWaitedLongestGoesOnFirst() {
        ServedConnection.run(Http2FlowControlTest::big, (client, _) -> {
            client.begin(INITIAL_WINDOW_SIZE, 1 << 20).get(1, "/65535");
            assertThat(received(client, 1)).isEqualTo(WINDOW);
            for (int stream = 3; stream <= 9; stream += 2) {
                client.get(stream, "/60000");
            }

            List<Integer> order = new ArrayList<>();
            while (order.size() < 10) {
                client.number(WINDOW_UPDATE, 0, 16_384);
                order.add(client.await(DATA).stream());
            }
            assertThat(order).containsExactly(3, 5, 7, 9, 3, 5, 7, 9, 3, 5);
        });
    }

    @Test
    void answersWithoutABodyNeedNoWindow() {
        ServedConnection.run(Http2FlowControlTest::big, (client, _) -> {
            client.begin(INITIAL_WINDOW_SIZE, 0).get(1, "/10");
            client.get(3, "/0");
            client.request("HEAD", 5, "/10", true);

            assertThat(client.answer(3)).isEqualTo("200 ");
            assertThat(client.answer(5)).isEqualTo("200 ");
        });
    }

    @Test
    void aStreamsWindowThatBecomesTooLargeCostsTheStream() {
        ServedConnection.run(ServedConnection::forever, (client, server) -> {
            client.begin().get(1, "/");
            client.number(WINDOW_UPDATE, 1, Integer.MAX_VALUE);
            assertThat(client.reset(1)).isEqualTo("FLOW_CONTROL_ERROR");
            assertThat(server.ended).containsExactly("/ 0 left");

            client.number(WINDOW_UPDATE, 0, Integer.MAX_VALUE);
            assertThat(client.goAway()).isEqualTo("FLOW_CONTROL_ERROR");
        });
    }

    @Test
    void settingsThatMakeAWindowTooLargeEndTheConnection() {
        ServedConnection.run(ServedConnection::forever, (client, _) -> {
            client.begin().get(1, "/");
            client.number(WINDOW_UPDATE, 1, Integer.MAX_VALUE - WINDOW);
            client.settings(INITIAL_WINDOW_SIZE, WINDOW - 1);
            client.settings(INITIAL_WINDOW_SIZE, WINDOW);
            client.ping();
            client.await(PING);
            client.settings(INITIAL_WINDOW_SIZE, WINDOW + 1);
            assertThat(client.goAway()).isEqualTo("FLOW_CONTROL_ERROR");
        });
    }

    @Test
    void anInitialWindowThatIsTooLargeEndsTheConnection() {
        ServedConnection.run(ServedConnection::forever, (client, _) -> {
            client.begin(INITIAL_WINDOW_SIZE, Integer.MIN_VALUE);
            assertThat(client.goAway()).isEqualTo("FLOW_CONTROL_ERROR");
        });
    }

    @Test
    void aBodyThatNobodyReadsCostsNoMoreThanItsWindow() {
        ServedConnection.run(ServedConnection::forever, (client, server) -> {
            client.begin().post(1, "/");
            client.data(1, WINDOW, false);
            client.ping();
            client.await(frame -> {
                assertThat(frame.type() == WINDOW_UPDATE && frame.stream() == 1).isFalse();
                return frame.type() == PING;
            });
            client.data(1, "x", false);

            assertThat(client.reset(1)).isEqualTo("FLOW_CONTROL_ERROR");
            assertThat(server.ended).containsExactly("/ 0 left");
        });
    }

    @Test
    void whatIsReadMayBeSentAgain() {
        ServedConnection.run(
                exchange -> exchange.respond(
                        200, Headers.empty(), ServedConnection.bytes("" + ServedConnection.body(exchange).length)),
                (client, _) -> {
                    client.begin().post(1, "/");
                    int window = WINDOW;
                    for (int round = 0; round < 20; round++) {
                        client.data(1, WINDOW / 2, false);
                        window -= WINDOW / 2;
                        window += client.await(WINDOW_UPDATE, 1).number();
                    }
                    assertThat(window).isEqualTo(WINDOW);
                    client.data(1, "end", true);

                    assertThat(client.answer(1)).isEqualTo("200 " + (20 * (WINDOW / 2) + 3));
                });
    }

    @Test
    void paddingAndDroppedDataAreGivenBackToTheConnection() {
        ServedConnection.run(ServedConnection::hello, (client, _) -> {
            client.begin();
            byte[] padded = new byte[256];
            padded[0] = (byte) 255;
            int streams = 2 * WINDOW_OF_CONNECTION / 52_560;
            for (int stream = 1; stream < 2 * streams; stream += 2) {
                client.post(stream, "/");
                assertThat(client.answer(stream)).isEqualTo("200 hello");
                for (int i = 0; i < 10; i++) { // for a stream that the server has reset
                    client.send(DATA, 8, stream, padded);
                }
                client.data(stream, 50_000, false);
            }
            client.get(2 * streams + 1, "/");
            assertThat(client.answer(2 * streams + 1)).isEqualTo("200 hello");
        });
    }

    @Test
    void bodiesThatWereNotReadAreGivenBackToTheConnection() {
        ServedConnection.run(
                exchange -> {
                    Asyncio.sleep(Duration.ofSeconds(1));
                    ServedConnection.hello(exchange);
                },
                (client, _) -> {
                    client.begin();
                    for (int stream = 1; stream < 61; stream += 2) {
                        client.post(stream, "/");
                        client.data(stream, 60_000, true);
                        assertThat(client.answer(stream)).isEqualTo("200 hello");
                    }
                });
    }

    @Test
    void moreThanTheConnectionsWindowEndsTheConnection() {
        ServedConnection.run(ServedConnection::forever, (client, server) -> {
            client.begin();
            for (int stream = 1; stream <= 33; stream += 2) { // 16 of them fill the window
                client.post(stream, "/");
                client.data(stream, WINDOW, false);
            }

            assertThat(client.goAway()).isEqualTo("FLOW_CONTROL_ERROR");
            assertThat(server.ended).hasSize(17);
        });
    }

    @Test
    void aBodyThatIsTooLargeIsNotTakenForEver() {
        Limits limits = Limits.defaults().body(1000);
        ServedConnection.run(limits, Http2FlowControlTest::keepOn, (client, server) -> {
            client.begin().post(1, "/");
            int window = WINDOW;
            int sent = 0;
            while (window > 0) { // as much as the server allows
                client.data(1, window, false);
                sent += window;
                client.ping();
                window = given(client, 1);
            }
            assertThat(sent).isBetween(256 * 1024, 512 * 1024);
            client.data(1, WINDOW, false);

            assertThat(client.reset(1)).isEqualTo("FLOW_CONTROL_ERROR");
            assertThat(server.ended).containsExactly("/ 0 left");
        });
    }

    /// Goes on although the body is too large.
    private static void keepOn(Exchange exchange) throws IOException {
        try {
            ServedConnection.body(exchange);
        } catch (HttpError tooLarge) {
            ServedConnection.forever(exchange);
        }
    }

    /// Returns how much more a stream may send, as told before the answer to a ping.
    private static int given(FrameClient client, int stream) throws IOException {
        int given = 0;
        while (true) {
            FrameClient.Frame frame = client.await(any -> any.type() == WINDOW_UPDATE || any.type() == PING);
            if (frame.type() == PING) {
                return given;
            }
            given += frame.stream() == stream ? frame.number() : 0;
        }
    }

    @Test
    void aBodyThatIsTooLargeIsAnsweredWith413() {
        Limits limits = Limits.defaults().body(1000);
        ServedConnection.run(limits, ServedConnection::echo, (client, _) -> {
            client.begin().post(1, "/");
            client.data(1, 1001, false);
            assertThat(client.answer(1)).isEqualTo("413 The body must not be larger than 1000 bytes");
            assertThat(client.reset(1)).isEqualTo("NO_ERROR");

            client.post(3, "/", "content-length", "1001");
            assertThat(client.answer(3)).isEqualTo("413 The body must not be larger than 1000 bytes");

            client.post(5, "/", "content-length", "1000");
            client.data(5, 1000, true);
            assertThat(client.answer(5)).hasSize(1004);
        });
    }
}
