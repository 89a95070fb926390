package io.asyncio4j.web.schema;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A record: an object whose fields are its components.
public final class RecordShape extends Shape {
    /// A component of a record.
    ///
    /// @param name the name outside
    /// @param component the name in Java
    public record Field(
            String name, String component, Shape shape, boolean hasDefault, @Nullable Object defaultValue) {
        /// Returns whether it may be left out.
        public boolean isRequired() { return !hasDefault && !shape.isOptional(); }
    }
    public List<Field> fields() { throw new UnsupportedOperationException(); }
    /// Returns whether fields that the record does not have are a problem.
    public boolean isClosed() { throw new UnsupportedOperationException(); }
    /// Reads it from all parameters of a place: query, headers, cookies or form.
    ///
    /// @param received the values of each name, in order: texts, and files of a form
    /// @param headers whether the names are those of headers, of which the first value counts
    public @Nullable Object readTexts(Map<String, ? extends List<?>> received, boolean headers, Problems problems) { throw new UnsupportedOperationException(); }
    @Override
    public @Nullable Object read(@Nullable Object input, Problems problems) { throw new UnsupportedOperationException(); }
    @Override
    public Class<?> type() { throw new UnsupportedOperationException(); }
}
