package io.asyncio4j.web.schema;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A sealed interface of records, told apart by the text of one property.
public final class UnionShape extends Shape {
    /// Returns the name of the property.
    public String property() { throw new UnsupportedOperationException(); }
    /// Returns the records by the property's text.
    public Map<String, RecordShape> members() { throw new UnsupportedOperationException(); }
    @Override
    public @Nullable Object read(@Nullable Object input, Problems problems) { throw new UnsupportedOperationException(); }
    @Override
    public Class<?> type() { throw new UnsupportedOperationException(); }
}
