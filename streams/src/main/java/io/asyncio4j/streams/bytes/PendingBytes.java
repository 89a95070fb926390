package io.asyncio4j.streams.bytes;

import io.netty.buffer.ByteBuf;

/// The bytes that a program has written and that wait to be handed to Netty.
public final class PendingBytes {
    private static final byte[] NOTHING = {};
    private static final int SMALL = 256;
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    /// They stand from `first` to `last`.
    private byte[] bytes = NOTHING;

    private int first;
    private int last;

    public int size() {
        return last - first;
    }

    public void add(byte[] added, int offset, int length) {
        if (first == last) {
            first = 0;
            last = 0;
        }
        if (bytes.length - last < length) {
            int size = size();
            int needed = Math.addExact(size, length);
            byte[] target = bytes.length >= needed
                    ? bytes
                    : new byte[(int) Math.max(needed, Math.min(2L * bytes.length, MAX_LENGTH))];
            System.arraycopy(bytes, first, target, 0, size);
            bytes = target;
            first = 0;
            last = size;
        }
        System.arraycopy(added, offset, bytes, last, length);
        last += length;
    }

    /// Moves the first `length` bytes to `target`.
    public ByteBuf moveTo(ByteBuf target, int length) {
        target.writeBytes(bytes, first, length);
        first += length;
        if (first == last && bytes.length > SMALL) {
            clear();
        }
        return target;
    }

    public void clear() {
        bytes = NOTHING;
        first = 0;
        last = 0;
    }
}
