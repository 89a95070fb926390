package io.asyncio4j.web.scalar;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// The text of a duration, while it is read. There are three forms: `P1DT2H`, `1 day, 02:00` and
/// `26:00:00`.
final class DurationText {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long MOST_SECONDS = 1_000_000_000 * DAY - 1;

    /// Beyond any quantity that is in range.
    private static final long MOST_DIGITS_VALUE = 100_000_000_000_000L;

    private static final int CLOCK_LENGTH = 5;

    private final byte[] text;
    private int at;
    private long seconds;
    private long micros;

    private DurationText(byte[] text) {
        this.text = text;
    }

    static Words tooLong() {
        return new Words("durations may not exceed 999,999,999 days");
    }

    /// @throws Words if it is out of range
    static Duration ofSeconds(long seconds, long micros) throws Words {
        if (Math.abs(seconds) > MOST_SECONDS || seconds == Long.MIN_VALUE) {
            throw tooLong();
        }
        return Duration.ofSeconds(seconds).plusNanos(micros * 1_000);
    }

    static Duration read(String text) throws Words {
        DurationText duration = new DurationText(text.getBytes(StandardCharsets.UTF_8));
        boolean negative = duration.readSign();
        duration.read();
        Duration value = ofSeconds(duration.seconds, duration.micros);
        return negative ? value.negated() : value;
    }

    private boolean readSign() {
        boolean negative = next() == '-';
        if (negative || next() == '+') {
            at++;
        }
        return negative;
    }

    private void read() throws Words {
        if (at == text.length) {
            throw new Words("input is too short");
        }
        if (next() == 'P') {
            at++;
            readIso();
        } else if (hasDay() || text.length - at < CLOCK_LENGTH) {
            readDays();
        } else {
            readClock();
        }
    }

    private boolean hasDay() {
        for (byte b : text) {
            if (b == 'd' || b == 'D') {
                return true;
            }
        }
        return false;
    }

    private void readIso() throws Words {
        int start = at;
        boolean inTime = false;
        boolean hadFraction = false;
        while (at < text.length) {
            if (next() != 'T') {
                hadFraction = readQuantity(inTime, hadFraction);
            } else if (inTime) {
                throw new Words("`t` character repeated in duration");
            } else {
                inTime = true;
                at++;
            }
        }
        if (at < start + 2) {
            throw new Words("input is too short");
        }
    }

    /// Reads digits, perhaps with a fraction, and the unit.
    ///
    /// @return whether there is a fraction
    private boolean readQuantity(boolean inTime, boolean hadFraction) throws Words {
        long whole = readDigits();
        double fraction = 0;
        boolean hasFraction = next() == '.' || next() == ',';
        if (hasFraction) {
            at++;
            fraction = readFraction();
        }
        if (hadFraction) {
            throw new Words("quantity fraction invalid in duration");
        }
        long unit = inTime ? timeUnit(next()) : dateUnit(next());
        at++;
        add(whole, unit);
        micros += (long) Math.rint(fraction * unit * 1e6);
        return hasFraction;
    }

    private double readFraction() {
        int start = at;
        while (isDigit(next())) {
            at++;
        }
        return at == start
                ? 0
                : Double.parseDouble("0." + new String(text, start, at - start, StandardCharsets.US_ASCII));
    }

    private static long dateUnit(int letter) throws Words {
        return switch (letter) {
            case 'Y' -> 365 * DAY;
            case 'M' -> 30 * DAY;
            case 'W' -> 7 * DAY;
            case 'D' -> DAY;
            default -> throw new Words("quantity invalid in date part of duration");
        };
    }

    private static long timeUnit(int letter) throws Words {
        return switch (letter) {
            case 'H' -> HOUR;
            case 'M' -> MINUTE;
            case 'S' -> 1;
            default -> throw new Words("quantity invalid in time part of duration");
        };
    }

    private void readDays() throws Words {
        add(readDigits(), DAY);
        skip(' ');
        if (next() != 'd' && next() != 'D') {
            throw noDay();
        }
        at++;
        if (next() == 'a') {
            at++;
            if (next() != 'y') {
                throw noDay();
            }
            at++;
            skip('s');
        }
        skip(',');
        skip(' ');
        if (at < text.length) {
            readClock();
        }
    }

    private static Words noDay() {
        return new Words("\"day\" identifier in duration not correctly formatted");
    }

    private void readClock() throws Words {
        if (text.length - at < CLOCK_LENGTH) {
            throw new Words("input is too short");
        }
        int colon = at;
        while (colon < text.length && text[colon] != ':') {
            if (!isDigit(text[colon])) {
                throw new Words("invalid character in hour");
            }
            colon++;
        }
        if (colon == text.length) {
            throw new Words("invalid character in hour");
        }
        Moment rest = Moment.minutes(text, colon);
        add(colon == at ? 0 : readDigits(), HOUR);
        seconds += rest.minute * MINUTE + rest.second;
        micros += rest.micro;
    }

    private long readDigits() throws Words {
        int start = at;
        long value = 0;
        for (; isDigit(next()); at++) {
            value = Math.min(value * 10 + (text[at] - '0'), MOST_DIGITS_VALUE);
        }
        if (at == start) {
            throw new Words("invalid digit in duration");
        }
        return value;
    }

    private void add(long quantity, long unit) throws Words {
        if (quantity > MOST_SECONDS / unit) {
            throw tooLong();
        }
        seconds += quantity * unit;
        if (seconds > MOST_SECONDS) {
            throw tooLong();
        }
    }

    private void skip(char c) {
        if (next() == c) {
            at++;
        }
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private int next() {
        return at < text.length ? text[at] : -1;
    }
}
