package io.asyncio4j.web.scalar;

import org.jspecify.annotations.Nullable;

/// Reads texts: as they are.
final class TextReader implements Reader {
    private static final Fault TYPE = new Fault("string_type", "Input should be a valid string");

    @Override
    public Object read(@Nullable Object input) {
        return input instanceof String ? input : TYPE;
    }
}
