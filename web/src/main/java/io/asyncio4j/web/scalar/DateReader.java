package io.asyncio4j.web.scalar;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/// Reads dates: also a date-time at midnight, and a number of seconds that is one.
final class DateReader implements Reader {
    private static final Fault TYPE = new Fault("date_type", "Input should be a valid date");
    private static final Fault INEXACT = new Fault(
            "date_from_datetime_inexact", "Datetimes provided to dates should have zero time - e.g. be exact dates");
    private static final Fault YEAR_0 = Fault.because(
            "date_parsing", "Input should be a valid date in the format YYYY-MM-DD", "year 0 is out of range");

    @Override
    public Object read(@Nullable Object input) {
        try {
            if (input instanceof String text) {
                return ofText(text);
            }
            return input != null && Epoch.isNumber(input) ? midnight(Epoch.of(input)) : TYPE;
        } catch (Words words) {
            return Fault.because(
                    "date_from_datetime_parsing", "Input should be a valid date or datetime", words.text());
        }
    }

    private static Object ofText(String text) throws Words {
        try {
            Moment date = Moment.date(text);
            return date(date);
        } catch (Words _) { // perhaps something longer
        }
        LocalDateTime time = Epoch.ofText(text);
        if (time != null) {
            return midnight(time);
        }
        Moment moment = Moment.dateTime(text);
        if (moment.hour + moment.minute + moment.second + moment.micro != 0) {
            return INEXACT;
        }
        return date(moment);
    }

    private static Object date(Moment moment) {
        return moment.year == 0 ? YEAR_0 : LocalDate.of(moment.year, moment.month, moment.day);
    }

    private static Object midnight(LocalDateTime time) {
        if (!time.toLocalTime().equals(LocalTime.MIDNIGHT)) {
            return INEXACT;
        }
        return time.getYear() == 0 ? YEAR_0 : time.toLocalDate();
    }
}
