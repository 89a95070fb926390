package io.asyncio4j.web.schema;

import org.jspecify.annotations.Nullable;

/// The bounds of a type's values, for the documentation. Null: there is no such bound.
///
/// @param atLeast a [Long], [java.math.BigInteger] or [Double], as its type has it; so are the
///     other three
/// @param minSize the least characters or items
/// @param pattern a regular expression that the whole text matches
public record Constraints(
        @Nullable Number atLeast,
        @Nullable Number above,
        @Nullable Number atMost,
        @Nullable Number below,
        @Nullable Integer minSize,
        @Nullable Integer maxSize,
        @Nullable String pattern) {
    static final Constraints NONE = new Constraints(null, null, null, null, null, null, null);
}
