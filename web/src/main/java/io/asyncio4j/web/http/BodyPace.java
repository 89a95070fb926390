package io.asyncio4j.web.http;

import io.asyncio4j.web.Limits;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The time that a client may have the task of its request wait for the body. Each byte adds to it,
/// so that a client which sends one now and then comes to an end. Used on the loop.
public final class BodyPace {
    /*
     * An allowance of GRACE to begin with, which is also the most. Waiting uses it up, and a byte brings back as much
     * as it takes at the least rate. So a handler that is slow itself costs the client nothing, and a client that was
     * fast cannot rest on that for ever.
     */

    /// The allowance, unless a single pause may be longer.
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

    /// The number of bytes that fill any allowance, so that nothing overflows.
    private static final int PLENTY = 1 << 30;

    private final long pause;
    private final int rate;
    private final long most;
    private long left;

    public BodyPace(Limits limits) {
        this.pause = limits.bodyPause().toNanos();
        this.rate = limits.bodyRate();
        this.most = Math.max(GRACE.toNanos(), pause);
        this.left = most;
    }

    /// Returns the time that the client has for its next bytes.
    public Duration limit() {
        return Duration.ofNanos(isTooSlow() ? Math.max(0, left) : pause);
    }

    /// Returns whether the rate, rather than the pause, limits the client's time.
    private boolean isTooSlow() {
        return rate > 0 && left < pause;
    }

    /// Notes that the task has waited.
    public void waited(long nanos) {
        left -= nanos;
    }

    /// Notes that bytes of the body have come.
    public void came(int bytes) {
        left = rate == 0 || bytes >= PLENTY ? most : Math.min(most, left + bytes * NANOS / rate);
    }

    /// Returns the answer to a client that has let [#limit] pass.
    public HttpError tooLate() {
        return new HttpError(408, isTooSlow() ? "The body comes too slowly" : "The body has stopped coming");
    }
}
