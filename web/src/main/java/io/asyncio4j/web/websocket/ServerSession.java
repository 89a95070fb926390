package io.asyncio4j.web.websocket;

import io.asyncio4j.web.Request;
import io.asyncio4j.web.WebSocketClosedException;
import io.asyncio4j.web.WebSocketHandler;
import io.asyncio4j.web.WebSocketMessage;
import io.asyncio4j.web.WebSocketSession;
import io.asyncio4j.web.http.Exchange;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidDefinitionException;

/// The session that a handler gets: checks what the handler does, and leaves the rest to its
/// [Dialogue].
final class ServerSession implements WebSocketSession {
    private static final int MOST_REASON = Frames.CONTROL - 2;

    private final @Nullable Request request;
    private final WebSocketSettings settings;
    private final Handshake handshake;
    private final Dialogue dialogue;
    private @Nullable String subprotocol;

    ServerSession(Exchange exchange, @Nullable Request request, Handshake handshake, WebSocketSettings settings) {
        this.request = request;
        this.settings = settings;
        this.handshake = handshake;
        dialogue = new Dialogue(exchange, handshake, settings);
    }

    void serve(WebSocketHandler handler) throws Exception {
        dialogue.run(() -> handler.handle(this));
    }

    // ------------------------------------------------------------------ the beginning

    @Override
    public Request request() {
        return Objects.requireNonNull(request);
    }

    @Override
    public void accept() {
        if (!dialogue.hasBegun()) {
            dialogue.accept(null);
        }
    }

    @Override
    public void accept(String subprotocol) {
        if (!handshake.subprotocols().contains(subprotocol)) {
            throw new IllegalArgumentException("The client has not offered the subprotocol '" + subprotocol + "', only "
                    + handshake.subprotocols() + "; choose one of these, or none");
        }
        if (dialogue.hasBegun()) {
            throw new IllegalStateException("The WebSocket is accepted already, so that it is too late for the "
                    + "subprotocol '" + subprotocol + "'; call accept before anything else");
        }
        this.subprotocol = subprotocol;
        dialogue.accept(subprotocol);
    }

    @Override
    public List<String> subprotocols() {
        return handshake.subprotocols();
    }

    @Override
    public @Nullable String subprotocol() {
        return subprotocol;
    }

    // ------------------------------------------------------------------ messages

    @Override
    public WebSocketMessage receive() {
        accept();
        return dialogue.receive();
    }

    @Override
    public String receiveText() {
        return switch (receive()) {
            case WebSocketMessage.Text(String text) -> text;
            case WebSocketMessage.Binary _ -> throw unsupported("A text was expected, not a binary message");
        };
    }

    @Override
    public byte[] receiveBytes() {
        return switch (receive()) {
            case WebSocketMessage.Binary(byte[] bytes) -> bytes;
            case WebSocketMessage.Text _ -> throw unsupported("A binary message was expected, not a text");
        };
    }

    private WebSocketClosedException unsupported(String reason) {
        dialogue.close(CloseCode.UNSUPPORTED, reason);
        return dialogue.closed();
    }

    @Override
    public <T> T receiveJson(Class<T> type) {
        WebSocketMessage message = receive();
        try {
            return switch (message) {
                case WebSocketMessage.Text(String text) -> settings.json().get().readValue(text, type);
                case WebSocketMessage.Binary(byte[] bytes) ->
                    settings.json().get().readValue(bytes, type);
            };
        } catch (InvalidDefinitionException wrongType) {
            throw wrongType; // the program's fault: nothing can be read as that type
        } catch (JacksonException malformed) {
            dialogue.blameClient(malformed);
            throw malformed;
        }
    }

    @Override
    public Iterable<String> texts() {
        return Texts::new;
    }

    /// Receives a text for each call of [#hasNext].
    private final class Texts implements Iterator<String> {
        private @Nullable String next;

        @Override
        public boolean hasNext() {
            if (next == null) {
                try {
                    next = receiveText();
                } catch (WebSocketClosedException end) {
                    if (!end.isNormal()) {
                        throw end;
                    }
                }
            }
            return next != null;
        }

        @Override
        public String next() {
            String text = hasNext() ? next : null;
            if (text == null) {
                throw new NoSuchElementException("The WebSocket is closed");
            }
            next = null;
            return text;
        }
    }

    @Override
    public void sendText(String text) {
        accept();
        dialogue.send(Frames.TEXT, utf8(text));
    }

    private static byte[] utf8(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // Half a surrogate pair has become a question mark, which is to be found out.
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return strictly(text);
            }
        }
        return bytes;
    }

    private static byte[] strictly(String text) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        } catch (CharacterCodingException half) {
            throw new IllegalArgumentException(
                    "The text has half of a surrogate pair, which no WebSocket can send; send bytes instead", half);
        }
    }

    @Override
    public void sendBytes(byte[] bytes) {
        accept();
        dialogue.send(Frames.BINARY, bytes);
    }

    @Override
    public void sendJson(@Nullable Object value) {
        byte[] json = settings.json().get().writeValueAsBytes(value);
        accept();
        dialogue.send(Frames.TEXT, json);
    }

    @Override
    public void ping() {
        accept();
        dialogue.send(Frames.PING, new byte[0]);
    }

    // ------------------------------------------------------------------ the end

    @Override
    public void close() {
        close(CloseCode.NORMAL);
    }

    @Override
    public void close(int code) {
        close(code, "");
    }

    @Override
    public void close(int code, String reason) {
        if (!CloseCode.maySend(code)) {
            throw new IllegalArgumentException("A WebSocket is closed with a code of 1000 to 1003, 1007 to 1014, or "
                    + "3000 to 4999, not with " + code);
        }
        int length = utf8(reason).length;
        if (length > MOST_REASON) {
            throw new IllegalArgumentException("The reason for closing a WebSocket must have at most " + MOST_REASON
                    + " bytes of UTF-8, but has " + length + "; shorten it");
        }
        dialogue.close(code, reason);
    }

    @Override
    public boolean isClosed() {
        return dialogue.isClosed();
    }

    @Override
    public String toString() {
        return "WebSocketSession[" + dialogue + "]";
    }
}
