package io.asyncio4j.web.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The characters of HTTP and what they may stand in.
public final class Syntax {
    public static final byte CR = '\r';
    public static final byte LF = '\n';
    private static final int TOKEN = 1;
    private static final int TARGET = 2;
    private static final int VALUE = 4;
    private static final int HOST = 8;
    private static final int HEX_DIGIT = 16;
    private static final int MAX_BYTE = 0xff;
    private static final int MAX_DIGITS = 18;
    private static final int MAX_PORT = 65_535;
    private static final byte[] CLASSES = new byte[MAX_BYTE + 1];

    /// Eight bytes of an array.
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final int SPACE = 0x20;
    private static final int DEL = 0x7f;

    /// The characters of tokens in lower case, and 0 for others.
    private static final byte[] LOWER = new byte[MAX_BYTE + 1];

    static {
        for (int c = 0; c < CLASSES.length; c++) {
            boolean visible = c > ' ' && c < 0x7f;
            if (visible && c != '#') {
                CLASSES[c] |= TARGET;
            }
            if (visible || c == ' ' || c == '\t' || c > 0x7f) {
                CLASSES[c] |= VALUE;
            }
        }
        String letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        mark(letters + "!#$%&'*+-.^_`|~", TOKEN);
        mark(letters + "-._~%!$&'()*+;=", HOST);
        mark("0123456789ABCDEFabcdef", HEX_DIGIT);
        for (int c = 0; c < LOWER.length; c++) {
            LOWER[c] = (byte) ((CLASSES[c] & TOKEN) == 0 ? 0 : Character.toLowerCase(c));
        }
    }

    private Syntax() {}

    private static void mark(String characters, int as) {
        characters.chars().forEach(c -> CLASSES[c] |= (byte) as);
    }

    private static boolean isA(byte c, int mark) {
        return (CLASSES[c & MAX_BYTE] & mark) != 0;
    }

    private static boolean isA(char c, int mark) {
        return c <= MAX_BYTE && (CLASSES[c] & mark) != 0;
    }

    // ------------------------------------------------------------------ bytes

    /// Returns whether `c` may stand in a method or the name of a header.
    public static boolean isToken(byte c) {
        return isA(c, TOKEN);
    }

    /// Returns a character of a token in lower case; 0 if it must not stand in one.
    public static int lower(byte c) {
        return LOWER[c & MAX_BYTE];
    }

    /// Returns whether `c` may stand in the target of a request: visible ASCII, but no `#`.
    public static boolean isTarget(byte c) {
        return isA(c, TARGET);
    }

    /// Returns whether `c` may stand in the value of a header.
    public static boolean isValue(byte c) {
        return isA(c, VALUE);
    }

    /// Returns where the first byte is that may not stand in the value of a header; `end` if there
    /// is none. Looks at eight bytes at once as long as they are neither control characters nor
    /// tabs.
    public static int endOfValue(byte[] bytes, int start, int end) {
        int at = start;
        while (at + Long.BYTES <= end && !hasControl((long) EIGHT.get(bytes, at))) {
            at += Long.BYTES;
        }
        while (at < end && isValue(bytes[at])) {
            at++;
        }
        return at;
    }

    /// Returns whether one of eight bytes is below a space, or DEL. A byte from 0x80 on is neither.
    private static boolean hasControl(long eight) {
        long del = eight ^ (ONES * DEL);
        return ((((eight - ONES * SPACE) & ~eight) | ((del - ONES) & ~del)) & HIGH_BITS) != 0;
    }

    /// Returns whether `c` is a space or a tab.
    public static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }

    /// Returns the value of a hexadecimal digit; -1 if it is none.
    public static int digit(byte c) {
        return isA(c, HEX_DIGIT) ? Character.digit(c, 16) : -1;
    }

    /// Returns the text of bytes in ISO 8859-1.
    public static String text(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    // ------------------------------------------------------------------ text

    /// Returns whether `c` may stand in a method or the name of a header.
    public static boolean isToken(char c) {
        return isA(c, TOKEN);
    }

    /// Returns whether `text` is a token, such as a method.
    public static boolean isToken(String text) {
        return !text.isEmpty() && isOf(TOKEN, text);
    }

    /// Returns whether `text` has only characters that the target of a request may have.
    public static boolean isTarget(String text) {
        return isOf(TARGET, text);
    }

    private static boolean isOf(int mark, String text) {
        for (int at = 0; at < text.length(); at++) {
            if (!isA(text.charAt(at), mark)) {
                return false;
            }
        }
        return true;
    }

    /// Returns whether `c` may stand in the value of a header.
    public static boolean isValue(char c) {
        return isA(c, VALUE);
    }

    /// Returns whether `c` is a space or a tab.
    public static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /// Returns whether every percent sign begins two hexadecimal digits.
    public static boolean isPercentEncoded(String text) {
        for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
            if (at + 2 >= text.length()
                    || !isA(text.charAt(at + 1), HEX_DIGIT)
                    || !isA(text.charAt(at + 2), HEX_DIGIT)) {
                return false;
            }
        }
        return true;
    }

    /// Returns the number that `text` is in decimal digits; one that has too many of them is
    /// [Long#MAX_VALUE], and no number is -1.
    public static long number(String text) {
        if (text.isEmpty() || !isDigits(text, 0)) {
            return -1;
        }
        return text.length() > MAX_DIGITS ? Long.MAX_VALUE : Long.parseLong(text);
    }

    private static boolean isDigits(String text, int start) {
        for (int at = start; at < text.length(); at++) {
            if (text.charAt(at) < '0' || text.charAt(at) > '9') {
                return false;
            }
        }
        return true;
    }

    // ------------------------------------------------------------------ hosts

    /// Returns whether `text` is a host, perhaps with a port: a name, an IPv4 address, or an IPv6
    /// address in brackets. An empty text is one, too.
    public static boolean isAuthority(String text) {
        int end = text.startsWith("[") ? endOfAddress(text) : endOfName(text);
        if (end == text.length()) {
            return true;
        }
        return end > 0
                && text.charAt(end) == ':'
                && isDigits(text, end + 1)
                && number(text.substring(end + 1)) <= MAX_PORT;
    }

    private static int endOfAddress(String text) {
        int end = text.indexOf(']');
        for (int at = 1; at < end; at++) {
            char c = text.charAt(at);
            if (c != ':' && c != '.' && !isA(c, HEX_DIGIT)) {
                return -1;
            }
        }
        return end <= 1 ? -1 : end + 1;
    }

    private static int endOfName(String text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) != ':') {
            if (!isA(text.charAt(at), HOST)) {
                return -1;
            }
            at++;
        }
        return isPercentEncoded(text) ? at : -1;
    }
}
