package io.asyncio4j.web.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Deflater;

/// Frames as a client sends them, good ones and others.
final class ClientFrames {
    private static final byte[] MASK = {1, 2, 3, (byte) 0xF4};

    private ClientFrames() {}

    static byte[] text(String text) {
        return frame(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] binary(byte... bytes) {
        return frame(0x82, bytes);
    }

    static byte[] close(int code) {
        return frame(0x88, new byte[] {(byte) (code >> 8), (byte) code});
    }

    static byte[] ping(String payload) {
        return frame(0x89, payload.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] pong() {
        return frame(0x8A, new byte[0]);
    }

    /// A frame with a mask.
    ///
    /// @param first its first byte: FIN, reserved bits and opcode
    static byte[] frame(int first, byte[] payload) {
        return join(head(first, payload.length), MASK, masked(payload));
    }

    static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static byte[] head(int first, int length) {
        byte[] head = Frames.head(0, false, length);
        head[0] = (byte) first;
        head[1] |= (byte) 0x80;
        return head;
    }

    private static byte[] masked(byte[] payload) {
        byte[] masked = payload.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= MASK[i % MASK.length];
        }
        return masked;
    }

    /// The payload of a compressed message.
    static byte[] deflated(byte[] message) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setInput(message);
            byte[] packed = new byte[message.length + 64];
            int length = deflater.deflate(packed, 0, packed.length, Deflater.SYNC_FLUSH);
            return Arrays.copyOf(packed, length - 4);
        } finally {
            deflater.end();
        }
    }

    static byte[] join(byte[]... pieces) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            joined.writeBytes(piece);
        }
        return joined.toByteArray();
    }
}
