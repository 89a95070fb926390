package io.asyncio4j.web.schema;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/// A class as a type without annotations.
record PlainType(Class<?> type) implements AnnotatedType {
    private static final Annotation[] NONE = {};

    @Override
    public Type getType() {
        return type;
    }

    @Override
    public @Nullable AnnotatedType getAnnotatedOwnerType() {
        return null;
    }

    @Override
    public <T extends Annotation> @Nullable T getAnnotation(Class<T> annotation) {
        return null;
    }

    @Override
    public Annotation[] getAnnotations() {
        return NONE;
    }

    @Override
    public Annotation[] getDeclaredAnnotations() {
        return NONE;
    }
}
