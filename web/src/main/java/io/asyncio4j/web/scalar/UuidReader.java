package io.asyncio4j.web.scalar;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads UUIDs: 32 hexadecimal digits, perhaps in five groups, then perhaps in braces or as a URN.
final class UuidReader implements Reader {
    private static final Fault TYPE = new Fault("uuid_type", "UUID input should be a string, bytes or UUID object");
    private static final String URN = "urn:uuid:";
    private static final int SIMPLE = 32;
    private static final int GROUPED = 36;
    private static final int[] GROUPS = {8, 4, 4, 4, 12};

    @Override
    public Object read(@Nullable Object input) {
        if (!(input instanceof String text)) {
            return TYPE;
        }
        String core = unwrapped(text);
        if (isGrouped(core)) {
            return UUID.fromString(core);
        }
        if (text.length() == SIMPLE && isHex(text, 0, SIMPLE)) {
            return new UUID(
                    HexFormat.fromHexDigitsToLong(text, 0, SIMPLE / 2),
                    HexFormat.fromHexDigitsToLong(text, SIMPLE / 2, SIMPLE));
        }
        return Fault.because("uuid_parsing", "Input should be a valid UUID", reason(core));
    }

    /// Returns what is inside of the braces or behind the URN's prefix, if the length is right.
    private static String unwrapped(String text) {
        int length = text.length();
        if (length == GROUPED) {
            return text;
        }
        boolean braces = text.startsWith("{") && text.endsWith("}");
        boolean urn = text.startsWith(URN);
        int bytes = braces || urn ? text.getBytes(StandardCharsets.UTF_8).length : 0;
        if (braces && bytes == GROUPED + 2) {
            return text.substring(1, length - 1);
        }
        return urn && bytes == GROUPED + URN.length() ? text.substring(URN.length()) : text;
    }

    private static boolean isGrouped(String text) {
        if (text.length() != GROUPED) {
            return false;
        }
        int start = 0;
        for (int size : GROUPS) {
            int end = start + size;
            if (!isHex(text, start, end) || (end < GROUPED && text.charAt(end) != '-')) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    private static boolean isHex(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static String reason(String text) {
        String core = text;
        int offset = 0;
        if (text.length() > 1 && text.startsWith("{") && text.endsWith("}")) {
            core = text.substring(1, text.length() - 1);
            offset = 1;
        } else if (text.startsWith(URN)) {
            core = text.substring(URN.length());
            offset = URN.length();
        }
        for (int i = 0; i < core.length(); i++) {
            char c = core.charAt(i);
            if (!HexFormat.isHexDigit(c) && c != '-') {
                String found = Character.toString(core.codePointAt(i));
                return "invalid character: found `" + found + "` at " + (i + offset + 1);
            }
        }
        String[] groups = core.split("-", -1);
        if (groups.length == 1 && offset == 0) {
            return "invalid length: expected length 32 for simple format, found " + text.length();
        }
        if (groups.length != GROUPS.length) {
            return "invalid group count: expected 5, found " + groups.length;
        }
        for (int i = 0; i < GROUPS.length - 1; i++) {
            int found = groups[i].length();
            if (found != GROUPS[i]) {
                return "invalid group length in group " + i + ": expected " + GROUPS[i] + ", found " + found;
            }
        }
        return "invalid group length in group 4: expected 12, found " + (text.length() - 24);
    }
}
