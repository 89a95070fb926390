package io.asyncio4j.web.websocket;

import java.util.Arrays;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/// The compression of messages (RFC 7692, section 7.2.1), each by itself, so that no connection
/// holds a compressor's memory, some 260 KiB.
final class Deflation {
    /// The size from which on compression of a message by itself gains something.
    private static final int LEAST = 256;

    private static final int TAIL = 4;

    private Deflation() {}

    /// Returns a message compressed; null if that gains nothing.
    static byte @Nullable [] pack(byte[] message) {
        if (message.length < LEAST) {
            return null;
        }
        Deflater packer = new Deflater(Deflater.BEST_SPEED, true);
        try {
            packer.setInput(message);
            // What does not fit in as many bytes gains nothing.
            byte[] packed = new byte[message.length];
            int length = packer.deflate(packed, 0, packed.length, Deflater.SYNC_FLUSH);
            return length == packed.length ? null : Arrays.copyOf(packed, length - TAIL);
        } finally {
            packer.end();
        }
    }
}
