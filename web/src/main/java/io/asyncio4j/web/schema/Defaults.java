package io.asyncio4j.web.schema;

import io.asyncio4j.web.scalar.Fault;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The check of default values that a program gives as objects: they are to be what a client could
/// have sent.
public final class Defaults {
    private Defaults() {}

    /// Checks a default value; null is always one.
    ///
    /// @throws DeclarationException if it is no value of the shape
    public static void requireFitting(Shape shape, @Nullable Object value) {
        String misfit = value == null ? null : misfit(shape, value);
        if (misfit != null) {
            throw new DeclarationException(
                    "The default " + value + " is no value of the type: " + misfit + "; change one of them");
        }
    }

    private static @Nullable String misfit(Shape shape, Object value) {
        if (shape instanceof OptionalShape optional && optional.wraps()) {
            return value instanceof Optional<?> wrapper
                    ? wrapper.map(wrapped -> misfit(optional.inner(), wrapped)).orElse(null)
                    : "It is no Optional";
        }
        return switch (shape.present()) {
            case ScalarShape scalar ->
                scalar.kind().type().isInstance(value) ? message(scalar.violation(value)) : noInstance(scalar);
            case ListShape list
            when value instanceof Collection<?> items -> {
                String misfit = message(list.violation(items));
                for (Object item : items) {
                    misfit = misfit == null && item != null ? misfit(list.item(), item) : misfit;
                }
                yield misfit;
            }
            case Shape other -> other.type().isInstance(value) ? null : noInstance(other);
        };
    }

    private static @Nullable String message(@Nullable Fault fault) {
        return fault == null ? null : fault.message();
    }

    private static String noInstance(Shape shape) {
        return "It is no " + shape.type().getSimpleName();
    }
}
