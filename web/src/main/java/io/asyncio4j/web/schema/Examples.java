package io.asyncio4j.web.schema;

import io.asyncio4j.web.Example;
import io.asyncio4j.web.scalar.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The examples of a parameter's values, for the documentation. Values are plain objects, as
/// [Shape] reads them.
///
/// @param values the examples of the schema
/// @param named the examples of the parameter or body as a whole, as OpenAPI's objects
public record Examples(List<@Nullable Object> values, Map<String, Map<String, @Nullable Object>> named) {
    public static final Examples NONE = new Examples(List.of(), Map.of());

    /// Returns the examples that annotations tell.
    ///
    /// @throws DeclarationException if one cannot be read
    public static Examples of(Example[] annotations, Shape shape) {
        Examples all = NONE;
        for (Example one : annotations) {
            Object value = read(one.value(), shape);
            if (!one.name().isEmpty()) {
                all = all.with(one.name(), one.summary(), one.description(), value);
            } else if (one.summary().isEmpty() && one.description().isEmpty()) {
                all = all.with(value);
            } else {
                throw new DeclarationException(quoted(one.value()) + " has a summary or a description, but no name;"
                        + " add name = \"...\", or remove them");
            }
        }
        return all;
    }

    /// Returns the examples that annotations tell of a component or a type: only a schema's.
    ///
    /// @throws DeclarationException if one cannot be read or has a name
    public static List<@Nullable Object> ofSchema(List<Example> annotations, Shape shape) {
        Examples all = of(annotations.toArray(Example[]::new), shape);
        if (!all.named.isEmpty()) {
            throw new DeclarationException(
                    "The example '" + all.named.keySet().iterator().next()
                            + "' has a name, but only those of parameters and bodies do; remove its name");
        }
        return all.values;
    }

    /// Returns the value of a text: itself where clients send texts, else what it is as JSON.
    private static @Nullable Object read(String text, Shape shape) {
        if (isText(shape.present())) {
            return text;
        }
        try {
            return JsonTree.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (JsonTree.Malformed malformed) {
            throw new DeclarationException(
                    quoted(text) + " is no JSON: " + malformed.words() + " at character " + malformed.position()
                            + "; correct it",
                    malformed);
        }
    }

    private static boolean isText(Shape shape) {
        return switch (shape) {
            case ScalarShape scalar -> !scalar.kind().isNumber() && scalar.kind() != Scalar.BOOLEAN;
            case EnumShape values -> values.values().stream().allMatch(String.class::isInstance);
            case ConvertedShape _, FileShape _ -> true;
            default -> false;
        };
    }

    private static String quoted(String text) {
        return "@Example(\"" + text + "\")";
    }

    public boolean isEmpty() {
        return values.isEmpty() && named.isEmpty();
    }

    /// Returns these and one of the schema.
    public Examples with(@Nullable Object value) {
        List<@Nullable Object> more = new ArrayList<>(values);
        more.add(value);
        return new Examples(Collections.unmodifiableList(more), named);
    }

    /// Returns these and one with a name.
    ///
    /// @param summary empty if there is none
    /// @param description empty if there is none
    /// @throws DeclarationException if there is one with this name
    public Examples with(String name, String summary, String description, @Nullable Object value) {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        if (!summary.isEmpty()) {
            one.put("summary", summary);
        }
        if (!description.isEmpty()) {
            one.put("description", description);
        }
        one.put("value", value);
        Map<String, Map<String, @Nullable Object>> more = new LinkedHashMap<>(named);
        if (more.put(name, one) != null) {
            throw new DeclarationException("Two examples have the name '" + name + "'; change one");
        }
        return new Examples(values, Collections.unmodifiableMap(more));
    }

    /// Checks those of the schema.
    ///
    /// @throws DeclarationException if one is no value of the shape
    public void requireFitting(Shape shape) {
        requireFitting(values, shape);
    }

    static void requireFitting(List<@Nullable Object> values, Shape shape) {
        for (Object value : values) {
            Problems problems = new Problems();
            if (shape.read(value, problems) == Shape.INVALID) {
                Problem first = problems.list().getFirst();
                String place = first.loc().stream().map(String::valueOf).collect(Collectors.joining("."));
                throw new DeclarationException("The example " + value + " is no value of the type: "
                        + (place.isEmpty() ? "" : place + ": ") + first.message() + "; change one of them");
            }
        }
    }
}
