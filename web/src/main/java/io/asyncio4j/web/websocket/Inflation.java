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

    /// How much is unpacked before other tasks run.
    private static final int TURN = 64 * 1024;

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

    /// What was added last: its array and where it ends.
    private byte[] input = NOTHING;

    private int inputEnd;

    /// Whether more can be unpacked of it.
    private boolean busy;

    /// @param fresh whether no message refers to one before it
    Inflation(boolean fresh) {
        this.fresh = fresh;
    }

    /// Adds packed bytes of a message. Called when [#proceed] has returned true.
    ///
    /// @param from not changed until then
    void add(byte[] from, int offset, int length) {
        if (length == 0 || closed) {
            return;
        }
        endsFinal = false;
        if (chunk.length == 0) {
            chunk = new byte[CHUNK];
        }
        inflater().setInput(from, offset, length);
        input = from;
        inputEnd = offset + length;
        busy = true;
    }

    private Inflater inflater() {
        if (inflater == null) {
            inflater = new Inflater(true);
        }
        return inflater;
    }

    /// Unpacks a part of what was added.
    ///
    /// @return whether nothing is left of it
    boolean proceed(MessageAssembly to) throws ProtocolFault {
        try {
            int unpacked = 0;
            while (busy && unpacked < TURN) {
                unpacked += unpack(inflater(), to);
            }
        } catch (DataFormatException broken) {
            throw invalid();
        }
        return !busy;
    }

    private int unpack(Inflater unpacker, MessageAssembly to) throws DataFormatException, ProtocolFault {
        int length = unpacker.inflate(chunk);
        if (length > 0) {
            to.append(chunk, 0, length);
        } else if (unpacker.finished()) {
            restart(unpacker, to);
        } else if (unpacker.needsDictionary()) {
            throw invalid();
        } else {
            busy = false;
        }
        return length;
    }

    /// Goes on after a final block: what follows is a new stream with the same window.
    private void restart(Inflater unpacker, MessageAssembly to) throws ProtocolFault {
        if (++finals > FINAL_BLOCKS) {
            throw invalid();
        }
        int rest = unpacker.getRemaining();
        unpacker.reset();
        unpacker.setDictionary(to.tail(WINDOW));
        if (rest == 0) {
            endsFinal = true;
            busy = false;
        } else {
            unpacker.setInput(input, inputEnd - rest, rest);
        }
    }

    /// Ends a message.
    void end(MessageAssembly to) throws ProtocolFault {
        if (!endsFinal) {
            add(TAIL, 0, TAIL.length);
            while (!proceed(to)) {
                // The rest is short: all but its last block was unpacked before.
            }
        }
        if (inflater != null) {
            inflater.setInput(NOTHING);
            if (fresh) {
                inflater.reset();
            }
        }
        input = NOTHING;
        chunk = NOTHING;
        finals = 0;
        endsFinal = false;
    }

    @Override
    public void close() {
        closed = true;
        busy = false;
        input = NOTHING;
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
