package io.asyncio4j.web.schema;

import io.asyncio4j.web.scalar.Fault;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields of a record type. It is there before its fields are, which may be records of the same
/// type.
final class RecordDefinition {
    private final Class<?> type;
    private final String name;
    private final boolean closed;
    private final RecordMaker maker;
    private final Check[] checks;

    /// Set once, before anything is read.
    private List<RecordShape.Field> fields = List.of();

    private Set<String> names = Set.of();

    /// @param name the type with its type arguments
    /// @param checks what is declared for the record type itself
    RecordDefinition(Class<?> type, String name, boolean closed, RecordMaker maker, Check[] checks) {
        this.type = type;
        this.name = name;
        this.closed = closed;
        this.maker = maker;
        this.checks = checks;
    }

    /// @throws DeclarationException if two have the same name outside
    void define(List<RecordShape.Field> all) {
        Set<String> different = new HashSet<>();
        for (RecordShape.Field field : all) {
            if (!different.add(field.name())) {
                throw new DeclarationException("Two components of record " + name + " have the name '" + field.name()
                        + "'; change one @JsonProperty");
            }
        }
        fields = List.copyOf(all);
        names = Set.copyOf(different);
    }

    /// Returns the record, or a [Fault].
    Object make(@Nullable Object[] values) {
        Object made = maker.make(values);
        Fault violation = made instanceof Fault ? null : Check.first(checks, made);
        return violation == null ? made : violation;
    }

    boolean hasField(String field) {
        return names.contains(field);
    }

    List<RecordShape.Field> fields() {
        return fields;
    }

    boolean isClosed() {
        return closed;
    }

    Class<?> type() {
        return type;
    }

    String name() {
        return name;
    }
}
