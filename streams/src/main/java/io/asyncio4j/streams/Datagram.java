package io.asyncio4j.streams;

import java.net.InetSocketAddress;
import java.util.Arrays;

/// A datagram that was received. The array is the receiver's to keep.
///
/// @param data what it carried, all of it; may be empty
/// @param sender where it came from: an answer goes there
@SuppressWarnings("ArrayRecordComponent") // equals() compares what it holds
public record Datagram(byte[] data, InetSocketAddress sender) {
    /// Returns whether both carry the same bytes and come from the same sender.
    @Override
    public boolean equals(Object other) {
        return other instanceof Datagram datagram
                && Arrays.equals(data, datagram.data)
                && sender.equals(datagram.sender);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(data) + sender.hashCode();
    }

    /// Returns how long it is and where it came from.
    @Override
    public String toString() {
        return "Datagram[" + data.length + " bytes from " + sender + "]";
    }
}
