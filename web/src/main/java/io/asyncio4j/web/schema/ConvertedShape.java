package io.asyncio4j.web.schema;

import org.jspecify.annotations.Nullable;

/// A class of the program that is made from a text.
public final class ConvertedShape extends Shape {
    @Override
    public @Nullable Object read(@Nullable Object input, Problems problems) { throw new UnsupportedOperationException(); }
    @Override
    public Class<?> type() { throw new UnsupportedOperationException(); }
}
