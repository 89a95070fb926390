package io.asyncio4j.web.scalar;

import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// A number as a point in time: seconds since 1970 in UTC, or milliseconds if it is large.
final class Epoch {
    /// More than so many seconds are milliseconds.
    private static final long WATERSHED = 20_000_000_000L;

    private static final int MILLION = 1_000_000;
    private static final long YEAR_0 = -62_167_219_200L * MILLION;
    private static final long YEAR_10000 = 253_402_300_800L * MILLION;
    private static final double MOST_MILLIS = 253_402_300_800_000.0;

    /// The most digits before the point in a text.
    private static final int MOST_DIGITS = 18;

    private Epoch() {}

    /// Returns whether it is a number that is a date and time.
    static boolean isNumber(@Nullable Object input) {
        return input instanceof Long || input instanceof Double || input instanceof BigInteger;
    }

    /// @throws Words if it is out of range
    static LocalDateTime of(Object number) throws Words {
        return switch (number) {
            case Long whole -> ofWhole(whole);
            case Double decimal -> ofDecimal(decimal);
            case BigInteger large -> throw outside(large.signum() < 0);
            default -> throw new IllegalArgumentException("No number: " + number);
        };
    }

    /// Returns the point in time of digits with perhaps a sign and a point; null if the text is
    /// anything else.
    ///
    /// @throws Words if it is out of range
    static @Nullable LocalDateTime ofText(String text) throws Words {
        int length = text.length();
        int start = length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        int point = -1;
        for (int i = start; i < length; i++) {
            char c = text.charAt(i);
            if (c == '.' && point < 0) {
                point = i;
            } else if (!WholeText.isDigit(c)) {
                return null;
            }
        }
        int digits = (point < 0 ? length : point) - start;
        if (digits > MOST_DIGITS || length - start - (point < 0 ? 0 : 1) == 0) {
            return null;
        }
        return point < 0 ? ofWhole(Long.parseLong(text)) : ofDecimal(Double.parseDouble(text));
    }

    private static LocalDateTime ofWhole(long number) throws Words {
        if (number <= WATERSHED && number >= -WATERSHED) {
            return ofMicros(number * MILLION);
        }
        if (Math.abs(number / 1_000) >= Math.abs(YEAR_10000 / MILLION)) {
            throw outside(number < 0);
        }
        return ofMicros(number * 1_000);
    }

    private static LocalDateTime ofDecimal(double number) throws Words {
        double size = Math.abs(number);
        if (!(size < MOST_MILLIS)) {
            throw outside(number < 0);
        }
        int unit = size > WATERSHED ? 1_000 : MILLION;
        double whole = Math.floor(number);
        return ofMicros(((long) whole) * unit + (long) ((number - whole) * unit + 0.5));
    }

    private static LocalDateTime ofMicros(long micros) throws Words {
        if (micros < YEAR_0 || micros >= YEAR_10000) {
            throw outside(micros < 0);
        }
        int nanos = Math.floorMod(micros, MILLION) * 1_000;
        return LocalDateTime.ofEpochSecond(Math.floorDiv(micros, MILLION), nanos, ZoneOffset.UTC);
    }

    private static Words outside(boolean before) {
        return new Words(
                before
                        ? "dates before 0000 are not supported as unix timestamps"
                        : "dates after 9999 are not supported as unix timestamps");
    }
}
