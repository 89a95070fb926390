package io.asyncio4j.base;

import java.time.Duration;
import java.util.Locale;

/// Durations as nanoseconds of a loop's clock. What is too long for a `long` lasts for ever.
public final class Times {
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    /// As `Clock.NEVER`.
    private static final long NEVER = Long.MAX_VALUE;

    private Times() {}

    public static long nanos(Duration duration) {
        if (duration.compareTo(LONGEST) >= 0) {
            return NEVER;
        }
        if (duration.compareTo(LONGEST.negated()) <= 0) {
            return -(NEVER / 2);
        }
        return duration.toNanos();
    }

    public static Duration ofSeconds(double seconds) {
        if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
            throw new IllegalArgumentException(
                    "A duration cannot be of " + seconds + " seconds; give a finite number, or null for no limit");
        }
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    /// Returns a duration for people: `700 ms`, `2.5 s`.
    public static String text(long nanos) {
        return nanos < 1_000_000_000L
                ? Math.max(0, nanos) / 1_000_000 + " ms"
                : String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }

    /// Returns the time `delay` after `now`.
    public static long after(long now, Duration delay) {
        long nanos = nanos(delay);
        return nanos >= NEVER - now ? NEVER : now + nanos;
    }
}
