package io.asyncio4j.web.schema;

import io.asyncio4j.web.scalar.Fault;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A sealed interface of records, told apart by the text of one property.
public final class UnionShape extends Shape {
    private static final Fault TYPE =
            new Fault("model_attributes_type", "Input should be a valid dictionary or object to extract fields from");

    private final Class<?> type;
    private final String property;
    private final Map<String, RecordShape> members = new LinkedHashMap<>();
    private final Check[] checks;
    private final Fault noTag;

    UnionShape(Class<?> type, String property, Check[] checks) {
        this.type = type;
        this.property = property;
        this.checks = checks;
        this.noTag = new Fault(
                "union_tag_not_found",
                "Unable to extract tag using discriminator '" + property + "'",
                Map.of("discriminator", "'" + property + "'"));
    }

    /// Adds a record, before anything is read.
    ///
    /// @throws DeclarationException if there is one with this text
    void add(String tag, RecordShape member) {
        RecordShape other = members.put(tag, member);
        if (other != null) {
            throw new DeclarationException("Records " + other.name() + " and " + member.name() + " of "
                    + type.getSimpleName() + " have the same name '" + tag + "'; change one");
        }
    }

    /// Returns the name of the property.
    public String property() {
        return property;
    }

    /// Returns the records by the property's text.
    public Map<String, RecordShape> members() {
        return members;
    }

    @Override
    public @Nullable Object read(@Nullable Object input, Problems problems) {
        if (!(input instanceof Map<?, ?> received)) {
            return problems.invalid(TYPE, input);
        }
        Object tag = received.get(property);
        if (tag == null && !received.containsKey(property)) {
            return problems.invalid(noTag, input);
        }
        String text = String.valueOf(tag);
        RecordShape member = tag instanceof String ? members.get(text) : null;
        if (member == null) {
            return problems.invalid(invalid(text), input);
        }
        problems.enter(text);
        Object value = member.read(input, property, problems);
        problems.leave();
        return value == null || value == INVALID ? value : checked(value, checks, input, problems);
    }

    private Fault invalid(String tag) {
        String expected =
                members.keySet().stream().map(text -> "'" + text + "'").collect(Collectors.joining(", "));
        Map<String, Object> ctx = new LinkedHashMap<>();
        ctx.put("discriminator", "'" + property + "'");
        ctx.put("tag", tag);
        ctx.put("expected_tags", expected);
        return new Fault(
                "union_tag_invalid",
                "Input tag '" + tag + "' found using '" + property + "' does not match any of the expected tags: "
                        + expected,
                ctx);
    }

    @Override
    public Class<?> type() {
        return type;
    }

    @Override
    public String toString() {
        return "UnionShape[" + type.getSimpleName() + "]";
    }
}
