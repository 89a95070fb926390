package io.asyncio4j.web.websocket;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// The unpacking of compressed messages (RFC 7692, section 7.2.2). Holds native memory from the
/// first such message on.
final class Inflation implements AutoCloseable {
    private static final byte[] NOTHING = new byte[0];

    /// What the sender has left out at the end of a message.
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private static final int CHUNK = 8 * 1024;
    private static final int WINDOW = 32 * 1024;

    /// How many final blocks a message may have; a sensible one has one at most.
    private static final int FINAL_BLOCKS = 64;

    private final boolean fresh;
    private @Nullable Inflater inflater;
    private boolean closed;
    private byte[] chunk = NOTHING;
    private int finals;

    /// Whether the message so far ends with a final block.
    private boolean endsFinal;

    /// @param fresh whether no message refers to one before it
    Inflation(boolean fresh) {
        this.fresh = fresh;
    }

    /// Unpacks bytes of a message into `to`.
    void add(byte[] from, int offset, int length, MessageAssembly to) throws ProtocolFault {
        if (length == 0 || closed) {
            return;
        }
        endsFinal = false;
        if (chunk.length == 0) {
            chunk = new byte[CHUNK];
        }
        Inflater unpacker = inflater();
        unpacker.setInput(from, offset, length);
        try {
            unpack(unpacker, from, offset + length, to);
        } catch (DataFormatException broken) {
            throw invalid();
        }
    }

    private Inflater inflater() {
        if (inflater == null) {
            inflater = new Inflater(true);
        }
        return inflater;
    }

    private void unpack(Inflater unpacker, byte[] from, int end, MessageAssembly to)
            throws DataFormatException, ProtocolFault {
        while (true) {
            int length = unpacker.inflate(chunk);
            if (length > 0) {
                to.append(chunk, 0, length);
            } else if (unpacker.finished()) {
                // A final block. What follows is a new stream with the same window.
                if (++finals > FINAL_BLOCKS) {
                    throw invalid();
                }
                int rest = unpacker.getRemaining();
                unpacker.reset();
                unpacker.setDictionary(to.tail(WINDOW));
                if (rest == 0) {
                    endsFinal = true;
                    return;
                }
                unpacker.setInput(from, end - rest, rest);
            } else if (unpacker.needsDictionary()) {
                throw invalid();
            } else {
                return;
            }
        }
    }

    /// Ends a message.
    void end(MessageAssembly to) throws ProtocolFault {
        if (!endsFinal) {
            add(TAIL, 0, TAIL.length, to);
        }
        if (inflater != null) {
            inflater.setInput(NOTHING);
            if (fresh) {
                inflater.reset();
            }
        }
        chunk = NOTHING;
        finals = 0;
        endsFinal = false;
    }

    @Override
    public void close() {
        closed = true;
        chunk = NOTHING;
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }

    private static ProtocolFault invalid() {
        return new ProtocolFault(CloseCode.INVALID_DATA, "A compressed message cannot be unpacked");
    }
}
