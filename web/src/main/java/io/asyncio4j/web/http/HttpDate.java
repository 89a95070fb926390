package io.asyncio4j.web.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The form of dates in headers: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7).
public final class HttpDate {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private HttpDate() {}

    /// Returns a time as text, without parts of a second.
    public static String format(Instant time) {
        return FORM.format(time);
    }

    /// Returns the time that `text` tells; null if it has another form.
    public static @Nullable Instant parse(String text) {
        try {
            return Instant.from(FORM.parse(text));
        } catch (DateTimeException other) {
            return null;
        }
    }
}
