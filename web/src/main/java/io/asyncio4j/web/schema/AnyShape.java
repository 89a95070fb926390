package io.asyncio4j.web.schema;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Anything: as it was received, or as Jackson's tree.
public final class AnyShape extends Shape {
    private final Class<?> type;
    private final Check[] checks;

    /// @param type [Object] or [JsonNode]
    AnyShape(Class<?> type, Check[] checks) {
        this.type = type;
        this.checks = checks;
    }

    @Override
    public @Nullable Object read(@Nullable Object input, Problems problems) {
        Object value = type == Object.class ? input : Trees.of(input);
        return value == null ? null : checked(value, checks, input, problems);
    }

    @Override
    public Class<?> type() {
        return type;
    }

    /// Loaded where trees are wanted.
    private static final class Trees {
        private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

        static JsonNode of(@Nullable Object value) {
            return switch (value) {
                case null -> NODES.nullNode();
                case String text -> NODES.stringNode(text);
                case Boolean truth -> NODES.booleanNode(truth);
                case Long number -> NODES.numberNode(number);
                case Double number -> NODES.numberNode(number);
                case java.math.BigInteger number -> NODES.numberNode(number);
                case byte[] bytes -> NODES.binaryNode(bytes);
                case List<?> items -> {
                    ArrayNode array = NODES.arrayNode(items.size());
                    items.forEach(item -> array.add(of(item)));
                    yield array;
                }
                case Map<?, ?> members -> {
                    ObjectNode object = NODES.objectNode();
                    members.forEach((name, member) -> object.set((String) name, of(member)));
                    yield object;
                }
                default -> NODES.pojoNode(value);
            };
        }
    }
}
