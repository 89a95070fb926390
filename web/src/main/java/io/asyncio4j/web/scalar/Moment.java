package io.asyncio4j.web.scalar;

import java.nio.charset.StandardCharsets;

/// A date, a time of day or both, while it is read from a text. Positions count the bytes of UTF-8.
final class Moment {
    /// The offset of a time that has none.
    static final int NO_OFFSET = Integer.MIN_VALUE;

    static final int DATE_LENGTH = 10;

    private static final int TIME_LENGTH = 5;
    private static final int HOUR_SECONDS = 3_600;
    private static final int DAY_MINUTES = 24 * 60;
    private static final int MICRO_DIGITS = 6;

    int year;
    int month;
    int day;
    int hour;
    int minute;
    int second;
    int micro;
    /// In seconds.
    int offset = NO_OFFSET;

    private final byte[] text;
    private int at;

    private Moment(byte[] text) {
        this.text = text;
    }

    private Moment(String text) {
        this(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Reads a date and nothing else.
    static Moment date(String text) throws Words {
        Moment moment = new Moment(text);
        moment.readDate();
        moment.requireEnd();
        return moment;
    }

    /// Reads a date, a separator, a time and perhaps an offset.
    static Moment dateTime(String text) throws Words {
        Moment moment = new Moment(text);
        moment.readDate();
        if (moment.text.length == DATE_LENGTH) {
            throw new Words("input is too short");
        }
        if ("Tt _".indexOf(moment.text[DATE_LENGTH]) < 0) {
            throw new Words("invalid datetime separator, expected `T`, `t`, `_` or space");
        }
        moment.at++;
        moment.readTime();
        moment.readOffset();
        moment.requireEnd();
        return moment;
    }

    /// Reads a time and perhaps an offset.
    static Moment time(String text) throws Words {
        Moment moment = new Moment(text);
        moment.readTime();
        moment.readOffset();
        moment.requireEnd();
        return moment;
    }

    /// Reads minutes and the rest of a time from the colon that follows the hours on.
    static Moment minutes(byte[] text, int colon) throws Words {
        byte[] time = new byte[text.length - colon + 2];
        time[0] = '0';
        time[1] = '0';
        System.arraycopy(text, colon, time, 2, text.length - colon);
        Moment moment = new Moment(time);
        moment.readTime();
        moment.requireEnd();
        return moment;
    }

    private void readDate() throws Words {
        if (text.length < DATE_LENGTH) {
            throw new Words("input is too short");
        }
        year = digits(4, "year");
        expectDash();
        month = digits(2, "month");
        expectDash();
        day = digits(2, "day");
        if (month < 1 || month > 12) {
            throw new Words("month value is outside expected range of 1-12");
        }
        if (day < 1 || day > daysOfMonth()) {
            throw new Words("day value is outside expected range");
        }
    }

    private int daysOfMonth() {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    private void expectDash() throws Words {
        if (text[at] != '-') {
            throw new Words("invalid date separator, expected `-`");
        }
        at++;
    }

    private void readTime() throws Words {
        if (text.length - at < TIME_LENGTH) {
            throw new Words("input is too short");
        }
        hour = digits(2, "hour");
        if (text[at] != ':') {
            throw new Words("invalid time separator, expected `:`");
        }
        at++;
        minute = digits(2, "minute");
        if (hour > 23) {
            throw new Words("hour value is outside expected range of 0-23");
        }
        if (minute > 59) {
            throw new Words("minute value is outside expected range of 0-59");
        }
        if (next() == ':') {
            at++;
            readSecond();
        }
    }

    private void readSecond() throws Words {
        second = digits(2, "second");
        if (second > 59) {
            throw new Words("second value is outside expected range of 0-59");
        }
        if (next() != '.' && next() != ',') {
            return;
        }
        at++;
        int start = at;
        for (; next() >= '0' && next() <= '9'; at++) {
            if (at - start < MICRO_DIGITS) {
                micro = micro * 10 + (text[at] - '0');
            }
        }
        if (at == start) {
            throw new Words("second fraction digits missing after `.`");
        }
        for (int i = at - start; i < MICRO_DIGITS; i++) {
            micro *= 10;
        }
    }

    private void readOffset() throws Words {
        if (at == text.length) {
            return;
        }
        if (next() == 'Z' || next() == 'z') {
            at++;
            offset = 0;
            return;
        }
        int sign = readSign();
        int hours = offsetDigits("invalid timezone hour");
        if (next() == ':') {
            at++;
        }
        int minutes = offsetDigits("invalid timezone minute");
        if (minutes > 59) {
            throw new Words("timezone minute value is outside expected range of 0-59");
        }
        if (hours * 60 + minutes >= DAY_MINUTES) {
            throw new Words("timezone offset must be less than 24 hours");
        }
        offset = sign * (hours * HOUR_SECONDS + minutes * 60);
    }

    private int readSign() throws Words {
        if (next() == '+' || next() == '-') {
            at++;
            return text[at - 1] == '+' ? 1 : -1;
        }
        // The minus sign U+2212.
        if (text.length - at >= 3
                && text[at] == (byte) 0xe2
                && text[at + 1] == (byte) 0x88
                && text[at + 2] == (byte) 0x92) {
            at += 3;
            return -1;
        }
        throw new Words("invalid timezone sign");
    }

    private int offsetDigits(String words) throws Words {
        int value = twoDigits();
        if (value < 0) {
            throw new Words(words);
        }
        at += 2;
        return value;
    }

    /// Returns the number in two digits; -1 if there are none.
    private int twoDigits() {
        if (text.length - at < 2) {
            return -1;
        }
        int tens = text[at] - '0';
        int ones = text[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }

    private int digits(int count, String name) throws Words {
        int value = 0;
        for (int end = at + count; at < end; at++) {
            int next = next();
            if (next < '0' || next > '9') {
                throw new Words("invalid character in " + name);
            }
            value = value * 10 + (next - '0');
        }
        return value;
    }

    private int next() {
        return at < text.length ? text[at] : -1;
    }

    private void requireEnd() throws Words {
        if (at < text.length) {
            throw new Words("unexpected extra characters at the end of the input");
        }
    }
}
