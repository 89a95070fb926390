package io.asyncio4j.web.schema;

import org.jspecify.annotations.Nullable;

/// A list or set.
public final class ListShape extends Shape {
    public Shape item() { throw new UnsupportedOperationException(); }
    public Constraints constraints() { throw new UnsupportedOperationException(); }
    @Override
    public @Nullable Object read(@Nullable Object input, Problems problems) { throw new UnsupportedOperationException(); }
    @Override
    public Class<?> type() { throw new UnsupportedOperationException(); }
}
