package io.asyncio4j.web.schema;

import org.jspecify.annotations.Nullable;

/// What the values of a type must satisfy besides their type. Null: no such bound.
public record Constraints(
        @Nullable Number atLeast, @Nullable Number above, @Nullable Number atMost, @Nullable Number below,
        @Nullable Integer minSize, @Nullable Integer maxSize, @Nullable String pattern) {}
