package io.asyncio4j.web.websocket;

import io.asyncio4j.web.Headers;
import io.asyncio4j.web.http.RequestHead;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A client's handshake, checked (RFC 6455, section 4.2; RFC 8441 for HTTP/2).
///
/// @param accept the answer to the key; empty on HTTP/2
/// @param subprotocols what the client has offered
/// @param deflate what was agreed on; null for no compression
record Handshake(
        String accept, List<String> subprotocols, @Nullable PermessageDeflate deflate) {
    private static final String UNIQUE = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String PROTOCOL = "sec-websocket-protocol";
    private static final String EXTENSIONS = "sec-websocket-extensions";
    private static final String VERSION = "sec-websocket-version";
    private static final Headers SPOKEN = Headers.of("upgrade", "websocket", VERSION, "13");
    private static final int KEY_BYTES = 16;

    /// Checks the head of a request.
    ///
    /// @throws Refusal if it is no handshake, with what to answer
    static Handshake of(RequestHead head) throws Refusal {
        // CONNECT with a protocol, whatever method the head names; keys are of HTTP/1.1 alone.
        boolean isConnect = head.version().equals("HTTP/2");
        if (isConnect) {
            if (!head.upgrade().equals("websocket")) {
                throw new Refusal(400, "This is for WebSockets only");
            }
        } else if (!head.method().equals("GET")) {
            throw new Refusal(405, "A WebSocket begins with GET", Headers.of("allow", "GET"));
        } else if (!head.upgrade().equals("websocket")) {
            throw new Refusal(426, "This is for WebSockets only", SPOKEN);
        }
        if (head.version().equals("HTTP/1.0")) {
            throw new Refusal(400, "A WebSocket needs HTTP/1.1");
        }
        checkVersion(head.headers().all(VERSION), isConnect ? SPOKEN.without("upgrade") : SPOKEN);
        if (!isConnect && head.length() != 0) {
            throw new Refusal(400, "The request for a WebSocket has a body");
        }
        String accept = isConnect ? "" : accept(head.headers().all("sec-websocket-key"));
        List<String> subprotocols = subprotocols(head.headers().all(PROTOCOL));
        List<HeaderList.Element> offers =
                HeaderList.parse(EXTENSIONS, head.headers().all(EXTENSIONS));
        return new Handshake(accept, subprotocols, PermessageDeflate.choose(offers));
    }

    private static void checkVersion(List<String> versions, Headers spoken) throws Refusal {
        if (versions.isEmpty()) {
            throw new Refusal(400, "The header " + VERSION + " is missing", SPOKEN.without("upgrade"));
        }
        if (versions.size() > 1) {
            throw new Refusal(400, "The header " + VERSION + " must stand once", SPOKEN.without("upgrade"));
        }
        if (!versions.getFirst().equals("13")) {
            throw new Refusal(426, "Only version 13 of WebSockets is spoken", spoken);
        }
    }

    private static String accept(List<String> keys) throws Refusal {
        if (keys.size() != 1 || !isKey(keys.getFirst())) {
            throw new Refusal(400, "The header sec-websocket-key must stand once, with 16 bytes in base64");
        }
        byte[] text = (keys.getFirst() + UNIQUE).getBytes(StandardCharsets.ISO_8859_1);
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-1", impossible);
        }
    }

    private static boolean isKey(String key) {
        try {
            return key.length() == 24 && Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static List<String> subprotocols(List<String> values) throws Refusal {
        List<HeaderList.Element> elements = HeaderList.parse(PROTOCOL, values);
        for (HeaderList.Element element : elements) {
            if (!element.parameters().isEmpty()) {
                throw new Refusal(400, "The header " + PROTOCOL + " is malformed");
            }
        }
        return elements.stream().map(HeaderList.Element::name).distinct().toList();
    }

    /// Returns the headers of the answer, without those that name the protocol.
    Headers answer(@Nullable String subprotocol) {
        Headers headers = accept.isEmpty() ? Headers.empty() : Headers.of("sec-websocket-accept", accept);
        if (subprotocol != null) {
            headers = headers.plus(PROTOCOL, subprotocol);
        }
        return deflate == null ? headers : headers.plus(EXTENSIONS, deflate.answer());
    }
}
