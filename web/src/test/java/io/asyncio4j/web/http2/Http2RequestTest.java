package io.asyncio4j.web.http2;

import static io.asyncio4j.web.http2.FrameClient.END_HEADERS;
import static io.asyncio4j.web.http2.FrameClient.END_STREAM;
import static io.asyncio4j.web.http2.FrameClient.HEADERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.web.Headers;
import io.asyncio4j.web.Limits;
import io.asyncio4j.web.http.Exchange;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests and their answers, and what is no request.
final class Http2RequestTest {
    @Test
    void anAnswerHasItsLengthAndTheDate() {
        ServedConnection.run(ServedConnection::hello, (client, _) -> {
            client.begin().get(1, "/hello");

            assertThat(client.fields(client.await(HEADERS, 1)))
                    .contains(":status: 200", "content-type: text/plain", "content-length: 5")
                    .anyMatch(field -> field.startsWith("date: ") && field.endsWith(" GMT"));
            assertThat(client.await(FrameClient.DATA).text()).isEqualTo("hello");
        });
    }

    @Test
    void severalRequestsShareAConnection() {
        ServedConnection.run(ServedConnection::echo, (client, server) -> {
            client.begin().post(1, "/one");
            client.post(3, "/two");
            client.get(5, "/three");
            client.data(3, "b", true);
            client.data(1, "a", true);

            assertThat(client.answer(5)).isEqualTo("200 ");
            assertThat(client.answer(3)).isEqualTo("200 b");
            assertThat(client.answer(1)).isEqualTo("200 a");
            assertThat(server.ended).containsExactly("/three 200", "/two 200", "/one 200");
        });
    }

    private static void inspect(Exchange exchange) throws IOException {
        StringBuilder text = new StringBuilder(exchange.request().method() + " "
                + exchange.request().authority() + " " + exchange.request().path() + " "
                + exchange.request().query() + " " + exchange.request().length());
        exchange.request().headers().forEach((name, value) -> text.append(' ').append(name + "=" + value));
        exchange.respond(200, Headers.empty(), ServedConnection.bytes(text.toString()));
    }

    @Test
    void aRequestIsReadWithCookiesInOneHeaderAndTheHostAmongTheHeaders() {
        ServedConnection.run(Http2RequestTest::inspect, (client, _) -> {
            client.begin().get(1, "/a%20b?c=d", "cookie", "a=1", "x-a", "b\u00e4", "cookie", "b=2", "te", "trailers");

            assertThat(client.answer(1))
                    .isEqualTo("200 GET t /a%20b c=d 0 host=t cookie=a=1; b=2 x-a=b\u00e4 te=trailers");
        });
    }

    @Test
    void aBodyInSeveralFramesWithTrailersIsReadWhole() {
        ServedConnection.run(ServedConnection::echo, (client, _) -> {
            client.begin().post(1, "/echo", "content-length", "5");
            client.data(1, "he", false);
            client.data(1, "llo", false);
            client.headers(1, END_STREAM | END_HEADERS, "x-checksum", "1");

            assertThat(client.answer(1)).isEqualTo("200 hello");
        });
    }

    @Test
    void aHeaderBlockMayComeInPieces() {
        ServedConnection.run(ServedConnection::hello, (client, _) -> {
            byte[] block = client.block(":method", "GET", ":scheme", "http", ":path", "/", ":authority", "t");
            client.begin().send(HEADERS, END_STREAM, 1, new byte[0]);
            for (int i = 0; i < block.length; i++) {
                int flags = i == block.length - 1 ? END_HEADERS : 0;
                client.send(FrameClient.CONTINUATION, flags, 1, new byte[] {block[i]});
            }

            assertThat(client.answer(1)).isEqualTo("200 hello");
        });
    }

    @Test
    void anAnswerWithoutABodyEndsWithItsHead() {
        ServedConnection.run(
                exchange -> {
                    exchange.begin(exchange.request().isHead() ? 200 : 204, Headers.empty(), -1);
                    assertThat(exchange.takesBody()).isFalse();
                    exchange.write(new byte[5], 0, 5);
                    exchange.end();
                },
                (client, _) -> {
                    client.begin().request("HEAD", 1, "/", true);
                    client.get(3, "/");

                    assertThat(client.answer(1)).isEqualTo("200 ");
                    assertThat(client.answer(3)).isEqualTo("204 ");
                });
    }

    @Test
    void headersOfAConnectionAreNotSent() {
        ServedConnection.run(
                exchange -> exchange.respond(
                        200,
                        Headers.of("connection", "close", "transfer-encoding", "chunked", "content-length", "7"),
                        new byte[1]),
                (client, _) -> {
                    client.begin().get(1, "/");

                    assertThat(client.fields(client.await(HEADERS, 1)))
                            .contains("content-length: 1")
                            .noneMatch(field -> field.startsWith("connection") || field.startsWith("transfer"))
                            .doesNotContain("content-length: 7");
                });
    }

    @Test
    void aLargeHeadIsSentInSeveralFrames() {
        ServedConnection.run(
                exchange -> exchange.respond(200, Headers.of("x-large", "\u00e4".repeat(40_000)), new byte[1]),
                (client, _) -> {
                    client.begin().get(1, "/");

                    assertThat(client.await(HEADERS, 1).flags() & END_HEADERS).isZero();
                    assertThat(client.await(FrameClient.CONTINUATION, 1).payload())
                            .hasSize(16_384);
                    client.await(
                            frame -> frame.type() == FrameClient.CONTINUATION && (frame.flags() & END_HEADERS) != 0);
                    assertThat(client.next().isEnd()).isTrue();
                });
    }

    @Test
    void aClientThatExpectsItIsToldToGoOnWhenTheBodyIsRead() {
        ServedConnection.run(ServedConnection::echo, (client, _) -> {
            client.begin().post(1, "/echo", "expect", "100-continue");
            assertThat(client.fields(client.await(HEADERS, 1))).containsExactly(":status: 100");
            client.data(1, "body", true);

            assertThat(client.answer(1)).isEqualTo("200 body");
        });
    }

    @Test
    void informationalAnswersComeBeforeTheFinalOne() {
        ServedConnection.run(
                exchange -> {
                    exchange.begin(103, Headers.of("link", "</a.css>"), -1);
                    assertThat(exchange.hasBegun()).isFalse();
                    ServedConnection.hello(exchange);
                },
                (client, _) -> {
                    client.begin().get(1, "/");

                    assertThat(client.fields(client.await(HEADERS, 1)))
                            .containsExactly(":status: 103", "link: </a.css>");
                    assertThat(client.answer(1)).isEqualTo("200 hello");
                });
    }

    @Test
    void aBodyThatWasNotReadIsGivenUpWithoutAnError() {
        ServedConnection.run(ServedConnection::hello, (client, server) -> {
            client.begin().post(1, "/");
            assertThat(client.answer(1)).isEqualTo("200 hello");
            assertThat(client.reset(1)).isEqualTo("NO_ERROR");

            client.data(1, "late", true); // has crossed the reset
            client.get(3, "/");
            assertThat(client.answer(3)).isEqualTo("200 hello");
            assertThat(server.ended).containsExactly("/ 200", "/ 200");
        });
    }

    @Test
    void aFailureInTheMiddleOfAnAnswerResetsItsStream() {
        ServedConnection.run(
                exchange -> {
                    exchange.begin(200, Headers.empty(), -1);
                    exchange.write(new byte[] {'x'}, 0, 1);
                    throw new IllegalStateException("broken");
                },
                (client, server) -> {
                    client.begin().get(1, "/");

                    assertThat(client.reset(1)).isEqualTo("INTERNAL_ERROR");
                    assertThat(server.failures).singleElement().hasToString("java.lang.IllegalStateException: broken");
                });
    }

    @Test
    void anAnswerWithoutAnEndIsReset() {
        ServedConnection.run(exchange -> exchange.begin(200, Headers.empty(), -1), (client, _) -> {
            client.begin().get(1, "/");

            assertThat(client.reset(1)).isEqualTo("INTERNAL_ERROR");
        });
    }

    @Test
    void anAnswerShorterThanItsHeadSaysIsReset() {
        ServedConnection.run(
                exchange -> {
                    exchange.begin(200, Headers.empty(), 3);
                    exchange.write(new byte[2], 0, 2);
                    exchange.end();
                },
                (client, server) -> {
                    client.begin().get(1, "/x");

                    assertThat(client.reset(1)).isEqualTo("INTERNAL_ERROR");
                    assertThat(server.failures)
                            .singleElement()
                            .hasToString(
                                    "java.lang.IllegalStateException: Cannot end the answer to request #1, GET /x: "
                                            + "1 bytes are missing of the length that was told");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":method=GET :scheme=http :authority=t",
                ":method=GET :scheme=http :path= :authority=t",
                ":method=GET :scheme=http :path=x :authority=t",
                ":method=GET :scheme=http :path=/\u00e4 :authority=t",
                ":method=GET :scheme=http :path=/a#b :authority=t",
                ":method=GET :scheme=ftp :path=/ :authority=t",
                ":method=GET :scheme=http :path=/",
                ":method=GET :scheme=http :path=* :authority=t",
                ":method=GET :method=GET :scheme=http :path=/ :authority=t",
                ":method=GET :scheme=http :authority=t x-a=b :path=/",
                ":method=GET :scheme=http :path=/ :authority=t :status=200",
                ":method=GET :scheme=http :path=/ :authority=a@t",
                ":method=GET :scheme=http :path=/ :authority=t:65536",
                ":method=GET :scheme=http :path=/ :authority=t host=u",
                ":method=GET :scheme=http :path=/ :authority=t X-A=b",
                ":method=GET :scheme=http :path=/ :authority=t x-a=b\u0001",
                ":method=GET :scheme=http :path=/ :authority=t connection=close",
                ":method=GET :scheme=http :path=/ :authority=t te=gzip",
                ":method=GET :scheme=http :path=/ :authority=t content-length=1",
                ":method=GET :scheme=http :path=/ :authority=t content-length=-0",
                ":method=GET :scheme=http :path=/ :authority=t :protocol=websocket",
            })
    void aMalformedRequestIsReset(String fields) {
        ServedConnection.run(ServedConnection::hello, (client, server) -> {
            client.begin().headers(1, END_STREAM | END_HEADERS, fields.split("[= ]", -1));
            assertThat(client.reset(1)).isEqualTo("PROTOCOL_ERROR");

            client.get(3, "/");
            assertThat(client.answer(3)).isEqualTo("200 hello");
            assertThat(server.ended).containsExactly("/ 200");
        });
    }

    @Test
    void aRequestThatCannotBeServedIsAnswered() {
        ServedConnection.run(ServedConnection::hello, (client, _) -> {
            client.begin();
            client.headers(3, END_STREAM | END_HEADERS, ":method", "CONNECT", ":authority", "t:80");
            assertThat(client.answer(3)).isEqualTo("501 The server is no proxy: it does not know CONNECT");
        });
    }

    @Test
    void headersBeyondTheLimitsAreAnsweredWith431() {
        Limits limits = Limits.defaults().headers(512).headerCount(8).requestLine(64);
        ServedConnection.run(limits, ServedConnection::hello, (client, _) -> {
            client.begin().get(1, "/", "x-large", "x".repeat(500));
            assertThat(client.answer(1)).isEqualTo("431 The headers are larger than 512 bytes");

            String[] many = new String[18];
            Arrays.fill(many, "a");
            client.get(3, "/", many);
            assertThat(client.answer(3)).isEqualTo("431 There are more than 8 headers");

            client.get(5, "/" + "x".repeat(64));
            assertThat(client.answer(5)).isEqualTo("414 The path is longer than 64 bytes");

            String[] crumbs = new String[14];
            for (int i = 0; i < crumbs.length; i += 2) {
                crumbs[i] = "cookie";
                crumbs[i + 1] = "c=" + i;
            }
            client.get(7, "/", crumbs); // one header in seven pieces
            assertThat(client.answer(7)).isEqualTo("200 hello");
        });
    }

    @Test
    void aBodyThatDisagreesWithItsLengthIsReset() {
        ServedConnection.run(ServedConnection::echo, (client, _) -> {
            client.begin().post(1, "/", "content-length", "3");
            client.data(1, "1234", false);
            assertThat(client.reset(1)).isEqualTo("PROTOCOL_ERROR");

            client.post(3, "/", "content-length", "3");
            client.data(3, "12", true);
            assertThat(client.reset(3)).isEqualTo("PROTOCOL_ERROR");
        });
    }

    @Test
    void anExtendedConnectCarriesBytesInBothDirections() {
        ServedConnection.run(
                exchange -> {
                    assertThat(exchange.request().upgrade()).isEqualTo("websocket");
                    exchange.upgrade(Headers.of("sec-websocket-protocol", "echo"));
                    for (byte[] piece = exchange.read(); piece != null; piece = exchange.read()) {
                        exchange.write(piece, 0, piece.length);
                    }
                    exchange.end();
                },
                (client, server) -> {
                    client.begin();
                    assertThat(client.await(FrameClient.SETTINGS).payload()).endsWith(0, 8, 0, 0, 0, 1);
                    client.request("CONNECT", 1, "/ws", false, ":protocol", "WebSocket");
                    assertThat(client.fields(client.await(HEADERS, 1)))
                            .contains(":status: 200", "sec-websocket-protocol: echo");
                    client.data(1, "ping", false);
                    assertThat(client.await(FrameClient.DATA).text()).isEqualTo("ping");
                    client.data(1, "", true);
                    assertThat(client.await(FrameClient.DATA).isEnd()).isTrue();
                    assertThat(server.ended).containsExactly("/ws 200");
                });
    }
}
