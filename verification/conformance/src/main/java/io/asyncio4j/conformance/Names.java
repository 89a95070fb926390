package io.asyncio4j.conformance;

import io.asyncio4j.Future;
import io.asyncio4j.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The values that a program's names are bound to: one flat map, in the order of the first binding.
final class Names {
    private final Map<String, Object> objects = new LinkedHashMap<>();
    private final Trace trace;

    Names(Trace trace) {
        this.trace = trace;
    }

    void bind(String name, Object object) {
        objects.put(name, object);
    }

    /// Returns what a name is bound to; `self` is the current task.
    ///
    /// @throws Unbound if it is bound to nothing
    Object find(String name) {
        Object object = name.equals("self") ? trace.currentTask() : objects.get(name);
        if (object == null) {
            throw new Unbound(name);
        }
        return object;
    }

    <T> T find(String name, Class<T> type) {
        return type.cast(find(name));
    }

    /// Returns what the `target` of a statement is bound to.
    Object target(Statement statement) {
        return find(statement.text("target"));
    }

    <T> T target(Statement statement, Class<T> type) {
        return find(statement.text("target"), type);
    }

    /// Returns the future or task that the `target` of a statement is bound to.
    @SuppressWarnings("unchecked") // every future of a program may have any value
    Future<@Nullable Object> future(Statement statement) {
        return (Future<@Nullable Object>) target(statement);
    }

    Task<?> task(Statement statement) {
        return target(statement, Task.class);
    }

    /// Returns the first name bound to this very object, or null.
    @Nullable
    String nameOf(Object object) {
        return objects.entrySet().stream()
                .filter(entry -> entry.getValue() == object)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }
}
