package io.asyncio4j.web.http2;

import io.asyncio4j.streams.spi.Incoming;
import java.nio.charset.StandardCharsets;

/// The frames in the bytes that have come: after [#next], the fields tell of one, whose payload
/// lies in the reader's own array until [#skip].
final class FrameReader {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int ACK = 1;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    static final int PADDED = 8;
    static final int PRIORITIZED = 0x20;

    static final int HEADER = 9;

    /// The largest payload, as long as the server has told no other.
    static final int MAX_PAYLOAD = 16 * 1024;

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    int type;
    int flags;
    int stream;

    /// The payload is from `start` to `end` in `bytes`.
    byte[] bytes = {};

    int start;
    int end;

    /// The size of the frame with its header and all.
    private int size;

    /// Reads what a client begins with.
    ///
    /// @return whether it is whole
    /// @throws ConnectionError if it is something else
    static boolean preface(Incoming in) throws ConnectionError {
        byte[] bytes = in.bytes();
        int there = Math.min(PREFACE.length, in.end() - in.start());
        for (int i = 0; i < there; i++) {
            if (bytes[in.start() + i] != PREFACE[i]) {
                throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "this is not HTTP/2");
            }
        }
        if (there < PREFACE.length) {
            return false;
        }
        in.skip(PREFACE.length);
        return true;
    }

    /// Looks for the next frame.
    ///
    /// @return whether it is there as a whole
    /// @throws ConnectionError if it is too large
    boolean next(Incoming in) throws ConnectionError {
        bytes = in.bytes();
        int at = in.start();
        int there = in.end() - at;
        if (there < HEADER) {
            return false;
        }
        int length = (bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff);
        type = bytes[at + 3] & 0xff;
        if (length > MAX_PAYLOAD) {
            throw new ConnectionError(ErrorCode.FRAME_SIZE_ERROR, "a frame of " + length + " bytes");
        }
        if (there < HEADER + length) {
            return false;
        }
        flags = bytes[at + 4] & 0xff;
        start = at + 5;
        stream = int32() & Integer.MAX_VALUE;
        end = start + length;
        size = HEADER + length;
        return true;
    }

    /// Takes the frame.
    void skip(Incoming in) {
        in.skip(size);
    }

    /// Returns whether a part of a frame other than DATA is there.
    boolean isWithin(Incoming in) {
        int there = in.end() - in.start();
        return there > 0 && (there < 4 || in.bytes()[in.start() + 3] != DATA);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    int length() {
        return end - start;
    }

    int int16() {
        int value = (bytes[start] & 0xff) << 8 | (bytes[start + 1] & 0xff);
        start += 2;
        return value;
    }

    int int32() {
        return int16() << 16 | int16();
    }

    /// Takes the padding off.
    void unpad() throws ConnectionError {
        if (has(PADDED)) {
            requireLength(1);
            int padding = bytes[start++] & 0xff;
            if (padding > length()) {
                throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "more padding than payload");
            }
            end -= padding;
        }
    }

    /// @throws ConnectionError if the payload is shorter
    void requireLength(int least) throws ConnectionError {
        if (length() < least) {
            throw new ConnectionError(ErrorCode.FRAME_SIZE_ERROR, "a frame is too short");
        }
    }
}
