package io.asyncio4j.web.schema;

import io.asyncio4j.web.Example;
import io.asyncio4j.web.scalar.Fault;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A record: an object whose fields are its components.
public final class RecordShape extends Shape {
    private static final Fault EXTRA = new Fault("extra_forbidden", "Extra inputs are not permitted");
    private static final Fault TYPE =
            new Fault("model_attributes_type", "Input should be a valid dictionary or object to extract fields from");

    /// A component of a record.
    ///
    /// @param name the name outside
    /// @param component the name in Java
    /// @param named whether an annotation gives the name outside
    /// @param hasDefault whether it may be left out, because of a default
    /// @param examples for the documentation
    public record Field(
            String name,
            String component,
            boolean named,
            Shape shape,
            boolean hasDefault,
            @Nullable Object defaultValue,
            List<Example> examples) {
        /// Returns whether it may not be left out.
        public boolean isRequired() {
            return !hasDefault && !shape.isOptional();
        }

        /// Returns the name of the header that it is read from: with hyphens unless it is given.
        public String headerName() {
            return named ? name : WholeModel.hyphenated(name);
        }

        /// Returns its value where it is left out.
        @Nullable
        Object absent() {
            return hasDefault ? defaultValue : shape.absent();
        }
    }

    private final RecordDefinition definition;
    private final Check[] checks;

    /// @param checks on the whole record
    RecordShape(RecordDefinition definition, Check[] checks) {
        this.definition = definition;
        this.checks = checks;
    }

    /// Returns the examples that a type tells of itself.
    public static List<Example> examples(Class<?> type) {
        return List.of(type.getDeclaredAnnotationsByType(Example.class));
    }

    RecordDefinition definition() {
        return definition;
    }

    public List<Field> fields() {
        return definition.fields();
    }

    /// Returns whether fields that the record does not have are a problem.
    public boolean isClosed() {
        return definition.isClosed();
    }

    /// Returns the type with its type arguments, such as `Page<Item>`.
    public String name() {
        return definition.name();
    }

    @Override
    public @Nullable Object read(@Nullable Object input, Problems problems) {
        return read(input, "", problems);
    }

    /// Reads an object.
    ///
    /// @param tag the name of a property that is no extra; empty if there is none
    @Nullable
    Object read(@Nullable Object input, String tag, Problems problems) {
        if (!(input instanceof Map<?, ?> received)) {
            return problems.invalid(TYPE, input);
        }
        List<Field> fields = definition.fields();
        @Nullable Object[] values = new Object[fields.size()];
        int before = problems.count();
        for (int i = 0; i < values.length; i++) {
            Field field = fields.get(i);
            Object value = received.get(field.name);
            if (value != null || received.containsKey(field.name)) {
                problems.enter(field.name);
                values[i] = field.shape.read(value, problems);
                problems.leave();
            } else if (field.isRequired()) {
                problems.enter(field.name);
                problems.missing(input);
                problems.leave();
            } else {
                values[i] = field.absent();
            }
        }
        if (isClosed()) {
            addExtras(received, tag, problems);
        }
        return problems.count() > before ? INVALID : make(values, input, problems);
    }

    void addExtras(Map<?, ?> received, String tag, Problems problems) {
        received.forEach((name, value) -> {
            if (!definition.hasField((String) name) && !name.equals(tag)) {
                problems.enter(name);
                problems.invalid(EXTRA, value);
                problems.leave();
            }
        });
    }

    private Object make(@Nullable Object[] values, @Nullable Object input, Problems problems) {
        Object made = made(values);
        return made instanceof Fault fault ? problems.invalid(fault, input) : made;
    }

    /// Returns the record of these values, or what is wrong with it as a [Fault].
    Object made(@Nullable Object[] values) {
        Object made = definition.make(values);
        Fault violation = made instanceof Fault ? null : Check.first(checks, made);
        return violation == null ? made : violation;
    }

    /// Reads it from all parameters of a place: query, headers, cookies or form.
    ///
    /// @param received the values of each name, in order: texts, and files of a form; names of
    ///     headers in lower case
    /// @param headers whether they are headers, of which the first value counts in place of the
    ///     last
    public @Nullable Object readTexts(Map<String, ? extends List<?>> received, boolean headers, Problems problems) {
        return new WholeModel(this, received, headers, problems).read();
    }

    @Override
    public Class<?> type() {
        return definition.type();
    }

    @Override
    public String toString() {
        return "RecordShape[" + name() + "]";
    }
}
