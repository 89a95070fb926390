package io.asyncio4j.web.http2;

import static io.asyncio4j.web.http2.FrameClient.DATA;
import static io.asyncio4j.web.http2.FrameClient.HEADERS;
import static io.asyncio4j.web.http2.FrameClient.PING;
import static io.asyncio4j.web.http2.FrameClient.WINDOW_UPDATE;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Asyncio;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.web.Headers;
import io.asyncio4j.web.Limits;
import io.asyncio4j.web.http.Exchange;
import io.asyncio4j.web.http.HttpError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Answers that are complete before the request is, that were cut, and files.
final class Http2AnswerTest {
    private static final int WINDOW = 65_535;

    /// Answers, and does not end.
    private static void helloForEver(Exchange exchange) throws IOException {
        ServedConnection.hello(exchange);
        ServedConnection.forever(exchange);
    }

    @Test
    void aBodyThatHasNotComeIsTakenBackWithTheAnswer() {
        ServedConnection.run(Http2AnswerTest::helloForEver, (client, _) -> {
            client.begin().post(1, "/");
            assertThat(client.answer(1)).isEqualTo("200 hello");
            assertThat(client.reset(1)).isEqualTo("NO_ERROR");
        });
    }

    @Test
    void aBodyUnderWayIsTakenBackASecondAfterTheAnswer() {
        ServedConnection.run(
                exchange -> {
                    Asyncio.sleep(ofMillis(1));
                    helloForEver(exchange);
                },
                (client, _) -> {
                    client.begin().post(1, "/");
                    client.data(1, WINDOW, false);
                    assertThat(client.answer(1)).isEqualTo("200 hello");
                    long start = Asyncio.runningLoop().time();
                    assertThat(client.reset(1)).isEqualTo("NO_ERROR");
                    assertThat(Asyncio.runningLoop().time() - start)
                            .isEqualTo(ofSeconds(1).toNanos());
                });
    }

    @Test
    void aBodyThatIsTooLargeEndsWithTheAnswerThatSaysSo() {
        Limits limits = Limits.defaults().body(1000);
        ServedConnection.run(
                limits,
                exchange -> {
                    try {
                        ServedConnection.body(exchange);
                    } catch (HttpError tooLarge) {
                        exchange.respond(tooLarge.status(), Headers.empty(), new byte[0]);
                        ServedConnection.forever(exchange);
                    }
                },
                (client, _) -> {
                    client.begin().post(1, "/");
                    client.data(1, 2000, false);
                    assertThat(client.answer(1)).isEqualTo("413 ");
                    for (int i = 0; i < 5; i++) { // faster than a second
                        client.data(1, WINDOW - 2000, false);
                        client.number(WINDOW_UPDATE, 0, 1);
                        client.await(frame -> frame.type() == WINDOW_UPDATE || frame.type() == FrameClient.RST_STREAM);
                    }
                    client.ping();
                    client.await(PING);
                });
    }

    @Test
    void aProgramMayReadOnAfterItsAnswer() {
        int[] size = {0};
        ServedConnection.run(
                exchange -> {
                    byte[] first = exchange.read();
                    ServedConnection.hello(exchange);
                    size[0] = (first == null ? 0 : first.length) + ServedConnection.body(exchange).length;
                },
                (client, server) -> {
                    client.begin().post(1, "/");
                    client.data(1, "one", false);
                    assertThat(client.answer(1)).isEqualTo("200 hello");
                    Asyncio.sleep(ofSeconds(5));
                    client.data(1, "two", true);
                    client.ping();
                    client.await(PING);
                    assertThat(size[0]).isEqualTo(6);
                    assertThat(server.ended).containsExactly("/ 200");
                });
    }

    // ------------------------------------------------------------------ pieces that were cut

    private static void cut(Exchange exchange, byte[] bytes) throws IOException {
        try {
            Asyncio.timeout(ofSeconds(1), () -> exchange.write(bytes, 0, bytes.length));
        } catch (TimeoutException late) {
            // as the client allows less
        }
    }

    @Test
    void anAnswerWithAPieceThatWasCutCannotGoOn() {
        ServedConnection.run(
                exchange -> {
                    exchange.begin(200, Headers.empty(), 25);
                    cut(exchange, new byte[20]);
                    exchange.write(new byte[5], 0, 5);
                },
                (client, server) -> {
                    client.begin(4, 10).get(1, "/x");
                    assertThat(client.await(DATA, 1).payload()).hasSize(10);
                    Asyncio.sleep(ofMillis(1500));
                    client.number(WINDOW_UPDATE, 1, 100);

                    assertThat(client.reset(1)).isEqualTo("INTERNAL_ERROR");
                    assertThat(server.failures)
                            .singleElement()
                            .hasToString("java.lang.IllegalStateException: Cannot write the answer to request #1, "
                                    + "GET /x: the piece before was not sent as a whole, or is still being sent");
                });
    }

    @Test
    void anAnswerWithAPieceThatWasCutHasNoEnd() {
        ServedConnection.run(
                exchange -> {
                    exchange.begin(200, Headers.empty(), -1);
                    cut(exchange, new byte[20]);
                    exchange.end();
                },
                (client, _) -> {
                    client.begin(4, 10).get(1, "/");
                    client.await(HEADERS, 1);
                    assertThat(client.reset(1)).isEqualTo("INTERNAL_ERROR");
                });
    }

    @Test
    void aPieceThatIsCancelledAfterItWasSentIsWhole() {
        ServedConnection.run(
                exchange -> {
                    exchange.begin(200, Headers.empty(), -1);
                    cut(exchange, new byte[10]);
                    exchange.end();
                },
                (client, _) -> {
                    client.begin(4, 10).get(1, "/");
                    assertThat(client.answer(1)).hasSize(14);
                });
    }

    // ------------------------------------------------------------------ files

    @Test
    void aFileIsSentAsTheClientAllows(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("file");
        byte[] content = new byte[200_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i % 251);
        }
        Files.write(path, content);
        ServedConnection.run(
                exchange -> {
                    try (FileChannel file = FileChannel.open(path)) {
                        exchange.begin(200, Headers.empty(), content.length - 1);
                        exchange.writeFile(file, 1, content.length - 1);
                        exchange.end();
                    }
                },
                (client, _) -> {
                    client.begin(4, 0).get(1, "/");
                    client.number(WINDOW_UPDATE, 0, 1 << 20);
                    client.number(WINDOW_UPDATE, 1, 100_000);
                    client.number(WINDOW_UPDATE, 1, 100_000);
                    assertThat(ServedConnection.bytes(client.answer(1).substring(4)))
                            .isEqualTo(Arrays.copyOfRange(content, 1, content.length));
                });
    }

    @Test
    void aFileThatHasBecomeShorterIsSeenToBeTruncated(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("file");
        Files.write(path, new byte[10]);
        ServedConnection.run(
                exchange -> {
                    try (FileChannel file = FileChannel.open(path)) {
                        exchange.begin(200, Headers.empty(), 20);
                        exchange.writeFile(file, 0, 20);
                        exchange.end();
                    }
                },
                (client, server) -> {
                    client.begin().get(1, "/");
                    assertThat(client.reset(1)).isEqualTo("INTERNAL_ERROR");
                    assertThat(server.failures)
                            .singleElement()
                            .hasToString("java.io.EOFException: The file ends 10 bytes too early");
                });
    }
}
