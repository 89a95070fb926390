package io.asyncio4j.web.schema;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A value that may be missing or null: an [Optional], or the value itself or null.
public final class OptionalShape extends Shape {
    private final Shape inner;
    private final boolean wraps;

    /// @param wraps whether it is an [Optional]
    OptionalShape(Shape inner, boolean wraps) {
        this.inner = inner;
        this.wraps = wraps;
    }

    public Shape inner() {
        return inner;
    }

    boolean wraps() {
        return wraps;
    }

    /// Returns a value of the inner shape as one of this.
    public @Nullable Object wrap(@Nullable Object value) {
        return wraps ? Optional.ofNullable(value) : value;
    }

    @Override
    public @Nullable Object read(@Nullable Object input, Problems problems) {
        if (input == null) {
            return absent();
        }
        Object value = inner.read(input, problems);
        return value == INVALID ? INVALID : wrap(value);
    }

    @Override
    public Shape present() {
        return inner;
    }

    @Override
    public boolean isFile() {
        return inner.isFile();
    }

    @Override
    public Class<?> type() {
        return wraps ? Optional.class : inner.type();
    }

    @Override
    public boolean isOptional() {
        return true;
    }

    @Override
    public @Nullable Object absent() {
        return wraps ? Optional.empty() : null;
    }
}
