package io.asyncio4j.web.schema;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The elements that annotations of constraints have in common.
final class Attributes {
    private Attributes() {}

    /// Returns the value of an annotation's element.
    static Object get(Annotation annotation, Method element) {
        try {
            element.setAccessible(true);
            return Objects.requireNonNull(element.invoke(annotation));
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException("Cannot read " + element + " of " + annotation, impossible);
        }
    }

    static Class<?>[] groups(Annotation annotation) {
        return (Class<?>[]) get(annotation, element(annotation, "groups"));
    }

    /// Returns the message that the program has given, with the annotation's values in it; null if
    /// it has given none.
    static @Nullable String ownMessage(Annotation annotation) {
        Method element = element(annotation, "message");
        String message = (String) get(annotation, element);
        if (message.equals(element.getDefaultValue())) {
            return null;
        }
        for (Method value : annotation.annotationType().getDeclaredMethods()) {
            String place = "{" + value.getName() + "}";
            if (message.contains(place) && !value.getName().equals("message")) {
                message = message.replace(place, String.valueOf(get(annotation, value)));
            }
        }
        return message;
    }

    private static Method element(Annotation annotation, String name) {
        try {
            return annotation.annotationType().getDeclaredMethod(name);
        } catch (NoSuchMethodException missing) {
            throw new DeclarationException(
                    ConstraintAnnotations.name(annotation) + " is a constraint without the element " + name
                            + "(); declare it, as Jakarta Validation demands",
                    missing);
        }
    }
}
