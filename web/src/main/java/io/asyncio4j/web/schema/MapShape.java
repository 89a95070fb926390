package io.asyncio4j.web.schema;

import org.jspecify.annotations.Nullable;

/// A map with texts as keys.
public final class MapShape extends Shape {
    public Shape value() { throw new UnsupportedOperationException(); }
    public Constraints constraints() { throw new UnsupportedOperationException(); }
    @Override
    public @Nullable Object read(@Nullable Object input, Problems problems) { throw new UnsupportedOperationException(); }
    @Override
    public Class<?> type() { throw new UnsupportedOperationException(); }
}
