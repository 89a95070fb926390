package io.asyncio4j.cli;

import java.lang.Character.UnicodeScript;

/// Text of another program as a terminal is to show it.
final class Shown {
    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;

    private Shown() {}

    /// Returns text that stays on its line and cannot give orders to the terminal: control
    /// characters are written as in Java source.
    static String text(String text) {
        if (text.codePoints().noneMatch(Shown::isControl)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isControl(c)) {
                shown.append(escape(c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    /// Also those that change the direction of what follows, and half characters; not those that
    /// join letters.
    private static boolean isControl(int c) {
        return c != JOINER
                && c != NON_JOINER
                && switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE -> true;
                    default -> false;
                };
    }

    private static String escape(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '\r' -> "\\r";
            default ->
                new String(Character.toChars(c))
                        .chars()
                        .mapToObj(unit -> String.format("\\u%04x", unit))
                        .reduce("", String::concat);
        };
    }

    /// Returns how many columns text takes: characters of East Asia take two.
    static int width(String text) {
        return text(text).codePoints().map(Shown::width).sum();
    }

    private static int width(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(c) ? 2 : 1;
        };
    }

    private static boolean isWide(int c) {
        if ((Character.isEmoji(c) && c > 0xFFFF) || (c >= 0xFF01 && c <= 0xFF60) || (c >= 0x3000 && c <= 0x303E)) {
            return true;
        }
        return switch (UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL -> c < 0xFF61 || c > 0xFFDC;
            default -> false;
        };
    }
}
