package io.asyncio4j.web.schema;

import org.jspecify.annotations.Nullable;

/// A value that may be missing or null.
public final class OptionalShape extends Shape {
    public Shape inner() { throw new UnsupportedOperationException(); }
    /// Returns a value of the inner shape as one of this.
    public @Nullable Object wrap(@Nullable Object value) { throw new UnsupportedOperationException(); }
    @Override
    public @Nullable Object read(@Nullable Object input, Problems problems) { throw new UnsupportedOperationException(); }
    @Override
    public Class<?> type() { throw new UnsupportedOperationException(); }
    @Override
    public boolean isOptional() { return true; }
    @Override
    public @Nullable Object absent() { throw new UnsupportedOperationException(); }
}
