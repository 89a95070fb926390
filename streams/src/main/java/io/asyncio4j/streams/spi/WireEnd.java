package io.asyncio4j.streams.spi;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Receives what happens on a [Wire].
public interface WireEnd {
    /// The connection can be used.
    void opened();

    /// Bytes have come from the peer. The array is the caller's.
    void received(byte[] bytes);

    /// The peer will send no more.
    void ended();

    /// Bytes that were pending have been sent.
    void progressed();

    /// The connection is over, or could not be opened; told once.
    ///
    /// @param cause null if this end has closed it
    void over(@Nullable IOException cause);
}
