package io.asyncio4j.web.scalar;

/// White space around numbers.
final class Trimming {
    private static final char NEXT_LINE = '\u0085';

    private Trimming() {}

    /// Returns the text without white space at its ends: Unicode's, no-break spaces included.
    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSpace(char c) {
        return c <= ' ' ? isAsciiSpace(c) : c >= NEXT_LINE && (c == NEXT_LINE || Character.isSpaceChar(c));
    }

    private static boolean isAsciiSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || (c >= '\u001c' && c <= '\u001f');
    }
}
