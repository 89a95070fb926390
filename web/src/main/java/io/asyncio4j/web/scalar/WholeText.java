package io.asyncio4j.web.scalar;

import org.jspecify.annotations.Nullable;

/// The text of a whole number: a sign, digits with single underscores between them, and perhaps a
/// fraction of zeros.
final class WholeText {
    /// The digits that always fit into a long.
    static final int LONG_DIGITS = 18;

    private final String text;
    private final boolean negative;
    /// Of the significant digits: without leading zeros, perhaps with underscores.
    private final int start;
    private final int end;
    private final int count;

    private WholeText(String text, boolean negative, int start, int end, int count) {
        this.text = text;
        this.negative = negative;
        this.start = start;
        this.end = end;
        this.count = count;
    }

    /// Returns the value of a plain short number, which most are; [Long#MIN_VALUE] if it is
    /// anything else.
    static long quick(String text) {
        int length = text.length();
        int at = length > 0 && text.charAt(0) == '-' ? 1 : 0;
        if (at == length || length - at > LONG_DIGITS) {
            return Long.MIN_VALUE;
        }
        long value = 0;
        for (int i = at; i < length; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return Long.MIN_VALUE;
            }
            value = value * 10 + digit;
        }
        return at == 0 ? value : -value;
    }

    /// Returns null if it is no whole number.
    static @Nullable WholeText of(String untrimmed) {
        String text = Trimming.trim(untrimmed);
        int length = text.length();
        boolean signed = length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+');
        int at = signed ? 1 : 0;
        int start = -1;
        int count = 0;
        boolean digitBefore = false;
        for (; at < length; at++) {
            char c = text.charAt(at);
            if (isDigit(c)) {
                if (start < 0 && c != '0') {
                    start = at;
                }
                if (start >= 0) {
                    count++;
                }
                digitBefore = true;
            } else if (c == '_' && digitBefore) {
                digitBefore = false;
            } else {
                break;
            }
        }
        if (!digitBefore || !isZeroFraction(text, at)) {
            return null;
        }
        return new WholeText(text, text.startsWith("-"), start < 0 ? at : start, at, count);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// Whether nothing follows, or a point and one or more zeros.
    private static boolean isZeroFraction(String text, int at) {
        int length = text.length();
        if (at == length) {
            return true;
        }
        if (text.charAt(at) != '.' || at + 1 == length) {
            return false;
        }
        for (int i = at + 1; i < length; i++) {
            if (text.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }

    boolean isNegative() {
        return negative;
    }

    /// Returns the number of digits without leading zeros.
    int count() {
        return count;
    }

    /// Returns the number without underscores and leading zeros.
    String plain() {
        StringBuilder plain = new StringBuilder(count + 1);
        if (negative) {
            plain.append('-');
        }
        for (int i = start; i < end; i++) {
            if (text.charAt(i) != '_') {
                plain.append(text.charAt(i));
            }
        }
        return count == 0 ? "0" : plain.toString();
    }
}
