package io.asyncio4j.web.http2;

import static io.asyncio4j.web.http2.FrameClient.END_HEADERS;
import static io.asyncio4j.web.http2.FrameClient.END_STREAM;
import static io.asyncio4j.web.http2.FrameClient.GOAWAY;
import static io.asyncio4j.web.http2.FrameClient.HEADERS;
import static io.asyncio4j.web.http2.FrameClient.RST_STREAM;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Asyncio;
import io.asyncio4j.web.Headers;
import io.asyncio4j.web.Limits;
import io.asyncio4j.web.http.Exchange;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The end of requests and connections, and of their time.
final class Http2EndTest {
    private static final Limits LIMITS = Limits.defaults()
            .headerTime(ofSeconds(2))
            .bodyPause(ofSeconds(3))
            .writePause(ofSeconds(5))
            .idleTime(ofSeconds(10));

    private static void slow(Exchange exchange) throws IOException {
        Asyncio.sleep(ofSeconds(1));
        ServedConnection.hello(exchange);
    }

    // ------------------------------------------------------------------ time

    private static void assertGoAwayAfter(Duration expected, String code, ServedConnection.Script script) {
        ServedConnection.run(LIMITS, ServedConnection::forever, (client, server) -> {
            long start = Asyncio.runningLoop().time();
            script.run(client, server);
            assertThat(client.goAway()).isEqualTo(code);
            assertThat(Duration.ofNanos(Asyncio.runningLoop().time() - start)).isEqualTo(expected.plusMillis(1));
        });
    }

    @Test
    void aClientThatSaysNothingIsSentAway() {
        assertGoAwayAfter(ofSeconds(2), "PROTOCOL_ERROR", (client, _) -> client.raw("PRI * HTT"));
    }

    @Test
    void settingsMustBeAcknowledged() {
        assertGoAwayAfter(ofSeconds(2), "SETTINGS_TIMEOUT", (client, _) -> {
            client.preface();
            client.settings();
            client.get(1, "/");
        });
    }

    @Test
    void aHeaderBlockMustEnd() {
        assertGoAwayAfter(ofSeconds(3), "ENHANCE_YOUR_CALM", (client, _) -> {
            client.begin();
            Asyncio.sleep(ofSeconds(1));
            client.headers(1, 0, ":method", "GET");
            Asyncio.sleep(ofMillis(1500));
            client.send(FrameClient.CONTINUATION, 0, 1, client.block(":path", "/"));
        });
    }

    @Test
    void aFrameMustEnd() {
        assertGoAwayAfter(ofSeconds(2), "ENHANCE_YOUR_CALM", (client, _) -> {
            client.begin().get(1, "/");
            client.raw("\0\0\4\3\0");
        });
    }

    @Test
    void aConnectionWithoutRequestsEnds() {
        ServedConnection.run(LIMITS, Http2EndTest::slow, (client, _) -> {
            client.begin();
            Asyncio.sleep(ofSeconds(9));
            client.get(1, "/");
            assertThat(client.answer(1)).isEqualTo("200 hello");
            long start = Asyncio.runningLoop().time();

            assertThat(client.goAway()).isEqualTo("NO_ERROR");
            assertThat(Duration.ofNanos(Asyncio.runningLoop().time() - start)).isEqualTo(ofMillis(10_001));
        });
    }

    @Test
    void aConnectionWithARequestNowAndThenIsKeptOpen() {
        ServedConnection.run(LIMITS, ServedConnection::hello, (client, _) -> {
            client.begin();
            for (int stream = 1; stream < 21; stream += 2) {
                client.get(stream, "/"); // answered before anything else happens
                assertThat(client.answer(stream)).isEqualTo("200 hello");
                Asyncio.sleep(ofSeconds(5));
            }
        });
    }

    @Test
    void aRequestUnderWayKeepsAConnectionOpen() {
        ServedConnection.run(
                LIMITS,
                exchange -> {
                    Asyncio.sleep(ofSeconds(50));
                    ServedConnection.hello(exchange);
                },
                (client, _) -> {
                    client.begin().get(1, "/");
                    Asyncio.sleep(ofSeconds(1));
                    client.raw("\0\0\10\6"); // a ping in two pieces
                    Asyncio.sleep(ofSeconds(1));
                    client.raw("\0\0\0\0\0" + "\0".repeat(8));
                    assertThat(client.answer(1)).isEqualTo("200 hello");
                });
    }

    @Test
    void aConnectionOnWhichOnlyPingsComeEnds() {
        assertGoAwayAfter(ofSeconds(10), "NO_ERROR", (client, _) -> {
            client.begin();
            for (int i = 0; i < 9; i++) {
                Asyncio.sleep(ofSeconds(1));
                client.ping();
            }
        });
    }

    @Test
    void aBodyThatComesByteByByteIsAnsweredWith408() {
        ServedConnection.run(Limits.defaults(), ServedConnection::echo, (client, _) -> {
            client.begin().post(1, "/");
            Asyncio.sleep(ofSeconds(29));
            client.data(1, "x", false);
            long start = Asyncio.runningLoop().time();
            assertThat(client.answer(1)).isEqualTo("408 The body comes too slowly");
            assertThat(Duration.ofNanos(Asyncio.runningLoop().time() - start)).isLessThan(ofMillis(1100));
            assertThat(client.reset(1)).isEqualTo("NO_ERROR");
        });
    }

    @Test
    void aBodyThatPausesIsAnsweredWith408() {
        ServedConnection.run(LIMITS, ServedConnection::echo, (client, _) -> {
            client.begin().post(1, "/");
            Asyncio.sleep(ofSeconds(2));
            client.data(1, "x", false);
            Asyncio.sleep(ofSeconds(2));
            client.data(1, "x", false);
            assertThat(client.answer(1)).isEqualTo("408 The body has stopped coming");
            assertThat(client.reset(1)).isEqualTo("NO_ERROR");
        });
    }

    @Test
    void anAnswerThatIsNotTakenIsReset() {
        ServedConnection.run(LIMITS, ServedConnection::hello, (client, server) -> {
            client.begin(4, 0).get(1, "/");
            long start = Asyncio.runningLoop().time();

            assertThat(client.reset(1)).isEqualTo("CANCEL");
            assertThat(Duration.ofNanos(Asyncio.runningLoop().time() - start)).isEqualTo(ofSeconds(5));
            assertThat(server.ended).containsExactly("/ 200 left");
        });
    }

    @Test
    void anAnswerThatIsTakenByteByByteIsReset() {
        ServedConnection.run(LIMITS, ServedConnection::hello, (client, server) -> {
            client.begin(4, 0).get(1, "/");
            long start = Asyncio.runningLoop().time();
            for (int i = 1; i < 5; i++) {
                Asyncio.sleep(ofSeconds(1));
                client.number(FrameClient.WINDOW_UPDATE, 1, 1);
            }

            assertThat(client.reset(1)).isEqualTo("CANCEL");
            assertThat(Duration.ofNanos(Asyncio.runningLoop().time() - start)).isEqualTo(ofSeconds(5));
            assertThat(server.ended).containsExactly("/ 200 left");
        });
    }

    @Test
    void anAnswerThatIsTakenSlowlyIsSent() {
        ServedConnection.run(
                LIMITS, exchange -> exchange.respond(200, Headers.empty(), new byte[20_000]), (client, server) -> {
                    client.begin(4, 0).get(1, "/");
                    for (int i = 0; i < 80; i++) {
                        Asyncio.sleep(ofMillis(1200));
                        client.number(FrameClient.WINDOW_UPDATE, 1, 256);
                    }
                    assertThat(client.answer(1)).hasSize(20_004);
                    assertThat(server.ended).containsExactly("/ 200");
                });
    }

    // ------------------------------------------------------------------ the client leaves

    @Test
    void aRequestThatIsTakenBackIsCancelledAlone() {
        ServedConnection.run(Http2EndTest::slow, (client, server) -> {
            client.begin().get(1, "/one");
            client.get(3, "/two");
            client.number(RST_STREAM, 1, 8);

            assertThat(client.answer(3)).isEqualTo("200 hello");
            assertThat(server.ended).containsExactly("/one 0 left", "/two 200");
        });
    }

    @Test
    void aClientThatLeavesHasAllRequestsCancelled() {
        Duration taken = ServedConnection.run(ServedConnection::forever, (client, server) -> {
            client.begin().get(1, "/one");
            client.get(3, "/two");
            client.ping();
            client.await(FrameClient.PING);
            client.connection().writer().writeEof();
            assertThat(client.next()).isNull();
            assertThat(server.ended).containsExactly("/one 0 left", "/two 0 left");
        });
        assertThat(taken).isLessThan(ofSeconds(1));
    }

    @Test
    void aReadFailsWhenTheClientTakesBackTheRequest() {
        ServedConnection.run(
                exchange -> {
                    try {
                        exchange.read();
                    } finally {
                        assertThat(exchange.isDisconnected()).isTrue();
                    }
                },
                (client, server) -> {
                    client.begin().post(1, "/");
                    client.number(RST_STREAM, 1, 8);
                    client.ping();
                    client.await(FrameClient.PING);
                    assertThat(server.ended).containsExactly("/ 0 left");
                });
    }

    @Test
    void afterTheClientsGoAwayRequestsAreAnsweredAndTheConnectionEnds() {
        ServedConnection.run(Http2EndTest::slow, (client, _) -> {
            client.begin().get(1, "/");
            client.send(GOAWAY, 0, 0, new byte[8]);
            client.get(3, "/");

            assertThat(client.answer(1)).isEqualTo("200 hello");
            assertThat(client.answer(3)).isEqualTo("200 hello");
            assertThat(client.goAway()).isEqualTo("NO_ERROR");
        });
    }

    // ------------------------------------------------------------------ the server shuts down

    @Test
    void anIdleConnectionEndsAtShutdown() {
        Duration taken = ServedConnection.run(ServedConnection::hello, (client, server) -> {
            client.begin().get(1, "/");
            assertThat(client.answer(1)).isEqualTo("200 hello");
            server.service().shutDown();
            assertThat(client.goAway()).isEqualTo("NO_ERROR");
        });
        assertThat(taken).isLessThan(ofSeconds(2));
    }

    @Test
    void requestsUnderWayAreAnsweredAtShutdownAndNewOnesRefused() {
        ServedConnection.run(Http2EndTest::slow, (client, server) -> {
            client.begin().get(1, "/");
            client.ping();
            client.await(FrameClient.PING);
            server.service().shutDown();
            assertThat(client.await(GOAWAY).number()).isEqualTo(Integer.MAX_VALUE);
            client.send(FrameClient.PING, FrameClient.ACK, 0, new byte[8]);
            client.get(3, "/");

            assertThat(client.await(GOAWAY).number()).isEqualTo(1);
            assertThat(client.reset(3)).isEqualTo("REFUSED_STREAM");
            assertThat(client.answer(1)).isEqualTo("200 hello");
            assertThat(client.next()).isNull();
        });
    }

    @Test
    void aConnectionThatBeginsDuringShutdownIsSentAway() {
        ServedConnection.run(ServedConnection::hello, (client, server) -> {
            server.service().shutDown();
            client.begin();
            assertThat(client.goAway()).isEqualTo("NO_ERROR");
        });
    }

    @Test
    void aFaultOfTheClientEndsAllAndTellsTheLastRequest() {
        ServedConnection.run(ServedConnection::forever, (client, server) -> {
            client.begin().get(5, "/");
            client.headers(3, END_STREAM | END_HEADERS, ":method", "GET");

            FrameClient.Frame goAway = client.await(GOAWAY);
            assertThat(goAway.number()).isEqualTo(5);
            assertThat(goAway.code()).isEqualTo("PROTOCOL_ERROR");
            assertThat(goAway.text()).endsWith("the stream 3 is lower than others before");
            assertThat(client.next()).isNull();
            assertThat(server.ended).containsExactly("/ 0 left");
        });
    }

    @Test
    void anAnswerThatIsTakenBackHalfwayEndsItsTask() {
        ServedConnection.run(
                exchange -> {
                    exchange.begin(200, Headers.empty(), -1);
                    while (true) {
                        exchange.write(new byte[50_000], 0, 50_000);
                    }
                },
                (client, server) -> {
                    client.begin().get(1, "/");
                    client.await(FrameClient.DATA, 1);
                    client.number(RST_STREAM, 1, 8);
                    client.number(FrameClient.WINDOW_UPDATE, 0, 1 << 20);
                    client.ping();
                    client.await(FrameClient.PING);
                    Asyncio.sleep(ofMillis(1));
                    assertThat(server.ended).containsExactly("/ 200 left");
                    client.send(FrameClient.DATA, 0, 1, new byte[0]);
                    assertThat(client.reset(1)).isEqualTo("STREAM_CLOSED");
                });
    }

    @Test
    void aTaskThatIgnoresItsCancellationCanAnswerNoMore() {
        ServedConnection.run(
                exchange -> {
                    exchange.begin(200, Headers.empty(), -1);
                    try {
                        ServedConnection.forever(exchange);
                    } finally {
                        exchange.write(new byte[1], 0, 1);
                    }
                },
                (client, server) -> {
                    client.begin().get(1, "/");
                    client.await(HEADERS, 1);
                    client.number(RST_STREAM, 1, 8);
                    client.get(3, "/other");
                    client.await(HEADERS, 3);
                    assertThat(server.ended).containsExactly("/ 200 left");
                });
    }
}
