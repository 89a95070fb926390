package io.asyncio4j.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One statement of a program: an operation and its fields.
final class Statement {
    private final JsonNode fields;
    private final String op;

    /// The lists of statements that were asked for: a loop asks again and again.
    private final Map<String, List<Statement>> bodies = new HashMap<>();

    Statement(JsonNode fields) {
        this.fields = fields;
        this.op = fields.get("op").stringValue();
    }

    /// Returns the statements of a JSON array; none if it is absent.
    static List<Statement> list(@Nullable JsonNode array) {
        List<Statement> statements = new ArrayList<>();
        if (array != null) {
            array.forEach(fields -> statements.add(new Statement(fields)));
        }
        return statements;
    }

    String op() {
        return op;
    }

    boolean has(String field) {
        return fields.has(field);
    }

    JsonNode node(String field) {
        return fields.get(field);
    }

    /// Returns the items of an array field; none if it is absent.
    Iterable<JsonNode> nodes(String field) {
        JsonNode array = fields.get(field);
        return array == null ? List.of() : array;
    }

    String text(String field) {
        return fields.get(field).stringValue();
    }

    @Nullable
    String textOrNull(String field) {
        return has(field) ? fields.get(field).asString() : null;
    }

    int number(String field) {
        return fields.get(field).intValue();
    }

    int number(String field, int absent) {
        return has(field) ? number(field) : absent;
    }

    boolean flag(String field) {
        return has(field) && fields.get(field).booleanValue();
    }

    /// Returns a time span; null if the field is null or absent.
    @Nullable
    Duration duration(String field) {
        return isNull(field) ? null : Duration.ofMillis(number(field));
    }

    boolean isNull(String field) {
        return !has(field) || fields.get(field).isNull();
    }

    @Nullable
    Object value(String field) {
        return Values.read(fields.get(field));
    }

    /// Returns the statements of a field; none if it is absent.
    List<Statement> body(String field) {
        return bodies.computeIfAbsent(field, name -> list(fields.get(name)));
    }

    /// Returns what the events of the statement begin with, after their kind.
    List<@Nullable Object> identity() {
        for (String field : List.of("target", "name", "ms")) {
            if (has(field)) {
                return Values.listOf(value(field));
            }
        }
        return List.of();
    }
}
