package io.asyncio4j.web.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.BiConsumer;

/// The percent-encoding of addresses.
public final class Percent {
    private static final int RADIX = 16;
    private static final String UNRESERVED = "-._~";

    /// What stays as it is in an address that may be encoded already.
    private static final String OF_ADDRESSES = UNRESERVED + ":/%#?=@[]!$&'()*+,;";

    private Percent() {}

    /// Decodes to UTF-8. A percent sign without two digits stands for itself; bytes that are no
    /// UTF-8 become the replacement character.
    ///
    /// @param plus whether a plus sign is a space, as in a query
    public static String decode(String text, boolean plus) {
        if (text.indexOf('%') < 0 && (!plus || text.indexOf('+') < 0)) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), RADIX) : -1;
            int low = high >= 0 ? Character.digit(text.charAt(i + 2), RADIX) : -1;
            if (low >= 0) {
                bytes.write(high * RADIX + low);
                i += 2;
            } else {
                bytes.write(plus && c == '+' ? ' ' : c);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// Takes the names and values of `a=1&b=2`, decoded, in their order: of a query, or of a form.
    /// Without an equals sign the value is empty; empty pieces are skipped.
    public static void pairs(String text, BiConsumer<String, String> action) {
        int end;
        for (int at = 0; at < text.length(); at = end + 1) {
            int ampersand = text.indexOf('&', at);
            end = ampersand < 0 ? text.length() : ampersand;
            if (end > at) {
                String pair = text.substring(at, end);
                int equals = pair.indexOf('=');
                action.accept(
                        decode(equals < 0 ? pair : pair.substring(0, equals), true),
                        equals < 0 ? "" : decode(pair.substring(equals + 1), true));
            }
        }
    }

    /// Encodes all but letters, digits and `-._~`, as UTF-8.
    public static String encode(String text) {
        return encode(text, UNRESERVED);
    }

    /// Encodes a value for a path; slashes stay.
    public static String encodePath(String value) {
        return encode(value, UNRESERVED + "/");
    }

    /// Encodes what must not stand in an address: spaces, for instance.
    public static String encodeAddress(String url) {
        return encode(url, OF_ADDRESSES);
    }

    private static String encode(String text, String kept) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
            if (plain || kept.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
