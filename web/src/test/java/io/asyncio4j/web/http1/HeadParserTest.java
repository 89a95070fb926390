package io.asyncio4j.web.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.web.Limits;
import io.asyncio4j.web.http.HttpError;
import io.asyncio4j.web.http.RequestHead;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each head is read in one piece and byte by byte, with the same outcome.
final class HeadParserTest {
    private static final Limits LIMITS =
            Limits.defaults().requestLine(64).headers(256).headerCount(8).body(1000);
    private static final String GET = "GET / HTTP/1.1\r\n";
    private static final String HOST = "Host: h\r\n";

    private static String read(String text, int piece) {
        HeadParser parser = new HeadParser(LIMITS, "http");
        Bytes bytes = new Bytes(text, piece);
        try {
            while (bytes.more()) {
                RequestHead head = parser.parse(bytes);
                if (head != null) {
                    return String.join(
                            " ",
                            head.method(),
                            head.path(),
                            head.query(),
                            head.authority(),
                            head.version(),
                            "" + head.length(),
                            head.upgrade(),
                            "" + head.headers().entries(),
                            parser.framing().keepsAlive(head.version().equals("HTTP/1.0")) ? "stays" : "closes",
                            "then '" + bytes.rest() + "'");
                }
            }
        } catch (HttpError wrong) {
            return wrong.status() + " " + wrong.getMessage();
        }
        return parser.hasBegun() ? "incomplete" : "nothing";
    }

    private static String read(String text) {
        String whole = read(text, Integer.MAX_VALUE / 2);
        assertThat(read(text, 1)).isEqualTo(whole);
        assertThat(read(text, 7)).isEqualTo(whole);
        return whole;
    }

    private static Arguments bad(int status, String text) {
        return Arguments.of(status, text);
    }

    static Stream<Arguments> badRequestLines() {
        return Stream.of(
                bad(400, "GET /\r\n" + HOST + "\r\n"),
                bad(400, "GET / HTTP/1.1\n" + HOST + "\r\n"),
                bad(400, "GET / HTTP/1.1\r\r\n"),
                bad(400, "GET  / HTTP/1.1\r\n"),
                bad(400, "GET / HTTP/1.1 \r\n"),
                bad(400, " GET / HTTP/1.1\r\n"),
                bad(400, "GET\t/ HTTP/1.1\r\n"),
                bad(400, "G@T / HTTP/1.1\r\n"),
                bad(400, "GET /a b HTTP/1.1\r\n"),
                bad(400, "GET /#a HTTP/1.1\r\n"),
                bad(400, "GET /\u00e4 HTTP/1.1\r\n"),
                bad(400, "GET / http/1.1\r\n"),
                bad(400, "GET / HTTP/1.10\r\n"),
                bad(400, "GET / HTTP/1.x\r\n"),
                bad(505, "GET / HTTP/2.0\r\n"),
                bad(400, "GET a/b HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(400, "GET * HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(400, "GET http:///a HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(400, "GET http://user@h/ HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(400, "GET ftp://h/ HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(501, "CONNECT h:80 HTTP/1.1\r\n" + HOST + "\r\n"),
                bad(414, "GET /" + "a".repeat(60) + " HTTP/1.1\r\n"),
                bad(414, "a".repeat(67)),
                bad(400, "\r\n".repeat(17)));
    }

    static Stream<Arguments> badHeaders() {
        return Stream.of(
                bad(400, GET + "\r\n"),
                bad(400, GET + HOST + HOST + "\r\n"),
                bad(400, GET + "Host: a b\r\n\r\n"),
                bad(400, GET + "Host: a@b\r\n\r\n"),
                bad(400, GET + "Host: a:b\r\n\r\n"),
                bad(400, GET + "Host: a,b\r\n\r\n"),
                bad(400, GET + "Host: [::1\r\n\r\n"),
                bad(400, GET + "Host : h\r\n\r\n"),
                bad(400, GET + " Host: h\r\n\r\n"),
                bad(400, GET + HOST + " folded\r\n\r\n"),
                bad(400, GET + HOST + "nothing\r\n\r\n"),
                bad(400, GET + HOST + ": nameless\r\n\r\n"),
                bad(400, GET + HOST + "x: a\0b\r\n\r\n"),
                bad(400, GET + HOST + "x: a\rb\r\n\r\n"),
                bad(400, GET + HOST + "x: a\n\r\n"),
                bad(400, GET + HOST + "x\u00e4: a\r\n\r\n"),
                bad(400, GET + HOST + "Content-Length: +5\r\n\r\n"),
                bad(400, GET + HOST + "Content-Length: -1\r\n\r\n"),
                bad(400, GET + HOST + "Content-Length:\r\n\r\n"),
                bad(400, GET + HOST + "Content-Length: 5, 5\r\n\r\n"),
                bad(400, GET + HOST + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n"),
                bad(413, GET + HOST + "Content-Length: 1001\r\n\r\n"),
                bad(413, GET + HOST + "Content-Length: 99999999999999999999\r\n\r\n"),
                bad(400, GET + HOST + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"),
                bad(400, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"),
                bad(501, GET + HOST + "Transfer-Encoding: gzip\r\n\r\n"),
                bad(501, GET + HOST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"),
                bad(501, GET + HOST + "Transfer-Encoding: xchunked\r\n\r\n"),
                bad(431, GET + HOST + "x: " + "a".repeat(250) + "\r\n\r\n"),
                bad(431, GET + HOST + "x: " + "a".repeat(300)),
                bad(431, GET + HOST + "a: 1\r\n".repeat(8) + "\r\n"));
    }

    @ParameterizedTest
    @MethodSource({"badRequestLines", "badHeaders"})
    void aBadHeadIsRefused(int status, String text) {
        assertThat(read(text)).startsWith(status + " ");
    }

    static Stream<Arguments> goodHeads() {
        return Stream.of(
                Arguments.of(
                        "GET /a?b=%c HTTP/1.1\r\nHost: x:80\r\n\r\n",
                        "GET /a b=%c x:80 HTTP/1.1 0  [host=x:80] stays then ''"),
                Arguments.of("\r\n\r\nGET / HTTP/1.0\r\n\r\n", "GET /   HTTP/1.0 0  [] closes then ''"),
                Arguments.of(
                        "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n",
                        "GET /   HTTP/1.0 0  [connection=Keep-Alive] stays then ''"),
                Arguments.of(
                        "GET http://h:1/p?q HTTP/1.1\r\nHost: other\r\n\r\n",
                        "GET /p q h:1 HTTP/1.1 0  [host=other] stays then ''"),
                Arguments.of(
                        "GET HTTPS://h?q HTTP/1.9\r\n" + HOST + "\r\n", "GET / q h HTTP/1.1 0  [host=h] stays then ''"),
                Arguments.of(
                        "OPTIONS * HTTP/1.1\r\nHost:\r\nx: \t a b\t \r\n\r\n",
                        "OPTIONS *   HTTP/1.1 0  [host=, x=a b] stays then ''"),
                Arguments.of(
                        "POST / HTTP/1.1\r\nHost: [::1]:8080\r\nContent-Length: 005\r\n\r\nhello",
                        "POST /  [::1]:8080 HTTP/1.1 5  [host=[::1]:8080, content-length=005] stays then 'hello'"),
                Arguments.of(
                        "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: Chunked\r\nConnection: a, Close\r\n\r\n",
                        "POST /  h HTTP/1.1 -1  [host=h, transfer-encoding=Chunked, connection=a, Close] closes then"
                                + " ''"),
                Arguments.of(
                        GET + HOST + "Upgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\n\r\n",
                        "GET /  h HTTP/1.1 0 websocket [host=h, upgrade=WebSocket, connection=keep-alive, Upgrade]"
                                + " stays then ''"),
                Arguments.of(
                        GET + HOST + "Upgrade: websocket\r\n\r\n",
                        "GET /  h HTTP/1.1 0  [host=h, upgrade=websocket] stays then ''"));
    }

    @ParameterizedTest
    @MethodSource("goodHeads")
    void aGoodHeadIsRead(String text, String head) {
        assertThat(read(text)).isEqualTo(head);
    }

    @Test
    void aRequestMayHaveAsMuchAsTheLimitsSay() {
        assertThat(read("GET /" + "a".repeat(50) + " HTTP/1.1\r\n" + HOST + "\r\n"))
                .startsWith("GET /aaa");
        assertThat(read(GET + HOST + "x: " + "a".repeat(256 - 9 - 5) + "\r\n\r\n"))
                .startsWith("GET /");
        assertThat(read(GET + HOST + "a: 1\r\n".repeat(7) + "\r\n")).startsWith("GET /");
    }

    @Test
    void partOfAHeadIsNoHead() {
        assertThat(read("")).isEqualTo("nothing");
        assertThat(read("\r\nGET")).isEqualTo("nothing");
        assertThat(read(GET)).isEqualTo("incomplete");
        assertThat(read(GET + HOST + "\r")).isEqualTo("incomplete");
    }

    @Test
    void headsAreReadOneAfterTheOther() throws HttpError {
        HeadParser parser = new HeadParser(LIMITS, "http");
        Bytes bytes = new Bytes("GET /a HTTP/1.0\r\nx: 1\r\n\r\nGET /b HTTP/1.0\r\n\r\n", 1000);
        bytes.more();
        RequestHead first = parser.parse(bytes);
        RequestHead second = parser.parse(bytes);
        assertThat(first).extracting(RequestHead::path).isEqualTo("/a");
        assertThat(second).extracting(RequestHead::path).isEqualTo("/b");
        assertThat(second.headers().size()).isZero();
        assertThat(parser.parse(bytes)).isNull();
    }

    @Test
    void anyHeadIsReadAsItsPiecesAre() {
        Random random = new Random(13);
        String head = GET + HOST + "Accept: a, b\r\nx-Long_name:" + "v".repeat(40) + "\r\nlast: \t z \r\n\r\n";
        String odd = "\r\n: \t\0\u007f\u0080\u00ffaZ-_(";
        for (int i = 0; i < 1_000; i++) {
            StringBuilder mutated = new StringBuilder(head);
            for (int n = random.nextInt(4); n > 0; n--) {
                int at = random.nextInt(mutated.length());
                char c = odd.charAt(random.nextInt(odd.length()));
                switch (random.nextInt(3)) {
                    case 0 -> mutated.setCharAt(at, c);
                    case 1 -> mutated.insert(at, c);
                    default -> mutated.deleteCharAt(at);
                }
            }
            assertThat(read(mutated.toString())).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "Close, te", "x ,CLOSE", "keep-aliveConnection: close", "a b"})
    void closeOrWhatIsNoTokenEndsTheConnection(String options) {
        assertThat(read(GET + HOST + "Connection: " + options + "\r\n\r\n")).contains(" closes ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep-alive", "te, x-custom", "", "upgrade", "closed", "a,,b"})
    void otherOptionsLeaveTheConnectionOpen(String options) {
        assertThat(read(GET + HOST + "Connection: " + options + "\r\n\r\n")).contains(" stays ");
    }
}
