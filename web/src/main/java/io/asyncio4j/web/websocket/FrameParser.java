package io.asyncio4j.web.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A parser of a client's frames (RFC 6455, section 5), fed with pieces of any size.
///
/// Whatever a client must not send is found as early as its bytes allow; after a [ProtocolFault]
/// the parser is of no more use.
final class FrameParser implements AutoCloseable {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] NOTHING = new byte[0];
    private static final Incoming PAUSE = new Incoming.Pause();
    private static final int MASK_LENGTH = 4;

    private final MessageAssembly assembly;

    /// What is left of the piece that was fed last: from [#at] on.
    private byte[] piece = NOTHING;

    private int at;

    /// The frame's head, as far as it has come, and how many bytes it has for all that is known.
    private final byte[] head = new byte[2 + Long.BYTES + MASK_LENGTH];

    private int known;
    private int needed = 2;

    /// The frame whose payload comes, if its head is complete.
    private boolean inPayload;

    private int opcode;
    private boolean isLast;
    private long left;
    private int mask;

    /// The payload of a control frame.
    private byte[] control = NOTHING;

    private int controlled;

    /// @param limit the size of a message at most, unpacked
    /// @param deflate what was agreed on; null if messages are never compressed
    FrameParser(int limit, @Nullable PermessageDeflate deflate) {
        assembly = new MessageAssembly(limit, deflate);
    }

    /// Takes more bytes. Called when [#next] has returned null.
    ///
    /// @param bytes the parser's own from now on: it unmasks them in place
    void feed(byte[] bytes) {
        piece = bytes;
        at = 0;
    }

    /// Returns what the client has sent next; null if that is not complete. [Incoming.Pause] says
    /// that unpacking takes long: others may run before the next call.
    @Nullable
    Incoming next() throws ProtocolFault {
        while (inPayload || readHead()) {
            // After a pause nothing is left to add of the piece, or of the frame.
            int length = (int) Math.min(left, piece.length - at);
            unmask(at, length);
            if (opcode >= Frames.CLOSE) {
                System.arraycopy(piece, at, control, controlled, length);
                controlled += length;
            } else {
                assembly.add(piece, at, length);
            }
            at += length;
            left -= length;
            if (!assembly.proceed()) {
                return PAUSE;
            }
            if (left > 0) {
                break;
            }
            inPayload = false;
            Incoming complete = opcode >= Frames.CLOSE ? controlFrame() : isLast ? assembly.end() : null;
            if (complete != null) {
                return complete;
            }
        }
        piece = NOTHING;
        at = 0;
        return null;
    }

    /// Frees what decompression holds.
    @Override
    public void close() {
        assembly.close();
    }

    // ------------------------------------------------------------------ the head

    private boolean readHead() throws ProtocolFault {
        while (known < needed) {
            int length = Math.min(needed - known, piece.length - at);
            System.arraycopy(piece, at, head, known, length);
            at += length;
            known += length;
            if (known < needed) {
                return false;
            }
            if (known == 2) {
                beginHead();
            }
            int beforeMask = 2 + extra();
            needed = known < beforeMask ? beforeMask : beforeMask + MASK_LENGTH;
            if (known == beforeMask) {
                beginPayload();
            }
        }
        mask = (head[known - 4] & 0xFF) << 24
                | (head[known - 3] & 0xFF) << 16
                | (head[known - 2] & 0xFF) << 8
                | (head[known - 1] & 0xFF);
        known = 0;
        needed = 2;
        inPayload = true;
        return true;
    }

    /// Returns how many bytes of length follow the first two bytes.
    private int extra() {
        int length = head[1] & Frames.LENGTH;
        return length == Frames.LENGTH_64 ? Long.BYTES : length == Frames.LENGTH_16 ? Short.BYTES : 0;
    }

    /// Checks the first two bytes.
    private void beginHead() throws ProtocolFault {
        opcode = head[0] & Frames.OPCODE;
        isLast = (head[0] & Frames.FIN) != 0;
        int length = head[1] & Frames.LENGTH;
        if ((head[1] & Frames.MASKED) == 0) {
            throw fault("a frame without a mask");
        }
        if (opcode >= Frames.CLOSE) {
            checkControl(length);
        } else {
            assembly.begin(opcode, head[0] & Frames.RSV);
        }
    }

    private void checkControl(int length) throws ProtocolFault {
        if (opcode > Frames.PONG) {
            throw fault("the reserved opcode " + opcode);
        }
        if ((head[0] & Frames.RSV) != 0) {
            throw fault("a control frame with a reserved bit");
        }
        if (!isLast) {
            throw fault("a control frame in fragments");
        }
        if (length > Frames.CONTROL) {
            throw fault("a control frame of more than " + Frames.CONTROL + " bytes");
        }
    }

    private void beginPayload() throws ProtocolFault {
        left = readLength();
        if (opcode < Frames.CLOSE) {
            assembly.declare(left);
        } else {
            control = left == 0 ? NOTHING : new byte[(int) left];
            controlled = 0;
        }
    }

    private long readLength() throws ProtocolFault {
        int extra = extra();
        if (extra == 0) {
            return head[1] & Frames.LENGTH;
        }
        long length = 0;
        for (int i = 0; i < extra; i++) {
            length = length << 8 | (head[2 + i] & 0xFF);
        }
        if (length < 0) {
            throw fault("a length with its highest bit set");
        }
        if (length <= (extra == Short.BYTES ? Frames.CONTROL : Frames.MOST_16)) {
            throw fault("a length in more bytes than it needs");
        }
        return length;
    }

    // ------------------------------------------------------------------ the payload

    private void unmask(int from, int length) {
        int i = from;
        int end = from + length;
        long twice = (long) mask << 32 | (mask & 0xFFFFFFFFL);
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            LONGS.set(piece, i, (long) LONGS.get(piece, i) ^ twice);
        }
        for (; i < end; i++) {
            piece[i] ^= (byte) (mask >> 24);
            mask = Integer.rotateLeft(mask, 8);
        }
    }

    private Incoming controlFrame() throws ProtocolFault {
        byte[] payload = control;
        control = NOTHING;
        return switch (opcode) {
            case Frames.PING -> new Incoming.Ping(payload);
            case Frames.PONG -> new Incoming.Pong(payload);
            default -> close(payload);
        };
    }

    private static Incoming close(byte[] payload) throws ProtocolFault {
        if (payload.length == 0) {
            return new Incoming.Close(CloseCode.NONE, "");
        }
        if (payload.length == 1) {
            throw fault("a close frame of one byte");
        }
        int code = (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
        if (!CloseCode.maySend(code)) {
            throw fault("the code " + code + " in a close frame");
        }
        byte[] reason = Arrays.copyOfRange(payload, 2, payload.length);
        if (!Utf8Check.isUtf8(reason, 0, reason.length)) {
            throw new ProtocolFault(CloseCode.INVALID_DATA, "The reason in the close frame is not UTF-8");
        }
        return new Incoming.Close(code, new String(reason, StandardCharsets.UTF_8));
    }

    static ProtocolFault fault(String what) {
        return new ProtocolFault(CloseCode.PROTOCOL_ERROR, "The client has sent " + what);
    }
}
