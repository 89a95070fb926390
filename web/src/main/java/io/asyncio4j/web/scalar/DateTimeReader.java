package io.asyncio4j.web.scalar;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Reads dates with a time: in text, as a number of seconds, or as a date alone.
final class DateTimeReader implements Reader {
    private static final Fault TYPE = new Fault("datetime_type", "Input should be a valid datetime");
    private static final Fault AWARE = new Fault("timezone_aware", "Input should have timezone info");
    private static final Fault NAIVE = new Fault("timezone_naive", "Input should not have timezone info");
    private static final Fault YEAR_0 = parsing("year 0 is out of range");

    /// Java's offsets end here, pydantic's at 24 hours; a time beyond becomes the same moment in
    /// UTC.
    private static final int MOST_OFFSET = 18 * 3_600;

    private final Making making;

    /// The step from what was read to the type's object or a [Fault].
    @FunctionalInterface
    interface Making {
        /// Makes it.
        ///
        /// @param offset in seconds, or [Moment#NO_OFFSET]
        Object make(LocalDateTime time, int offset);
    }

    DateTimeReader(Making making) {
        this.making = making;
    }

    static Object naive(LocalDateTime time, int offset) {
        return offset == Moment.NO_OFFSET ? time : NAIVE;
    }

    static Object aware(LocalDateTime time, int offset) {
        if (offset == Moment.NO_OFFSET) {
            return AWARE;
        }
        return Math.abs(offset) > MOST_OFFSET
                ? OffsetDateTime.of(time.minusSeconds(offset), ZoneOffset.UTC)
                : OffsetDateTime.of(time, ZoneOffset.ofTotalSeconds(offset));
    }

    static Object instant(LocalDateTime time, int offset) {
        return offset == Moment.NO_OFFSET ? AWARE : time.minusSeconds(offset).toInstant(ZoneOffset.UTC);
    }

    @Override
    public Object read(@Nullable Object input) {
        if (input instanceof String text) {
            return ofText(text);
        }
        if (input == null || !Epoch.isNumber(input)) {
            return TYPE;
        }
        try {
            return making.make(Epoch.of(input), 0);
        } catch (Words words) {
            return parsing(words.text());
        }
    }

    private Object ofText(String text) {
        try {
            return made(Moment.dateTime(text));
        } catch (Words _) { // perhaps something shorter
        }
        try {
            LocalDateTime time = Epoch.ofText(text);
            return time == null ? made(Moment.date(text)) : making.make(time, 0);
        } catch (Words words) {
            return Fault.because(
                    "datetime_from_date_parsing", "Input should be a valid datetime or date", words.text());
        }
    }

    private Object made(Moment moment) {
        if (moment.year == 0) {
            return YEAR_0;
        }
        LocalDateTime time = LocalDateTime.of(
                moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second, moment.micro * 1_000);
        return making.make(time, moment.offset);
    }

    private static Fault parsing(String reason) {
        return Fault.because("datetime_parsing", "Input should be a valid datetime", reason);
    }
}
