package io.asyncio4j.streams.spi;

import java.net.InetSocketAddress;

/// One end of a connection on a [Network], as its user sees it. None of this suspends or calls back
/// at once.
public interface Wire {
    InetSocketAddress peerAddress();

    InetSocketAddress localAddress();

    /// Takes bytes, to be sent soon. The array remains the caller's.
    void write(byte[] bytes, int offset, int length);

    /// Returns how many bytes were taken and have not been sent yet.
    long pending();

    /// Ends the stream of bytes to the peer, after those that are pending.
    void writeEof();

    /// Closes, after what is pending was sent.
    void close();

    /// Closes at once; what is pending is lost.
    void abort();

    /// Takes no more from the peer until [#resumeReading].
    void pauseReading();

    void resumeReading();
}
