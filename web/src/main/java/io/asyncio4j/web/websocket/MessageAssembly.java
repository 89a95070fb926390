package io.asyncio4j.web.websocket;

import io.asyncio4j.web.WebSocketMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The message whose frames come: joined, unpacked, checked, and bounded in all of it.
final class MessageAssembly implements AutoCloseable {
    private static final byte[] NOTHING = new byte[0];
    private static final int FIRST_CAPACITY = 256;

    /// How many fragments a message may have in excess of its limit's bytes: each counts as a byte.
    private static final int FRAGMENTS = 16 * 1024;

    private final int limit;
    private final @Nullable Inflation inflation;

    /// The opcode of the message; 0 between messages.
    private int kind;

    private boolean packed;
    private int fragments;

    /// The bytes of its frames' payloads as they were declared.
    private long declared;

    private @Nullable Utf8Check check;
    private byte[] bytes = NOTHING;
    private int size;

    MessageAssembly(int limit, @Nullable PermessageDeflate deflate) {
        this.limit = limit;
        inflation = deflate == null ? null : new Inflation(deflate.freshClient());
    }

    /// Begins a frame.
    void begin(int opcode, int reserved) throws ProtocolFault {
        if (opcode > Frames.BINARY) {
            throw FrameParser.fault("the reserved opcode " + opcode);
        }
        boolean mayBePacked = inflation != null && opcode != Frames.CONTINUATION;
        if ((reserved & ~(mayBePacked ? Frames.RSV1 : 0)) != 0) {
            throw FrameParser.fault("a reserved bit in a frame with opcode " + opcode);
        }
        if (opcode == Frames.CONTINUATION) {
            if (kind == 0) {
                throw FrameParser.fault("a continuation without a message");
            }
        } else {
            if (kind != 0) {
                throw FrameParser.fault("a new message within another");
            }
            kind = opcode;
            packed = reserved != 0;
            check = opcode == Frames.TEXT ? new Utf8Check() : null;
        }
        fragments++;
    }

    /// Notes the length of a frame.
    void declare(long length) throws ProtocolFault {
        // What cannot be compressed grows a little.
        long most = packed ? limit + limit / 16L + 1024 : limit;
        if (length > most - declared || size + (long) fragments > limit + (long) FRAGMENTS) {
            throw tooBig();
        }
        declared += length;
    }

    /// Adds bytes of a frame's payload. Followed by calls of [#proceed].
    ///
    /// @param from not changed before [#proceed] has returned true
    void add(byte[] from, int offset, int length) throws ProtocolFault {
        if (packed && inflation != null) {
            inflation.add(from, offset, length);
        } else {
            append(from, offset, length);
        }
    }

    /// Unpacks a part of what was added; no more than can be done at once.
    ///
    /// @return whether nothing is left of it
    boolean proceed() throws ProtocolFault {
        return inflation == null || inflation.proceed(this);
    }

    /// Adds bytes of the message.
    void append(byte[] from, int offset, int length) throws ProtocolFault {
        if (length > limit - size) {
            throw tooBig();
        }
        if (check != null && !check.accepts(from, offset, length)) {
            throw invalid();
        }
        if (length > bytes.length - size) {
            int doubled = (int) Math.min(limit, Math.max(FIRST_CAPACITY, 2L * bytes.length));
            bytes = Arrays.copyOf(bytes, Math.max(size + length, size == 0 ? 0 : doubled));
        }
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    /// Returns the message, whose last frame has come.
    Incoming end() throws ProtocolFault {
        if (packed && inflation != null) {
            inflation.end(this);
        }
        if (check != null && !check.isComplete()) {
            throw invalid();
        }
        WebSocketMessage message = kind == Frames.TEXT
                ? new WebSocketMessage.Text(new String(bytes, 0, size, StandardCharsets.UTF_8))
                : new WebSocketMessage.Binary(size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
        Incoming.Data data = new Incoming.Data(message, size);
        kind = 0;
        fragments = 0;
        declared = 0;
        check = null;
        bytes = NOTHING;
        size = 0;
        return data;
    }

    /// Returns the last bytes of the message so far, at most `most`.
    byte[] tail(int most) {
        return Arrays.copyOfRange(bytes, Math.max(0, size - most), size);
    }

    @Override
    public void close() {
        bytes = NOTHING;
        if (inflation != null) {
            inflation.close();
        }
    }

    private ProtocolFault tooBig() {
        return new ProtocolFault(CloseCode.TOO_BIG, "A message must not have more than " + limit + " bytes");
    }

    private static ProtocolFault invalid() {
        return new ProtocolFault(CloseCode.INVALID_DATA, "A text is not UTF-8");
    }
}
