package io.asyncio4j.web.http;

import io.asyncio4j.Asyncio;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.streams.StreamWriter;
import java.io.IOException;
import java.time.Duration;

/// The wait for a client to take what was written to it.
public final class Drain {
    private Drain() {}

    /// Suspends until little enough is pending.
    ///
    /// @param pause the longest time in which the client takes nothing; then the connection is cut
    public static void await(StreamWriter writer, Duration pause) throws IOException {
        long pending = writer.pendingBytes();
        while (true) {
            try {
                Asyncio.timeout(pause, writer::drain);
                return;
            } catch (TimeoutException stalled) {
                if (writer.pendingBytes() >= pending) {
                    writer.abort();
                    throw new ClientGoneException("The client has taken nothing of the answer for " + pause, stalled);
                }
                pending = writer.pendingBytes();
            }
        }
    }
}
