package io.asyncio4j.web.scalar;

import org.jspecify.annotations.Nullable;

/// Reads texts: as they are, but for those with half of a surrogate pair, which no UTF-8 can have.
final class TextReader implements Reader {
    private static final Fault TYPE = new Fault("string_type", "Input should be a valid string");

    private static final Fault UNICODE =
            new Fault("string_unicode", "Input should be a valid string, unable to parse raw data as a unicode string");

    @Override
    public Object read(@Nullable Object input) {
        return input instanceof String text ? (isWhole(text) ? text : UNICODE) : TYPE;
    }

    private static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean paired = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
                if (!paired) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
