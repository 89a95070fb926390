package io.asyncio4j.web.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.web.Limits;
import io.asyncio4j.web.http.HttpError;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each body is read in one piece and byte by byte, with the same outcome.
final class BodyReaderTest {
    private static final Limits LIMITS =
            Limits.defaults().body(1000).headers(256).headerCount(8);

    private static String read(long length, String text, int piece) {
        BodyReader body = new BodyReader(length, LIMITS);
        Bytes bytes = new Bytes(text, piece);
        StringBuilder read = new StringBuilder();
        try {
            do {
                byte[] next;
                while ((next = body.next(bytes)) != null && next.length > 0) {
                    read.append(new String(next, StandardCharsets.ISO_8859_1));
                }
                if (next != null) {
                    assertThat(body.hasEnded()).isTrue();
                    return read + " then '" + bytes.rest() + "'";
                }
            } while (bytes.more());
        } catch (HttpError wrong) {
            return wrong.status() + " " + wrong.getMessage();
        }
        return read + " and more";
    }

    private static String read(long length, String text) {
        String whole = read(length, text, Integer.MAX_VALUE / 2);
        assertThat(read(length, text, 1)).isEqualTo(whole);
        assertThat(read(length, text, 3)).isEqualTo(whole);
        return whole;
    }

    static Stream<Arguments> goodChunks() {
        return Stream.of(
                Arguments.of("0\r\n\r\n", " then ''"),
                Arguments.of("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\nGET", "hello world then 'GET'"),
                Arguments.of("0000A\r\n0123456789\r\n000\r\n\r\n", "0123456789 then ''"),
                Arguments.of("1;a=\"b\"\r\nx\r\n0;end\r\n\r\n", "x then ''"),
                Arguments.of("2\r\n\r\n\r\n0\r\nA: b\r\nc:\r\n\r\nrest", "\r\n then 'rest'"),
                Arguments.of("3e8\r\n" + "x".repeat(1000) + "\r\n0\r\n\r\n", "x".repeat(1000) + " then ''"),
                Arguments.of("5\r\nhel", "hel and more"),
                Arguments.of("5\r\nhello\r\n", "hello and more"),
                Arguments.of("5\r\nhello\r\n0\r\n\r", "hello and more"));
    }

    @ParameterizedTest
    @MethodSource("goodChunks")
    void chunksArePutTogether(String text, String outcome) {
        assertThat(read(Framing.CHUNKED, text)).isEqualTo(outcome);
    }

    static Stream<Arguments> badChunks() {
        return Stream.of(
                Arguments.of(400, "\r\n"),
                Arguments.of(400, "g\r\n"),
                Arguments.of(400, "0x5\r\n"),
                Arguments.of(400, "-1\r\n"),
                Arguments.of(400, " 5\r\n"),
                Arguments.of(400, "5 \r\n"),
                Arguments.of(400, "5\nhello"),
                Arguments.of(400, "5;\0\r\nhello"),
                Arguments.of(400, "5;a\rb\r\nhello"),
                Arguments.of(400, "5\r\nhelloX\r\n"),
                Arguments.of(400, "5\r\nhello\n0\r\n\r\n"),
                Arguments.of(400, "5\r\nhelloworld\r\n"),
                Arguments.of(400, "0\r\nnothing\r\n\r\n"),
                Arguments.of(400, "0\r\n: nameless\r\n\r\n"),
                Arguments.of(400, "0\r\n folded: a\r\n\r\n"),
                Arguments.of(400, "0\r\na: \0\r\n\r\n"),
                Arguments.of(400, "0\r\na: b\n\r\n"),
                Arguments.of(400, "1;" + "a".repeat(5000)),
                Arguments.of(400, ("1;" + "a".repeat(3000) + "\r\nx\r\n").repeat(6)),
                Arguments.of(413, "3e9\r\n"),
                Arguments.of(413, "3e8\r\n" + "x".repeat(1000) + "\r\n1\r\n"),
                Arguments.of(413, "ffffffffffffffff\r\n"),
                Arguments.of(413, "10000000000000000005\r\nhello"),
                Arguments.of(431, "0\r\n" + "a: 1\r\n".repeat(9) + "\r\n"),
                Arguments.of(431, "0\r\na: " + "x".repeat(300)),
                Arguments.of(431, "0\r\na: " + "x".repeat(200) + "\r\nb: " + "x".repeat(200) + "\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("badChunks")
    void badChunksAreRefused(int status, String text) {
        assertThat(read(Framing.CHUNKED, text)).startsWith(status + " ");
    }

    @Test
    void aLengthEndsTheBody() {
        assertThat(read(5, "helloGET")).isEqualTo("hello then 'GET'");
        assertThat(read(0, "GET")).isEqualTo(" then 'GET'");
        assertThat(read(5, "hel")).isEqualTo("hel and more");
    }
}
