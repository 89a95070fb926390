package io.asyncio4j.web.scalar;

import org.jspecify.annotations.Nullable;

/// The text of a decimal number: a sign, digits with a point and single underscores, an exponent.
final class DecimalText {
    private final String text;
    private int at;

    private DecimalText(String text) {
        this.text = text;
    }

    /// Returns the number as Java's classes read it, without underscores and white space; null if
    /// it is none.
    static @Nullable String clean(String untrimmed) {
        String text = Trimming.trim(untrimmed);
        if (text.indexOf('_') >= 0) {
            if (text.length() != untrimmed.length()
                    || text.startsWith("_")
                    || text.endsWith("_")
                    || text.contains("__")) {
                return null;
            }
            text = text.replace("_", "");
        }
        return new DecimalText(text).isNumber() ? text : null;
    }

    private boolean isNumber() {
        skipSign();
        int digits = skipDigits();
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            digits += skipDigits();
        }
        if (digits == 0) {
            return false;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            skipSign();
            if (skipDigits() == 0) {
                return false;
            }
        }
        return at == text.length();
    }

    private void skipSign() {
        if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
            at++;
        }
    }

    private int skipDigits() {
        int start = at;
        while (at < text.length() && WholeText.isDigit(text.charAt(at))) {
            at++;
        }
        return at - start;
    }
}
