package io.asyncio4j.web.websocket;

import io.asyncio4j.sync.Held;
import io.asyncio4j.sync.Lock;
import io.asyncio4j.web.Headers;
import io.asyncio4j.web.http.Exchange;
import java.io.IOException;

/// The direction to the client: one frame after the other, whichever tasks send them.
final class Outgoing {
    /// The size of a frame up to which its head and its payload are written together.
    private static final int SMALL = 8 * 1024;

    private enum State {
        OPEN,
        /// A close frame was sent.
        CLOSED,
        /// A frame, or the answer to the handshake, was perhaps written in part.
        BROKEN
    }

    private final Exchange exchange;
    private final boolean packs;
    private final Lock lock = new Lock("WebSocket frames");
    private State state = State.OPEN;

    /// @param packs whether messages may be compressed
    Outgoing(Exchange exchange, boolean packs) {
        this.exchange = exchange;
        this.packs = packs;
    }

    /// Answers the handshake; whoever sends meanwhile comes after it.
    void begin(Headers headers) throws IOException {
        try (Held _ = lock.acquire()) {
            state = State.BROKEN;
            exchange.upgrade(headers);
            state = State.OPEN;
        }
    }

    /// Returns whether somebody is sending.
    boolean isBusy() {
        return lock.isLocked();
    }

    /// Sends a text or a binary message. Suspends while too much is waiting.
    ///
    /// @throws IOException if the client has left, or if a close frame was sent
    void message(int opcode, byte[] payload) throws IOException {
        byte[] packed = packs ? Deflation.pack(payload) : null;
        send(opcode, packed != null, packed == null ? payload : packed);
    }

    /// Sends a ping or a pong.
    void control(int opcode, byte[] payload) throws IOException {
        send(opcode, false, payload);
    }

    private void send(int opcode, boolean packed, byte[] payload) throws IOException {
        try (Held _ = lock.acquire()) {
            if (state != State.OPEN) {
                throw new IOException("The WebSocket's outgoing side has ended");
            }
            if (payload.length <= SMALL) {
                write(Frames.frame(opcode, packed, payload));
            } else {
                write(Frames.head(opcode, packed, payload.length), payload);
            }
        }
    }

    /// Sends a close frame, the last one. Does nothing if one was sent.
    void close(int code, String reason) throws IOException {
        try (Held _ = lock.acquire()) {
            if (state == State.OPEN) {
                write(Frames.frame(Frames.CLOSE, false, Frames.closing(code, reason)));
                state = State.CLOSED;
            }
        }
    }

    private void write(byte[]... pieces) throws IOException {
        boolean whole = false;
        try {
            for (byte[] piece : pieces) {
                exchange.write(piece, 0, piece.length);
            }
            whole = true;
        } finally {
            if (!whole) {
                state = State.BROKEN;
            }
        }
    }

    /// Ends our direction of the connection, if all frames were written whole.
    void end() throws IOException {
        try (Held _ = lock.acquire()) {
            if (state == State.CLOSED) {
                exchange.end();
            }
        }
    }
}
