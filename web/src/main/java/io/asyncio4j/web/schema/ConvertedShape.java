package io.asyncio4j.web.schema;

import io.asyncio4j.web.scalar.Fault;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;

/// A class that is made from a text by its public static `valueOf(String)`, `of(String)` or
/// `parse(CharSequence)`. An [IllegalArgumentException], a
/// [DateTimeException] or a [ParseException] of that method is the client's error.
public final class ConvertedShape extends Shape {
    private static final Fault TYPE = new Fault("string_type", "Input should be a valid string");
    private static final MethodType FROM_TEXT = MethodType.methodType(Object.class, String.class);

    private final Class<?> type;
    private final MethodHandle conversion;
    private final Check[] checks;

    private ConvertedShape(Class<?> type, MethodHandle conversion, Check[] checks) {
        this.type = type;
        this.conversion = conversion.asType(FROM_TEXT);
        this.checks = checks;
    }

    /// Returns null if the class has no such method.
    static @Nullable ConvertedShape of(Class<?> type, Check[] checks) {
        Method method = factory(type);
        if (method == null) {
            return null;
        }
        try {
            MethodHandle handle = Access.lookup(type).unreflect(method);
            return new ConvertedShape(type, handle, checks);
        } catch (IllegalAccessException closed) {
            throw Access.closed(type, closed);
        }
    }

    private static @Nullable Method factory(Class<?> type) {
        Method found = type == URI.class ? factory(type, "create", String.class) : null;
        found = found == null ? factory(type, "valueOf", String.class) : found;
        found = found == null ? factory(type, "of", String.class) : found;
        found = found == null ? factory(type, "parse", String.class) : found;
        return found == null ? factory(type, "parse", CharSequence.class) : found;
    }

    private static @Nullable Method factory(Class<?> type, String name, Class<?> parameter) {
        try {
            Method method = type.getDeclaredMethod(name, parameter);
            boolean fits = Modifier.isStatic(method.getModifiers())
                    && Modifier.isPublic(method.getModifiers())
                    && type.isAssignableFrom(method.getReturnType());
            return fits ? method : null;
        } catch (NoSuchMethodException _) {
            return null;
        }
    }

    @Override
    public @Nullable Object read(@Nullable Object input, Problems problems) {
        return switch (input) {
            case String text -> checked(convert(text), checks, input, problems);
            case byte[] bytes -> read(new String(bytes, StandardCharsets.UTF_8), problems);
            case null, default -> problems.invalid(TYPE, input);
        };
    }

    private Object convert(String text) {
        try {
            Object value = (Object) conversion.invokeExact(text);
            return value == null ? Fault.ofValue(type.getSimpleName() + " has no such value") : value;
        } catch (IllegalArgumentException | DateTimeException | ParseException | URISyntaxException refused) {
            return Fault.ofValue(refused.getMessage());
        } catch (Throwable thrown) {
            throw Access.sneaky(thrown);
        }
    }

    @Override
    public Class<?> type() {
        return type;
    }
}
