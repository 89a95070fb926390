package io.asyncio4j.web.openapi;

import io.asyncio4j.web.binding.Input;
import io.asyncio4j.web.schema.AnyShape;
import io.asyncio4j.web.schema.Constraints;
import io.asyncio4j.web.schema.ConvertedShape;
import io.asyncio4j.web.schema.EnumShape;
import io.asyncio4j.web.schema.Examples;
import io.asyncio4j.web.schema.FileShape;
import io.asyncio4j.web.schema.ListShape;
import io.asyncio4j.web.schema.MapShape;
import io.asyncio4j.web.schema.OptionalShape;
import io.asyncio4j.web.schema.RecordShape;
import io.asyncio4j.web.schema.ScalarShape;
import io.asyncio4j.web.schema.Shape;
import io.asyncio4j.web.schema.UnionShape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The JSON Schemas of shapes. Records and enums are components of the document, which others refer
/// to.
final class Schemas {
    private final Map<String, Object> components = new TreeMap<>();
    private final Map<Class<?>, String> names = new HashMap<>();

    /// Returns the schemas that are referred to, by name.
    Map<String, Object> components() {
        return components;
    }

    Map<String, Object> of(Shape shape) {
        return switch (shape) {
            case OptionalShape optional -> map("anyOf", List.of(of(optional.inner()), map("type", "null")));
            case ScalarShape scalar -> scalar(scalar);
            case EnumShape values -> reference(values.type(), () -> enumeration(values));
            case ListShape list -> {
                Map<String, Object> schema = map("type", "array", "items", of(list.item()));
                if (list.isUnique()) {
                    schema.put("uniqueItems", true);
                }
                sizes(schema, list.constraints(), "minItems", "maxItems");
                yield schema;
            }
            case MapShape values -> {
                Map<String, Object> schema = map("type", "object", "additionalProperties", of(values.value()));
                sizes(schema, values.constraints(), "minProperties", "maxProperties");
                yield schema;
            }
            case RecordShape record -> reference(record.type(), () -> object(record));
            case UnionShape union -> reference(union.type(), () -> union(union));
            case FileShape _ -> map("type", "string", "format", "binary");
            case ConvertedShape _ -> map("type", "string");
            case AnyShape _ -> map();
        };
    }

    /// Returns the schema of an object with these properties.
    ///
    /// @param properties their schemas by name
    static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
        Map<String, Object> schema = map("type", "object", "properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    private Map<String, Object> object(RecordShape record) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordShape.Field field : record.fields()) {
            properties.put(field.name(), of(field));
            if (field.isRequired()) {
                required.add(field.name());
            }
        }
        Map<String, Object> schema = object(properties, required);
        if (record.isClosed()) {
            schema.put("additionalProperties", false);
        }
        schema.put("title", record.type().getSimpleName());
        return withExamples(schema, Examples.ofSchema(RecordShape.examples(record.type()), record));
    }

    /// Returns the schema of a field, with its default unless that is a list or a map: FastAPI's
    /// records make those anew and do not tell them.
    Map<String, Object> of(RecordShape.Field field) {
        boolean told = !(field.defaultValue() instanceof Collection<?>) && !(field.defaultValue() instanceof Map<?, ?>);
        Map<String, Object> schema = withDefault(of(field.shape()), field.hasDefault() && told, field.defaultValue());
        return withExamples(schema, Examples.ofSchema(field.examples(), field.shape()));
    }

    private Map<String, Object> union(UnionShape union) {
        List<Object> members = new ArrayList<>();
        Map<String, Object> mapping = new LinkedHashMap<>();
        union.members().forEach((text, member) -> {
            Map<String, Object> reference = of(member);
            members.add(reference);
            mapping.put(text, String.valueOf(reference.get("$ref")));
        });
        return withExamples(
                map("oneOf", members, "discriminator", map("propertyName", union.property(), "mapping", mapping)),
                Examples.ofSchema(RecordShape.examples(union.type()), union));
    }

    static Map<String, Object> withDefault(Map<String, Object> schema, boolean hasDefault, @Nullable Object value) {
        if (!hasDefault || value == null) {
            return schema;
        }
        Map<String, Object> changed = new LinkedHashMap<>(schema);
        changed.put("default", value);
        return changed;
    }

    static Map<String, Object> withExamples(Map<String, Object> schema, List<@Nullable Object> examples) {
        if (examples.isEmpty()) {
            return schema;
        }
        Map<String, Object> changed = new LinkedHashMap<>(schema);
        changed.put("examples", examples);
        return changed;
    }

    /// Returns the schema of a parameter, with its default and its examples.
    Map<String, Object> of(Input input) {
        Map<String, Object> schema = of(Objects.requireNonNull(input.shape()));
        return withExamples(
                withDefault(schema, input.hasDefault(), input.defaultValue()),
                input.shown().examples().values());
    }

    // ------------------------------------------------------------------ components

    private interface Definition {
        Map<String, Object> schema();
    }

    private Map<String, Object> reference(Class<?> type, Definition definition) {
        String name = names.get(type);
        if (name == null) {
            name = newName(type.getSimpleName());
            names.put(type, name);
            components.put(name, map()); // a type that refers to itself finds its name
            components.put(name, definition.schema());
        }
        return map("$ref", "#/components/schemas/" + name);
    }

    private String newName(String wanted) {
        String name = wanted;
        for (int i = 2; components.containsKey(name); i++) {
            name = wanted + i;
        }
        return name;
    }

    void define(String name, Map<String, Object> schema) {
        components.putIfAbsent(name, schema);
    }

    // ------------------------------------------------------------------ scalars

    private static Map<String, Object> scalar(ScalarShape scalar) {
        Map<String, Object> schema = switch (scalar.kind()) {
            case STRING -> map("type", "string");
            case BOOLEAN -> map("type", "boolean");
            case BYTE, SHORT, INT, LONG, BIG_INTEGER -> map("type", "integer");
            case FLOAT, DOUBLE, BIG_DECIMAL -> map("type", "number");
            case LOCAL_DATE -> map("type", "string", "format", "date");
            case LOCAL_DATE_TIME, OFFSET_DATE_TIME, INSTANT -> map("type", "string", "format", "date-time");
            case LOCAL_TIME -> map("type", "string", "format", "time");
            case DURATION -> map("type", "string", "format", "duration");
            case UUID -> map("type", "string", "format", "uuid");
        };
        Constraints constraints = scalar.constraints();
        put(schema, "minimum", constraints.atLeast());
        put(schema, "exclusiveMinimum", constraints.above());
        put(schema, "maximum", constraints.atMost());
        put(schema, "exclusiveMaximum", constraints.below());
        sizes(schema, constraints, "minLength", "maxLength");
        put(schema, "pattern", anchored(constraints.pattern()));
        return schema;
    }

    /// Returns a pattern that fits where the whole text does, as one that is searched for.
    private static @Nullable String anchored(@Nullable String pattern) {
        if (pattern == null) {
            return null;
        }
        boolean alternatives = hasAlternatives(pattern);
        if (!alternatives && pattern.startsWith("^") && pattern.endsWith("$")) {
            return pattern;
        }
        return alternatives ? "^(?:" + pattern + ")$" : "^" + pattern + "$";
    }

    /// Returns whether there is a bar outside of parentheses and brackets.
    private static boolean hasAlternatives(String pattern) {
        int depth = 0;
        for (int i = 0; i < pattern.length(); i++) {
            switch (pattern.charAt(i)) {
                case '\\' -> i++;
                case '(', '[' -> depth++;
                case ')', ']' -> depth--;
                case '|' -> {
                    if (depth == 0) {
                        return true;
                    }
                }
                default -> {}
            }
        }
        return false;
    }

    private static Map<String, Object> enumeration(EnumShape shape) {
        boolean texts = shape.values().stream().allMatch(String.class::isInstance);
        return texts ? map("type", "string", "enum", shape.values()) : map("enum", shape.values());
    }

    private static void sizes(Map<String, Object> schema, Constraints constraints, String least, String most) {
        put(schema, least, constraints.minSize());
        put(schema, most, constraints.maxSize());
    }

    private static void put(Map<String, Object> schema, String key, @Nullable Object value) {
        if (value != null) {
            schema.put(key, value);
        }
    }

    static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
