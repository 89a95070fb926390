package io.asyncio4j.web.scalar;

import java.math.BigInteger;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/// Reads times of day: text, or a JSON number of seconds since midnight.
final class TimeReader implements Reader {
    private static final Fault TYPE = new Fault("time_type", "Input should be a valid time");
    private static final Fault OFFSET = new Fault("timezone_naive", "Input should not have timezone info");
    private static final Fault NEGATIVE = parsing("time in seconds should be positive");
    private static final Fault TOO_LARGE = parsing("numeric times may not exceed 86,399 seconds");
    private static final int DAY_SECONDS = 86_400;

    @Override
    public Object read(@Nullable Object input) {
        return switch (input) {
            case String text -> ofText(text);
            case Long number -> ofSeconds(number);
            case Double number -> ofSeconds(number);
            case BigInteger number -> ofSeconds(number.doubleValue());
            case null, default -> TYPE;
        };
    }

    private static Object ofText(String text) {
        try {
            Moment moment = Moment.time(text);
            return moment.offset == Moment.NO_OFFSET
                    ? LocalTime.of(moment.hour, moment.minute, moment.second, moment.micro * 1_000)
                    : OFFSET;
        } catch (Words words) {
            return parsing(words.text());
        }
    }

    private static Object ofSeconds(double seconds) {
        if (seconds < 0) {
            return NEGATIVE;
        }
        if (seconds >= DAY_SECONDS) {
            return TOO_LARGE;
        }
        long micros = Math.min(Math.round(seconds * 1e6), DAY_SECONDS * 1_000_000L - 1);
        return LocalTime.ofNanoOfDay(micros * 1_000);
    }

    private static Fault parsing(String reason) {
        return Fault.because("time_parsing", "Input should be in a valid time format", reason);
    }
}
