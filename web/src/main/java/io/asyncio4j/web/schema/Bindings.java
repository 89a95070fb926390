package io.asyncio4j.web.schema;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The types that the type parameters of a generic record are here.
record Bindings(Map<TypeVariable<?>, Bound> types) {
    /// A type that may name type parameters of the record around it.
    record Bound(AnnotatedType type, Bindings around) {}

    static final Bindings NONE = new Bindings(Map.of());

    @Nullable
    Bound get(Type variable) {
        return types.get(variable);
    }

    /// Returns those of a record that is used as this type.
    Bindings of(Class<?> raw, AnnotatedType type) {
        if (!(type instanceof AnnotatedParameterizedType generic)) {
            return NONE;
        }
        Map<TypeVariable<?>, Bound> inner = new HashMap<>();
        TypeVariable<?>[] variables = raw.getTypeParameters();
        AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
        for (int i = 0; i < variables.length; i++) {
            inner.put(variables[i], resolve(arguments[i]));
        }
        return new Bindings(inner);
    }

    /// Follows a type parameter to what it is, so that equal uses of a record are equal.
    private Bound resolve(AnnotatedType argument) {
        Bound known = types.get(argument.getType());
        if (known != null) {
            return known;
        }
        return new Bound(argument, namesParameters(argument.getType()) ? this : NONE);
    }

    private static boolean namesParameters(Type type) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                if (namesParameters(argument)) {
                    return true;
                }
            }
            return false;
        }
        return !(type instanceof Class<?>);
    }
}
