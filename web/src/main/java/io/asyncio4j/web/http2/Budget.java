package io.asyncio4j.web.http2;

import io.asyncio4j.spi.LoopAccess;
import java.util.concurrent.TimeUnit;

/// A number of things that a client may do, of which more are allowed as time goes by.
final class Budget {
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LoopAccess loop;
    private final int most;
    private final double perSecond;
    private double left;
    private long since;

    /// @param most how many may be done at once
    /// @param perSecond how many more are allowed with each second
    Budget(LoopAccess loop, int most, int perSecond) {
        this.loop = loop;
        this.most = most;
        this.perSecond = perSecond;
        this.left = most;
        this.since = loop.time();
    }

    /// Counts one thing.
    ///
    /// @throws ConnectionError if there were too many
    void take(String what) throws ConnectionError {
        if (left < 1) {
            long now = loop.time();
            left = Math.min(most, left + (now - since) / SECOND * perSecond);
            since = now;
            if (left < 1) {
                throw new ConnectionError(ErrorCode.ENHANCE_YOUR_CALM, "too many " + what);
            }
        }
        left--;
    }

    /// Allows more.
    void give(int more) {
        left = Math.min(most, left + more);
    }
}
