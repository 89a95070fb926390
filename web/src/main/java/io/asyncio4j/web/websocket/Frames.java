package io.asyncio4j.web.websocket;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The form of frames (RFC 6455, section 5.2), and those that a server sends.
final class Frames {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    static final int FIN = 0x80;
    static final int RSV = 0x70;

    /// The bit that marks a compressed message.
    static final int RSV1 = 0x40;

    static final int OPCODE = 0x0F;
    static final int MASKED = 0x80;
    static final int LENGTH = 0x7F;

    /// The length of a control frame's payload, at most.
    static final int CONTROL = 125;

    static final int LENGTH_16 = 126;
    static final int LENGTH_64 = 127;
    static final int MOST_16 = 0xFFFF;

    private Frames() {}

    /// Returns the head of a frame that is a whole message.
    static byte[] head(int opcode, boolean packed, int length) {
        int first = FIN | (packed ? RSV1 : 0) | opcode;
        if (length <= CONTROL) {
            return new byte[] {(byte) first, (byte) length};
        }
        if (length <= MOST_16) {
            return new byte[] {(byte) first, LENGTH_16, (byte) (length >> 8), (byte) length};
        }
        return new byte[] {
            (byte) first,
            LENGTH_64,
            0,
            0,
            0,
            0,
            (byte) (length >> 24),
            (byte) (length >> 16),
            (byte) (length >> 8),
            (byte) length
        };
    }

    /// Returns a frame that is a whole message.
    static byte[] frame(int opcode, boolean packed, byte[] payload) {
        byte[] head = head(opcode, packed, payload.length);
        byte[] frame = Arrays.copyOf(head, head.length + payload.length);
        System.arraycopy(payload, 0, frame, head.length, payload.length);
        return frame;
    }

    /// Returns the payload of a close frame.
    ///
    /// @param code [CloseCode#NONE] for none
    /// @param reason cut to what a control frame takes
    static byte[] closing(int code, String reason) {
        if (code == CloseCode.NONE) {
            return new byte[0];
        }
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(text.length, CONTROL - 2);
        while (length < text.length && (text[length] & 0xC0) == 0x80) {
            length--;
        }
        byte[] payload = new byte[2 + length];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, length);
        return payload;
    }
}
