package io.asyncio4j.web.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The form of dates in headers: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7).
public final class HttpDate {
    private static final String DAYS = "MonTueWedThuFriSatSun";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final int LAST_YEAR = 9999;

    private HttpDate() {}

    /// The JDK's formatter, which takes a tenth of a second to load the names of days and months.
    private static final class Form {
        static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern(
                        "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
                .withZone(ZoneOffset.UTC);
    }

    /// Returns a time as text, without parts of a second.
    public static String format(Instant time) {
        LocalDateTime at = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, ZoneOffset.UTC);
        if (at.getYear() < 1 || at.getYear() > LAST_YEAR) {
            return Form.FORM.format(time);
        }
        int day = 3 * (at.getDayOfWeek().getValue() - 1);
        int month = 3 * (at.getMonthValue() - 1);
        StringBuilder text = new StringBuilder(30).append(DAYS, day, day + 3).append(", ");
        two(text, at.getDayOfMonth())
                .append(' ')
                .append(MONTHS, month, month + 3)
                .append(' ');
        two(two(text, at.getYear() / 100), at.getYear() % 100).append(' ');
        two(text, at.getHour()).append(':');
        two(text, at.getMinute()).append(':');
        return two(text, at.getSecond()).append(" GMT").toString();
    }

    private static StringBuilder two(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /// Returns the time that `text` tells; null if it has another form.
    public static @Nullable Instant parse(String text) {
        try {
            return Instant.from(Form.FORM.parse(text));
        } catch (DateTimeException other) {
            return null;
        }
    }
}
