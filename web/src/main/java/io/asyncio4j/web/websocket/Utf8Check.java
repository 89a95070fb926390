package io.asyncio4j.web.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A check that bytes are UTF-8, in pieces of any size: invalid bytes are found as they come
/// (RFC 3629, section 4).
final class Utf8Check {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final int FIRST_TAIL = 0x80;
    private static final int LAST_TAIL = 0xBF;

    /// How many bytes of a character are still to come.
    private int missing;

    /// What the next of them may be, at least and at most.
    private int least = FIRST_TAIL;

    private int most = LAST_TAIL;

    /// Returns whether no byte so far was invalid.
    boolean accepts(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int i = offset;
        while (i < end) {
            if (missing == 0) {
                i = skipAscii(bytes, i, end);
                if (i == end) {
                    return true;
                }
            }
            int b = bytes[i++] & 0xFF;
            if (missing == 0 ? !begins(b) : !goesOn(b)) {
                return false;
            }
        }
        return true;
    }

    private static int skipAscii(byte[] bytes, int from, int end) {
        int i = from;
        while (i + Long.BYTES <= end && ((long) LONGS.get(bytes, i) & HIGH_BITS) == 0) {
            i += Long.BYTES;
        }
        while (i < end && bytes[i] >= 0) {
            i++;
        }
        return i;
    }

    private boolean begins(int b) {
        if (b < 0xC2 || b > 0xF4) {
            return false;
        }
        missing = b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3;
        // No overlong forms, no surrogates, nothing beyond U+10FFFF.
        least = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : FIRST_TAIL;
        most = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : LAST_TAIL;
        return true;
    }

    private boolean goesOn(int b) {
        if (b < least || b > most) {
            return false;
        }
        missing--;
        least = FIRST_TAIL;
        most = LAST_TAIL;
        return true;
    }

    /// Returns whether the bytes so far do not end within a character.
    boolean isComplete() {
        return missing == 0;
    }

    /// Returns whether bytes are UTF-8 from their first to their last.
    static boolean isUtf8(byte[] bytes, int offset, int length) {
        Utf8Check check = new Utf8Check();
        return check.accepts(bytes, offset, length) && check.isComplete();
    }
}
