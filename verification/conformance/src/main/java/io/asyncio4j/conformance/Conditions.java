package io.asyncio4j.conformance;

import io.asyncio4j.Future;
import io.asyncio4j.Task;
import io.asyncio4j.Timeout;
import io.asyncio4j.sync.Event;
import io.asyncio4j.sync.Queue;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/// Evaluates the conditions of programs. One about an unbound name is false.
final class Conditions {
    private final Names names;

    Conditions(Names names) {
        this.names = names;
    }

    boolean holds(JsonNode condition) {
        if (condition.has("not")) {
            return !holds(condition.get("not"));
        }
        try {
            Map.Entry<String, JsonNode> asked =
                    condition.properties().iterator().next();
            Object object = names.find(asked.getValue().stringValue());
            return holds(asked.getKey(), object, condition);
        } catch (Unbound unbound) {
            return false;
        }
    }

    private static boolean holds(String question, Object object, JsonNode condition) {
        return switch (question) {
            case "done" -> ((Future<?>) object).isDone();
            case "cancelled" -> ((Future<?>) object).isCancelled();
            case "is_set" -> ((Event) object).isSet();
            case "locked" -> Primitives.isLocked(object);
            case "empty" -> ((Queue<?>) object).isEmpty();
            case "full" -> ((Queue<?>) object).isFull();
            case "cancelling" -> ((Task<?>) object).cancelling() > 0;
            case "expired" -> ((Timeout) object).expired();
            case "cell" -> compares((Cell) object, condition);
            case "var" -> Objects.equals(((Variable) object).get(), Values.read(condition.get("eq")));
            default -> throw new IllegalArgumentException("No such condition: " + question);
        };
    }

    private static boolean compares(Cell cell, JsonNode condition) {
        return condition.has("ge")
                ? cell.value >= condition.get("ge").intValue()
                : cell.value == condition.get("eq").intValue();
    }
}
