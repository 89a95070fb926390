package io.asyncio4j.web.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.asyncio4j.web.Headers;
import io.asyncio4j.web.http.RequestHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HandshakeTest {
    private static final Headers GOOD =
            Headers.of("sec-websocket-version", "13", "sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");

    static RequestHead head(Headers headers) {
        return head("GET", headers, "websocket");
    }

    private static RequestHead head(String method, Headers headers, String upgrade) {
        return new RequestHead(method, "http", "t", "/ws", "", headers, "HTTP/1.1", upgrade, 0);
    }

    private static Refusal refusal(RequestHead head) {
        return catchThrowableOfType(Refusal.class, () -> Handshake.of(head));
    }

    @Test
    void aHandshakeIsAnswered() throws Refusal {
        Headers offer = GOOD.plus("sec-websocket-protocol", "a, b").plus("sec-websocket-protocol", "c");
        Handshake handshake = Handshake.of(head(offer.plus("sec-websocket-extensions", "permessage-deflate")));
        assertThat(handshake.subprotocols()).containsExactly("a", "b", "c");
        assertThat(handshake.answer("b").entries().toString())
                .isEqualTo("[sec-websocket-accept=s3pPLMBiTxaQ9kYGzzhZRbK+xOo=, sec-websocket-protocol=b, "
                        + "sec-websocket-extensions=permessage-deflate; server_no_context_takeover]");
    }

    @Test
    void http2HasNoKey() throws Refusal {
        Headers headers = Headers.of("sec-websocket-version", "13");
        RequestHead head = new RequestHead("CONNECT", "https", "t", "/ws", "", headers, "HTTP/2", "websocket", -1);
        assertThat(Handshake.of(head).answer(null).size()).isZero();
    }

    @Test
    void anotherVersionIsToldTheOneThatIsSpoken() {
        Refusal refusal = refusal(head(GOOD.with("sec-websocket-version", "12")));
        assertThat(refusal.status()).isEqualTo(426);
        assertThat(refusal.headers().get("sec-websocket-version")).isEqualTo("13");
        assertThat(refusal(head(GOOD.without("sec-websocket-version"))).status())
                .isEqualTo(400);
    }

    @Test
    void otherRequestsAreRefused() {
        assertThat(refusal(head("GET", GOOD, "")).status()).isEqualTo(426);
        assertThat(refusal(head("PUT", GOOD, "websocket")).headers().get("allow"))
                .isEqualTo("GET");
        assertThat(refusal(head(GOOD.without("sec-websocket-key"))).status()).isEqualTo(400);
        assertThat(refusal(head(GOOD.plus("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")))
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "!!!!!!!!!!!!!!!!!!!!!!==", "AAAAAAAAAAAAAAAAAAAAAAAA"})
    void aKeyHasSixteenBytes(String key) {
        assertThat(refusal(head(GOOD.with("sec-websocket-key", key))).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a; =;;", "a; b=\"c", "a b", "a; b=\"\"", "a;", "=", "\""})
    void aMalformedListIsRefused(String value) {
        assertThat(refusal(head(GOOD.plus("sec-websocket-extensions", value))).status())
                .isEqualTo(400);
    }
}
