package io.asyncio4j.web.schema;

import org.jspecify.annotations.Nullable;

/// A file of a form.
public final class FileShape extends Shape {
    @Override
    public @Nullable Object read(@Nullable Object input, Problems problems) { throw new UnsupportedOperationException(); }
    @Override
    public Class<?> type() { throw new UnsupportedOperationException(); }
}
