package io.asyncio4j.web.websocket;

import static io.asyncio4j.Asyncio.sleep;

import java.time.Duration;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/// The compression of messages (RFC 7692, section 7.2.1), each by itself, so that no connection
/// holds a compressor's memory, some 260 KiB.
final class Deflation {
    /// How much is compressed before other tasks run.
    static final int PIECE = 64 * 1024;

    /// The size from which on compression of a message by itself gains something.
    private static final int LEAST = 256;

    private static final int TAIL = 4;

    private Deflation() {}

    /// Returns a message compressed; null if that gains nothing. Suspends after each [#PIECE] of a
    /// larger message.
    static byte @Nullable [] pack(byte[] message) {
        if (message.length < LEAST) {
            return null;
        }
        Deflater packer = new Deflater(Deflater.BEST_SPEED, true);
        try {
            return pack(message, packer);
        } finally {
            packer.end();
        }
    }

    private static byte @Nullable [] pack(byte[] message, Deflater packer) {
        // What does not fit in as many bytes gains nothing.
        byte[] packed = new byte[message.length];
        int length = 0;
        for (int at = 0; at < message.length; at += PIECE) {
            if (at > 0) {
                sleep(Duration.ZERO);
            }
            int left = message.length - at;
            packer.setInput(message, at, Math.min(left, PIECE));
            int flush = left <= PIECE ? Deflater.SYNC_FLUSH : Deflater.NO_FLUSH;
            length += packer.deflate(packed, length, packed.length - length, flush);
            if (length == packed.length) {
                return null;
            }
        }
        return Arrays.copyOf(packed, length - TAIL);
    }
}
