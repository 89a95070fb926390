package io.asyncio4j.web.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.web.Limits;
import io.asyncio4j.web.http.HttpError;
import io.asyncio4j.web.http.RequestHead;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RequestReaderTest {
    private static RequestHead read(String... fields) throws MalformedException, HttpError {
        return RequestReader.read(Limits.defaults(), List.of(fields), "http", true);
    }

    private static RequestHead get(String path, String... more) throws MalformedException, HttpError {
        List<String> fields =
                new ArrayList<>(List.of(":method", "GET", ":scheme", "http", ":path", path, ":authority", "here:80"));
        fields.addAll(List.of(more));
        return read(fields.toArray(String[]::new));
    }

    @Test
    void aRequestHasItsPartsAndAHost() throws Exception {
        RequestHead head = get("/a%20b?c=d", "cookie", "a=1", "x-a", "b", "cookie", "b=2");
        assertThat(head.path()).isEqualTo("/a%20b");
        assertThat(head.query()).isEqualTo("c=d");
        assertThat(head.authority()).isEqualTo("here:80");
        assertThat(head.headers().get("host")).isEqualTo("here:80");
        assertThat(head.headers().all("cookie")).containsExactly("a=1; b=2");
        assertThat(head.length()).isZero();
    }

    @Test
    void extendedConnectIsAnUpgrade() throws Exception {
        RequestHead head = read(
                ":method", "CONNECT", ":protocol", "WebSocket", ":scheme", "http", ":path", "/", ":authority", "t");
        assertThat(head.method()).isEqualTo("GET");
        assertThat(head.upgrade()).isEqualTo("websocket");
    }

    @Test
    void aRequestThatBreaksTheRulesIsMalformed() {
        assertMalformed("x", "y", ":method", "GET");
        assertMalformed(":method", "GET", ":method", "GET");
        assertMalformed(":method", "GET", ":scheme", "http", ":authority", "t");
        assertMalformed(":method", "GET", ":scheme", "http", ":path", "", ":authority", "t");
        assertMalformed(":method", "GET", ":scheme", "http", ":path", "/", ":authority", "a@t");
        assertMalformed(":method", "GET", ":scheme", "http", ":path", "/", ":authority", "t", "host", "u");
        assertMalformed(":method", "GET", ":scheme", "http", ":path", "/", ":authority", "t", "content-length", "1");
        assertMalformed(":method", "GET", ":scheme", "http", ":path", "/", ":authority", "t", "connection", "close");
        assertMalformed(":method", "GET", ":scheme", "http", ":path", "/", ":authority", "t", "te", "gzip");
    }

    private static void assertMalformed(String... fields) {
        assertThatThrownBy(() -> read(fields)).isInstanceOf(MalformedException.class);
    }

    @Test
    void whatIsWrongWithAWellFormedRequestIsAnswered() {
        assertThatThrownBy(() -> get("/" + "a".repeat(9000)))
                .isInstanceOfSatisfying(
                        HttpError.class, wrong -> assertThat(wrong.status()).isEqualTo(414));
        assertThatThrownBy(() -> read(":method", "CONNECT", ":authority", "t:80"))
                .isInstanceOfSatisfying(
                        HttpError.class, wrong -> assertThat(wrong.status()).isEqualTo(501));
    }
}
