package io.asyncio4j.streams.bytes;

/// Limits on what a connection holds in memory, in bytes.
///
/// @param read of bytes that were not read: a line may be so long; at twice as much, the peer is
///     held back
/// @param high of bytes that wait to be sent: beyond that [ByteOutput#drain] waits
/// @param hard of bytes that wait to be sent: beyond that [ByteOutput#write] throws
public record Limits(int read, int high, int hard) {
    public static final Limits DEFAULT = new Limits(64 * 1024, 64 * 1024, 16 * 1024 * 1024);

    /// When so few wait to be sent, drain() goes on.
    public int low() {
        return high / 4;
    }

    public Limits read(int bytes) {
        return new Limits(requirePositive("read limit", bytes), high, hard);
    }

    public Limits high(int bytes) {
        return new Limits(read, requirePositive("high-water mark", bytes), Math.max(hard, bytes));
    }

    public Limits hard(int bytes) {
        if (bytes < high) {
            throw new IllegalArgumentException(
                    "The write limit must not be below the high-water mark of " + high + " bytes, but is " + bytes);
        }
        return new Limits(read, high, bytes);
    }

    private static int requirePositive(String what, int bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("The " + what + " must be positive, but is " + bytes);
        }
        return bytes;
    }
}
