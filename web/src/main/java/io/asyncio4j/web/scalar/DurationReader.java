package io.asyncio4j.web.scalar;

import java.math.BigInteger;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Reads durations: ISO 8601, days and a clock, or a JSON number of seconds.
final class DurationReader implements Reader {
    private static final Fault TYPE = new Fault("time_delta_type", "Input should be a valid timedelta");

    @Override
    public Object read(@Nullable Object input) {
        try {
            return switch (input) {
                case String text -> DurationText.read(text);
                case Long number -> DurationText.ofSeconds(number, 0);
                case Double number -> ofDecimal(number);
                case BigInteger _ -> throw DurationText.tooLong();
                case Boolean value -> Duration.ofSeconds(value ? 1 : 0);
                case null, default -> TYPE;
            };
        } catch (Words words) {
            return Fault.because("time_delta_parsing", "Input should be a valid timedelta", words.text());
        }
    }

    private static Duration ofDecimal(double seconds) throws Words {
        if (!(Math.abs(seconds) < Long.MAX_VALUE)) {
            throw DurationText.tooLong();
        }
        long whole = (long) seconds;
        return DurationText.ofSeconds(whole, Math.round((seconds - whole) * 1e6));
    }
}
