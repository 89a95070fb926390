package io.asyncio4j.web.http2;

import static io.asyncio4j.web.http2.FrameClient.CONTINUATION;
import static io.asyncio4j.web.http2.FrameClient.END_HEADERS;
import static io.asyncio4j.web.http2.FrameClient.END_STREAM;
import static io.asyncio4j.web.http2.FrameClient.HEADERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.web.Headers;
import io.asyncio4j.web.http.Exchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The packing of headers, byte by byte.
final class Http2HeadersTest {
    private static final int HEADER_TABLE_SIZE = 1;

    /// The fields of `GET http://t/` without a table.
    private static final String GET = "828684010174";

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    /// Answers with a header that is worth keeping in a table.
    private static void named(Exchange exchange) throws IOException {
        exchange.respond(200, Headers.of("x-name", "a value that is long enough"), new byte[0]);
    }

    @Test
    void fewBytesThatUnpackToManyAreAnsweredWith431() {
        ServedConnection.run(ServedConnection::hello, (client, server) -> {
            ByteArrayOutputStream bomb = new ByteArrayOutputStream();
            bomb.writeBytes(bytes(GET + "40" + "0162" + "7fbd1d")); // b: 3900 bytes, for the table
            bomb.writeBytes(new byte[3900]);
            for (int i = 0; i < 12_000; i++) {
                bomb.write(0xbe); // the table's first entry
            }
            client.begin().send(HEADERS, END_STREAM | END_HEADERS, 1, bomb.toByteArray());
            assertThat(client.answer(1)).isEqualTo("431 The headers are larger than 16384 bytes");

            client.get(3, "/");
            assertThat(client.answer(3)).isEqualTo("200 hello");
            assertThat(server.ended).containsExactly("/ 200");
        });
    }

    @Test
    void namesWithoutCharactersAreMalformed() {
        ServedConnection.run(ServedConnection::hello, (client, _) -> {
            client.begin().send(HEADERS, END_STREAM | END_HEADERS, 1, bytes(GET + "000000".repeat(100)));
            assertThat(client.reset(1)).isEqualTo("PROTOCOL_ERROR");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3fe21f" + GET, // a table of 4097 bytes
                GET + "20", // the size of the table behind a header
                GET + "80", // index 0
                GET + "be", // an entry that is not there
                GET + "00", // no end
                GET + "0001", // no end
                GET + "ffffffffffffffff", // an index that is too large
                GET + "000181ff00", // padding of a Huffman code that is too long
            })
    void whatCannotBeUnpackedEndsTheConnection(String hex) {
        ServedConnection.run(ServedConnection::hello, (client, server) -> {
            client.begin().send(HEADERS, END_STREAM | END_HEADERS, 1, bytes(hex));
            assertThat(client.goAway()).isEqualTo("COMPRESSION_ERROR");
            assertThat(server.ended).isEmpty();
        });
    }

    @Test
    void theTableOfTheClientIsAsLargeAsItSays() {
        ServedConnection.run(Http2HeadersTest::named, (client, _) -> {
            client.begin().get(1, "/");
            assertThat(client.answer(1)).isEqualTo("200 ");
            client.get(3, "/");
            int packed = client.await(HEADERS, 3).payload().length;

            client.settings(HEADER_TABLE_SIZE, 0);
            client.get(5, "/");
            byte[] without = client.await(HEADERS, 5).payload();
            assertThat(without).startsWith(0x20).hasSizeGreaterThan(packed + 20);

            client.settings(HEADER_TABLE_SIZE, 100, HEADER_TABLE_SIZE, 1 << 20);
            client.get(7, "/");
            assertThat(client.await(HEADERS, 7).payload())
                    .as("4096 bytes are enough")
                    .startsWith(0x3f, 0xe1, 0x1f);
            client.get(9, "/");
            assertThat(client.await(HEADERS, 9).payload()).hasSize(packed);
        });
    }

    @Test
    void aTableThatWasSmallInBetweenIsEmptiedFirst() {
        ServedConnection.run(Http2HeadersTest::named, (client, _) -> {
            client.begin().get(1, "/");
            assertThat(client.answer(1)).isEqualTo("200 ");
            client.settings(HEADER_TABLE_SIZE, 0);
            client.settings(HEADER_TABLE_SIZE, 4096);
            client.get(3, "/");

            FrameClient.Frame head = client.await(HEADERS, 3);
            assertThat(head.payload()).startsWith(0x20, 0x3f, 0xe1, 0x1f);
            assertThat(client.fields(head)).contains("x-name: a value that is long enough");
        });
    }

    @Test
    void trailersThatAreTooLargeOrMalformedCostTheStream() {
        ServedConnection.run(ServedConnection::echo, (client, _) -> {
            client.begin().post(1, "/");
            client.headers(1, END_STREAM | END_HEADERS, "x-large", "x".repeat(16_000), "x-more", "x".repeat(400));
            assertThat(client.reset(1)).isEqualTo("PROTOCOL_ERROR");

            client.post(3, "/");
            client.headers(3, END_STREAM | END_HEADERS, ":path", "/");
            assertThat(client.reset(3)).isEqualTo("PROTOCOL_ERROR");

            client.post(5, "/");
            client.headers(5, END_HEADERS, "x-a", "b");
            assertThat(client.reset(5)).isEqualTo("PROTOCOL_ERROR");
        });
    }

    @Test
    void headersOfAnUnknownSizeMustEndToo() {
        ServedConnection.run(ServedConnection::hello, (client, _) -> {
            client.begin().send(HEADERS, END_STREAM, 1, bytes(GET));
            for (int i = 0; i < 62; i++) {
                client.send(CONTINUATION, 0, 1, new byte[0]);
            }
            client.send(CONTINUATION, END_HEADERS, 1, new byte[0]);
            assertThat(client.answer(1)).isEqualTo("200 hello");

            client.send(HEADERS, END_STREAM, 3, bytes(GET));
            for (int i = 0; i < 64; i++) {
                client.send(CONTINUATION, 0, 3, new byte[0]);
            }
            assertThat(client.goAway()).isEqualTo("ENHANCE_YOUR_CALM");
        });
    }
}
