package io.asyncio4j.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The values of programs: null, Booleans, integers, strings and lists of these.
final class Values {
    private Values() {}

    /// Returns the value that stands in a program; null if there is none.
    static @Nullable Object read(@Nullable JsonNode json) {
        if (json == null || json.isNull()) {
            return null;
        }
        if (json.isBoolean()) {
            return json.booleanValue();
        }
        if (json.isInt()) {
            return json.intValue();
        }
        if (json.isArray()) {
            List<@Nullable Object> items = new ArrayList<>();
            json.forEach(item -> items.add(read(item)));
            return items;
        }
        return json.stringValue();
    }

    /// Returns a list that may contain null, such as the details of an event.
    @SafeVarargs
    @SuppressWarnings("varargs")
    static List<@Nullable Object> listOf(@Nullable Object... items) {
        return Arrays.asList(items);
    }
}
