package io.asyncio4j.web;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// The requests of clients that were counted on one loop. Used by its tasks.
final class RateCounts {
    private final int requests;
    private final Duration per;
    private final int clients;

    /// By client; the one that began earliest is first.
    private final Map<String, Count> counts = new LinkedHashMap<>();

    /// The requests of a client in a time.
    private static final class Count {
        /// When the first came, in the loop's time.
        final long began;

        int requests;

        Count(long began) {
            this.began = began;
        }
    }

    RateCounts(int requests, Duration per, int clients) {
        this.requests = requests;
        this.per = per;
        this.clients = clients;
    }

    /// Counts a request.
    ///
    /// @return zero if it may be answered, else the time until the next may
    Duration take(String client, long now) {
        forgetThoseBefore(now);
        Count count = counts.get(client);
        if (count == null) {
            count = begin(client, now);
        }
        if (count.requests == requests) {
            return left(count, now);
        }
        count.requests++;
        return Duration.ZERO;
    }

    private void forgetThoseBefore(long now) {
        Iterator<Count> earliest = counts.values().iterator();
        while (earliest.hasNext() && !left(earliest.next(), now).isPositive()) {
            earliest.remove();
        }
    }

    private Duration left(Count count, long now) {
        return per.minusNanos(now - count.began);
    }

    private Count begin(String client, long now) {
        if (counts.size() == clients) {
            String earliest = counts.keySet().iterator().next();
            counts.remove(earliest);
        }
        Count count = new Count(now);
        counts.put(client, count);
        return count;
    }

    int size() {
        return counts.size();
    }
}
