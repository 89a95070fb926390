package io.asyncio4j.web.schema;

import io.asyncio4j.web.scalar.Fault;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The reading of a record whose components are all the parameters of a place.
final class WholeModel {
    private final RecordShape shape;
    private final Map<String, ? extends List<?>> received;
    private final boolean headers;
    private final Problems problems;

    WholeModel(RecordShape shape, Map<String, ? extends List<?>> received, boolean headers, Problems problems) {
        this.shape = shape;
        this.received = received;
        this.headers = headers;
        this.problems = problems;
    }

    @Nullable
    Object read() {
        List<RecordShape.Field> fields = shape.fields();
        @Nullable Object[] values = new Object[fields.size()];
        int before = problems.count();
        Map<String, @Nullable Object> all = null;
        for (int i = 0; i < values.length; i++) {
            RecordShape.Field field = fields.get(i);
            Object value = value(field);
            problems.enter(name(field));
            if (value != null) {
                values[i] = field.shape().read(value, problems);
            } else if (field.isRequired()) {
                all = all == null ? everything() : all;
                problems.missing(all);
            } else {
                values[i] = field.absent();
            }
            problems.leave();
        }
        if (shape.isClosed()) {
            shape.addExtras(unknown(), "", problems);
        }
        return problems.count() > before ? Shape.INVALID : made(values);
    }

    private Object made(@Nullable Object[] values) {
        Object made = shape.made(values);
        return made instanceof Fault fault ? problems.invalid(fault, everything()) : made;
    }

    /// Returns the name of a field: a header's has hyphens unless it is told.
    private String name(RecordShape.Field field) {
        return headers ? field.headerName() : field.name();
    }

    /// Returns `userAgent` and `user_agent` as `user-agent`.
    static String hyphenated(String name) {
        StringBuilder header = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c)) {
                header.append('-').append(Character.toLowerCase(c));
            } else {
                header.append(c == '_' ? '-' : c);
            }
        }
        return header.toString();
    }

    private String key(RecordShape.Field field) {
        return headers ? name(field).toLowerCase(Locale.ROOT) : field.name();
    }

    /// Returns what has been received for a field; null if nothing.
    private @Nullable Object value(RecordShape.Field field) {
        List<?> all = received.get(key(field));
        if (all == null || all.isEmpty()) {
            return null;
        }
        Shape inner = field.shape() instanceof OptionalShape optional ? optional.inner() : field.shape();
        if (inner instanceof ListShape) {
            return all;
        }
        return headers ? all.getFirst() : all.getLast();
    }

    /// Returns the object that a missing field is missing from: what has been received, and the
    /// defaults of what has not.
    private Map<String, @Nullable Object> everything() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        for (RecordShape.Field field : shape.fields()) {
            Object value = value(field);
            if (value == null && field.hasDefault()) {
                value = field.defaultValue();
            }
            if (value != null) {
                all.put(name(field), value);
            }
        }
        all.putAll(unknown());
        return all;
    }

    private Map<String, @Nullable Object> unknown() {
        Set<String> known = new HashSet<>();
        shape.fields().forEach(field -> known.add(key(field)));
        Map<String, @Nullable Object> unknown = new LinkedHashMap<>();
        received.forEach((name, values) -> {
            if (!known.contains(name) && !values.isEmpty()) {
                unknown.put(name, values.size() == 1 ? values.getFirst() : values);
            }
        });
        return unknown;
    }
}
