package io.asyncio4j.web.schema;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Readings of JSON, with the problems as a client gets them.
final class Answers {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Answers() {}

    /// Returns the shape of the first component of a record, with its annotations.
    static Shape component(Class<? extends Record> type) {
        RecordShape shape = (RecordShape) Shapes.of(type);
        return shape.fields().getFirst().shape();
    }

    /// Returns the value, or the problems as JSON.
    static @Nullable Object read(Shape shape, String json) {
        Problems problems = new Problems();
        Object value = shape.read(tree(json), problems);
        return problems.isEmpty() ? value : text(problems);
    }

    static @Nullable Object read(Class<?> type, String json) {
        return read(Shapes.of(type), json);
    }

    static String text(Problems problems) {
        return JSON.writeValueAsString(
                        problems.list().stream().map(Problem::toMap).toList())
                .replace('"', '\'');
    }

    static @Nullable Object tree(String json) {
        try {
            return JsonTree.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (JsonTree.Malformed malformed) {
            throw new IllegalArgumentException(json, malformed);
        }
    }
}
