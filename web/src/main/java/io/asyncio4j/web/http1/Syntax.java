package io.asyncio4j.web.http1;

import java.nio.charset.StandardCharsets;

/// The characters of HTTP/1.1 and what they may stand in.
final class Syntax {
    static final byte CR = '\r';
    static final byte LF = '\n';
    private static final int TOKEN = 1;
    private static final int TARGET = 2;
    private static final int VALUE = 4;
    private static final int HOST = 8;
    private static final int HEX_DIGIT = 16;
    private static final int EXTENSION = 32;
    private static final byte[] CLASSES = new byte[256];

    static {
        for (int c = 0; c < CLASSES.length; c++) {
            boolean visible = c > ' ' && c < 0x7f;
            if (visible && c != '#') {
                CLASSES[c] |= TARGET;
            }
            if (visible || c == ' ' || c == '\t' || c > 0x7f) {
                CLASSES[c] |= VALUE | EXTENSION;
            }
        }
        String letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        mark(letters + "!#$%&'*+-.^_`|~", TOKEN);
        mark(letters + "-._~%!$&'()*+;=", HOST);
        mark("0123456789ABCDEFabcdef", HEX_DIGIT);
    }

    private Syntax() {}

    private static void mark(String characters, int as) {
        characters.chars().forEach(c -> CLASSES[c] |= (byte) as);
    }

    private static boolean isA(byte c, int mark) {
        return (CLASSES[c & 0xff] & mark) != 0;
    }

    /// Returns whether `c` may stand in a method or the name of a header.
    static boolean isToken(byte c) {
        return isA(c, TOKEN);
    }

    static boolean isTarget(byte c) {
        return isA(c, TARGET);
    }

    static boolean isValue(byte c) {
        return isA(c, VALUE);
    }

    static boolean isExtension(byte c) {
        return isA(c, EXTENSION);
    }

    static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }

    /// Returns the value of a hexadecimal digit; -1 if it is none.
    static int digit(byte c) {
        return isA(c, HEX_DIGIT) ? Character.digit(c, 16) : -1;
    }

    static String text(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /// Returns whether every percent sign begins two hexadecimal digits.
    static boolean isPercentEncoded(String text) {
        for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
            if (at + 2 >= text.length()
                    || Character.digit(text.charAt(at + 1), 16) < 0
                    || Character.digit(text.charAt(at + 2), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /// Returns whether `text` is a host, perhaps with a port: a name, an IPv4 address, or an IPv6
    /// address in brackets. It may be empty.
    static boolean isAuthority(String text) {
        int end = text.startsWith("[") ? endOfAddress(text) : endOfName(text);
        if (end < 0) {
            return false;
        }
        if (end < text.length() && text.charAt(end) != ':') {
            return false;
        }
        for (int at = end + 1; at < text.length(); at++) {
            if (text.charAt(at) < '0' || text.charAt(at) > '9') {
                return false;
            }
        }
        return text.length() - end <= 6;
    }

    private static int endOfAddress(String text) {
        int end = text.indexOf(']');
        for (int at = 1; at < end; at++) {
            char c = text.charAt(at);
            if (c != ':' && c != '.' && Character.digit(c, 16) < 0) {
                return -1;
            }
        }
        return end <= 1 ? -1 : end + 1;
    }

    private static int endOfName(String text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) != ':') {
            if (text.charAt(at) > 0x7f || !isA((byte) text.charAt(at), HOST)) {
                return -1;
            }
            at++;
        }
        return isPercentEncoded(text) ? at : -1;
    }
}
