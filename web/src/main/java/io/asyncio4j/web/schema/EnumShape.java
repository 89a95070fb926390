package io.asyncio4j.web.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An enum, by its external texts.
public final class EnumShape extends Shape {
    public List<String> texts() { throw new UnsupportedOperationException(); }
    @Override
    public @Nullable Object read(@Nullable Object input, Problems problems) { throw new UnsupportedOperationException(); }
    @Override
    public Class<?> type() { throw new UnsupportedOperationException(); }
}
