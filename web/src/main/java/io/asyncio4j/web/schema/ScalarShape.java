package io.asyncio4j.web.schema;

import org.jspecify.annotations.Nullable;

/// A single value: a text, number, date and so on.
public final class ScalarShape extends Shape {
    public Scalar kind() { throw new UnsupportedOperationException(); }
    public Constraints constraints() { throw new UnsupportedOperationException(); }
    @Override
    public @Nullable Object read(@Nullable Object input, Problems problems) { throw new UnsupportedOperationException(); }
    @Override
    public Class<?> type() { throw new UnsupportedOperationException(); }
}
