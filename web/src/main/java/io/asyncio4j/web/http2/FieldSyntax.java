package io.asyncio4j.web.http2;

/// The characters that the fields of a request may have.
final class FieldSyntax {
    private static final int DEL = 0x7f;
    private static final boolean[] TOKEN = new boolean[DEL];
    private static final boolean[] HOST = new boolean[DEL];

    static {
        String common = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-._~!$&'*+%";
        mark(TOKEN, common + "#^`|");
        mark(HOST, common + "();=,");
    }

    private FieldSyntax() {}

    private static void mark(boolean[] as, String characters) {
        characters.chars().forEach(c -> as[c] = true);
    }

    /// Returns whether `text` may be a method.
    static boolean isToken(String text) {
        return isOf(TOKEN, text, 0, text.length());
    }

    private static boolean isOf(boolean[] marked, String text, int start, int end) {
        for (int at = start; at < end; at++) {
            char c = text.charAt(at);
            if (c >= DEL || !marked[c]) {
                return false;
            }
        }
        return start < end;
    }

    /// Returns whether `text` may be the name of a header, in lower case.
    static boolean isName(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) >= 'A' && text.charAt(at) <= 'Z') {
                return false;
            }
        }
        return isToken(text);
    }

    /// Returns whether `text` may be the value of a header. A DEL is no reason to refuse it.
    static boolean isValue(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) < ' ' && text.charAt(at) != '\t') {
                return false;
            }
        }
        return text.isEmpty() || (!isBlank(text.charAt(0)) && !isBlank(text.charAt(text.length() - 1)));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /// Returns whether `text` has visible characters of ASCII only, and no `#`.
    static boolean isTarget(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c <= ' ' || c >= DEL || c == '#') {
                return false;
            }
        }
        return true;
    }

    /// Returns whether every percent sign begins two hexadecimal digits.
    static boolean isPercentEncoded(String text) {
        for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
            if (at + 2 >= text.length() || !isHex(text.charAt(at + 1)) || !isHex(text.charAt(at + 2))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(char c) {
        return c < DEL && Character.digit(c, 16) >= 0;
    }

    /// Returns whether `text` is a host, perhaps with a port: a name, an IPv4 address, or an IPv6
    /// address in brackets.
    static boolean isAuthority(String text) {
        int end = text.startsWith("[") ? endOfAddress(text) : text.indexOf(':');
        if (end == -1 && !text.startsWith("[")) {
            end = text.length();
        }
        if (end < 1 || (!text.startsWith("[") && !isOf(HOST, text, 0, end))) {
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
        return text.length() - end <= 6 && isPercentEncoded(text);
    }

    private static int endOfAddress(String text) {
        int end = text.indexOf(']');
        for (int at = 1; at < end; at++) {
            char c = text.charAt(at);
            if (c != ':' && c != '.' && !isHex(c)) {
                return -1;
            }
        }
        return end <= 1 ? -1 : end + 1;
    }

    /// Returns the number that `text` is in decimal digits; -1 if it is none, or too large.
    static long number(String text) {
        long number = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c < '0' || c > '9' || number > Long.MAX_VALUE / 10 - 1) {
                return -1;
            }
            number = 10 * number + c - '0';
        }
        return text.isEmpty() ? -1 : number;
    }
}
