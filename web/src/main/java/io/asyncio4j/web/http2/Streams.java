package io.asyncio4j.web.http2;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The streams of a connection, and for a while how those have ended that are closed.
final class Streams {
    /*
     * A stream that the client has not opened is idle: its number is higher than all so far. One that is neither
     * idle nor open is closed. What may come on it depends on how that was, which the last ones are known for.
     */

    enum End {
        /// Never opened, or long ago.
        UNKNOWN,
        /// Both sides have sent all.
        COMPLETE,
        /// The client has reset it.
        RESET_BY_CLIENT,
        /// The server has reset it, which the client may not know yet.
        RESET_BY_SERVER
    }

    private static final int REMEMBERED = 256;
    private final Map<Integer, Http2Exchange> open = new LinkedHashMap<>();

    /// Those that wait until the client allows more, the longest waiting first.
    final Set<Http2Exchange> waiting = new LinkedHashSet<>();

    private int[] closed = {};
    private End[] ends = {};
    private int nextClosed;

    /// How much data may come of streams that the server has reset: the window of each.
    private long late;

    /// The highest stream that the client has used.
    int highest;

    /// The highest stream that was answered, or is.
    int served;

    /// The number of requests whose task is under way, on open streams and on closed ones.
    int running;

    boolean isIdle(int stream) {
        return stream > highest || stream % 2 == 0;
    }

    @Nullable
    Http2Exchange get(int stream) {
        return open.get(stream);
    }

    void add(Http2Exchange exchange) {
        open.put(exchange.stream, exchange);
    }

    int size() {
        return open.size();
    }

    /// Returns the open streams, oldest first.
    List<Http2Exchange> all() {
        return List.copyOf(open.values());
    }

    /// Notes that a stream is closed.
    void close(int stream, End how) {
        open.remove(stream);
        if (how == End.RESET_BY_SERVER) {
            late += RequestBody.WINDOW;
        }
        if (closed.length == 0) {
            closed = new int[REMEMBERED];
            ends = new End[REMEMBERED];
        }
        closed[nextClosed] = stream;
        ends[nextClosed] = how;
        nextClosed = (nextClosed + 1) % REMEMBERED;
    }

    /// Counts data of streams that the server has reset.
    ///
    /// @return false if the client may not have sent as much
    boolean takesLate(int bytes) {
        late -= bytes;
        return late >= 0;
    }

    /// Returns how a stream was closed.
    End endOf(int stream) {
        for (int i = 0; i < closed.length; i++) {
            int at = Math.floorMod(nextClosed - 1 - i, REMEMBERED);
            if (closed[at] == stream) {
                return ends[at];
            }
        }
        return End.UNKNOWN;
    }
}
