package io.asyncio4j.web.schema;

import io.asyncio4j.web.scalar.Fault;
import org.jspecify.annotations.Nullable;

/// A constraint on a value that has been read.
@FunctionalInterface
interface Check {
    /// Returns the violation; null if there is none.
    @Nullable
    Fault violation(Object value);

    /// Returns the first violation; null if there is none.
    static @Nullable Fault first(Check[] checks, Object value) {
        for (Check check : checks) {
            Fault violation = check.violation(value);
            if (violation != null) {
                return violation;
            }
        }
        return null;
    }
}
