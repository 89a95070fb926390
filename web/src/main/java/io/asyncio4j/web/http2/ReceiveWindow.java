package io.asyncio4j.web.http2;

/// The number of bytes that the client may send, of a stream or of the connection.
final class ReceiveWindow {
    private final int size;
    private int left;

    /// How much was used up and not allowed again so far.
    private int used;

    /// @param size how many bytes the client may have on the way or unread
    ReceiveWindow(int size) {
        this.size = size;
        this.left = size;
    }

    /// Counts bytes that have come.
    ///
    /// @return false if the client may not have sent as many
    boolean take(int bytes) {
        left -= bytes;
        return left >= 0;
    }

    /// Counts bytes that were used up.
    ///
    /// @return how many more to allow; 0 for none now
    int use(int bytes) {
        used += bytes;
        if (used < size / 2) {
            return 0;
        }
        int more = used;
        used = 0;
        left += more;
        return more;
    }
}
