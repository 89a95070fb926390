package io.asyncio4j.web.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.asyncio4j.web.scalar.Fault;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An enum, by its external values: what [JsonValue] gives, else [JsonProperty] of the constant,
/// else its name.
public final class EnumShape extends Shape {
    private final Class<?> type;
    private final Map<Object, Object> constants = new LinkedHashMap<>();
    private final Fault fault;
    private final Check[] checks;

    EnumShape(Class<?> type, Check[] checks) {
        this.type = type;
        this.checks = checks;
        for (Object constant : type.getEnumConstants()) {
            Object value = external(type, (Enum<?>) constant);
            Object other = constants.put(value, constant);
            if (other != null) {
                throw new DeclarationException("The constants " + other + " and " + constant + " of enum "
                        + type.getSimpleName() + " have the same value '" + value + "'; change one");
            }
        }
        String expected =
                expected(constants.keySet().stream().map(EnumShape::quoted).toList());
        fault = new Fault("enum", "Input should be " + expected, Map.of("expected", expected));
    }

    private static Object external(Class<?> type, Enum<?> constant) {
        try {
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(JsonValue.class)) {
                    return value(open(method).invoke(constant));
                }
            }
            for (Field field : type.getDeclaredFields()) {
                if (field.isAnnotationPresent(JsonValue.class)) {
                    return value(open(field).get(constant));
                }
            }
            JsonProperty property = type.getDeclaredField(constant.name()).getAnnotation(JsonProperty.class);
            return property == null || property.value().isEmpty() ? constant.name() : property.value();
        } catch (ReflectiveOperationException | RuntimeException wrong) {
            throw new DeclarationException(
                    "The external value of " + type.getSimpleName() + "." + constant.name() + " cannot be read: "
                            + wrong + "; correct its @JsonValue, and open its package to io.asyncio4j.web",
                    wrong);
        }
    }

    private static <T extends AccessibleObject> T open(T member) {
        member.setAccessible(true);
        return member;
    }

    /// Returns whole numbers as JSON has them.
    private static Object value(@Nullable Object external) {
        return external instanceof Integer || external instanceof Short || external instanceof Byte
                ? (Object) ((Number) external).longValue()
                : external instanceof Long ? external : String.valueOf(external);
    }

    private static String expected(List<String> values) {
        if (values.size() < 2) {
            return values.isEmpty() ? "" : values.getFirst();
        }
        return String.join(", ", values.subList(0, values.size() - 1)) + " or " + values.getLast();
    }

    /// Returns it as Python writes it.
    private static String quoted(Object value) {
        if (!(value instanceof String text)) {
            return value.toString();
        }
        String escaped = text.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
        if (text.indexOf('\'') < 0) {
            return "'" + escaped + "'";
        }
        return text.indexOf('"') < 0 ? '"' + escaped + '"' : "'" + escaped.replace("'", "\\'") + "'";
    }

    /// Returns the external values, in the order of the constants: texts, or numbers as [Long].
    public List<Object> values() {
        return List.copyOf(constants.keySet());
    }

    /// Returns the external values as texts, in the order of the constants.
    public List<String> texts() {
        return constants.keySet().stream().map(Object::toString).toList();
    }

    @Override
    public @Nullable Object read(@Nullable Object input, Problems problems) {
        Object constant =
                constants.get(input instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : input);
        if (constant == null && input instanceof String text) {
            constant = byNumber(text);
        }
        return checked(constant == null ? fault : constant, checks, input, problems);
    }

    private @Nullable Object byNumber(String text) {
        for (Map.Entry<Object, Object> entry : constants.entrySet()) {
            if (entry.getKey() instanceof Long number && number.toString().equals(text)) {
                return entry.getValue();
            }
        }
        return null;
    }

    @Override
    public Class<?> type() {
        return type;
    }

    @Override
    public String toString() {
        return "EnumShape" + Arrays.toString(type.getEnumConstants());
    }
}
