package io.asyncio4j.web.schema;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import org.jspecify.annotations.Nullable;

/// The way from Java types to shapes.
///
/// All methods throw [DeclarationException] for what cannot be; its message lacks the class and method.
public final class Shapes {
    private Shapes() {}

    /// Returns the shape of a parameter's or component's type with its annotations.
    public static Shape of(AnnotatedType type, AnnotatedElement annotations) { throw new UnsupportedOperationException(); }

    public static Shape of(Class<?> type) { throw new UnsupportedOperationException(); }

    /// Returns the value of a [io.asyncio4j.web.DefaultValue], which must satisfy the constraints as well.
    public static @Nullable Object defaultOf(Shape shape, String[] texts) { throw new UnsupportedOperationException(); }

    /// Returns the shape of an [java.util.Optional] of these values.
    public static Shape optional(Shape shape) { throw new UnsupportedOperationException(); }

    /// Returns the shape of a list of these values.
    public static Shape list(Shape shape) { throw new UnsupportedOperationException(); }

    public static Shape min(Shape shape, Number least) { throw new UnsupportedOperationException(); }

    public static Shape max(Shape shape, Number most) { throw new UnsupportedOperationException(); }

    public static Shape size(Shape shape, int least, int most) { throw new UnsupportedOperationException(); }

    public static Shape pattern(Shape shape, String regex) { throw new UnsupportedOperationException(); }
}
