package io.asyncio4j.streams.bytes;

import java.util.Arrays;

/// The search for separators in bytes that have come.
final class Separators {
    private Separators() {}

    /// Returns where the separator that ends first begins (upper half) and ends (lower half),
    /// counted from `start`; -1 if there is none.
    ///
    /// @param searched how many bytes from `start` on are known to begin none
    static long find(byte[] bytes, int start, int end, int searched, byte[][] separators) {
        int first = -1;
        int last = Integer.MAX_VALUE;
        for (byte[] separator : separators) {
            int at = indexOf(bytes, start + searched, end, separator);
            if (at >= 0 && at + separator.length < last) {
                first = at;
                last = at + separator.length;
            }
        }
        return first < 0 ? -1 : ((long) (first - start) << Integer.SIZE) | (last - start);
    }

    private static int indexOf(byte[] bytes, int start, int end, byte[] separator) {
        for (int at = start; at <= end - separator.length; at++) {
            if (bytes[at] == separator[0]
                    && Arrays.equals(bytes, at, at + separator.length, separator, 0, separator.length)) {
                return at;
            }
        }
        return -1;
    }
}
