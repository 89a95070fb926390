package io.asyncio4j.web.scalar;

import org.jspecify.annotations.Nullable;

/// A way to read a received value, which is a text, [Boolean], [Long], [java.math.BigInteger],
/// [Double], list, map or null. Has no state.
@FunctionalInterface
public interface Reader {
    /// Returns the Java value; a [Fault] if the received one is not accepted.
    Object read(@Nullable Object input);
}
