package io.asyncio4j.web.schema;

import org.jspecify.annotations.Nullable;

/// Anything, as it was received.
public final class AnyShape extends Shape {
    @Override
    public @Nullable Object read(@Nullable Object input, Problems problems) { throw new UnsupportedOperationException(); }
    @Override
    public Class<?> type() { throw new UnsupportedOperationException(); }
}
