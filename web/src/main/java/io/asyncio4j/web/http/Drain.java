package io.asyncio4j.web.http;

import io.asyncio4j.Asyncio;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.streams.StreamWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/// The wait for a client to take what was written to it.
public final class Drain {
    /// How many bytes a client must take in each pause that it may make: one that takes a byte now
    /// and then would keep an answer for ever.
    public static final int LEAST = 1024;

    private Drain() {}

    /// Suspends until little enough is pending.
    ///
    /// @param pause the longest time in which the client takes next to nothing; then the connection
    ///     is cut
    public static void await(StreamWriter writer, Duration pause) throws IOException {
        await(writer, pause, () -> -writer.pendingBytes());
    }

    /// Suspends until little enough is pending, while others may write as well.
    ///
    /// @param taken a number that grows with each byte that the client takes
    public static void await(StreamWriter writer, Duration pause, LongSupplier taken) throws IOException {
        long before = taken.getAsLong();
        while (true) {
            try {
                Asyncio.timeout(pause, writer::drain);
                return;
            } catch (TimeoutException stalled) {
                long now = taken.getAsLong();
                if (now - before < LEAST) {
                    writer.abort();
                    throw new ClientGoneException("The client has taken nothing of the answer for " + pause, stalled);
                }
                before = now;
            }
        }
    }
}
