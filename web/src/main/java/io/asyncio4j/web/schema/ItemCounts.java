package io.asyncio4j.web.schema;

import io.asyncio4j.web.scalar.Fault;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The bounds of the number of items of a list or map.
final class ItemCounts {
    private final String word;
    private final Rules.@Nullable Size min;
    private final Rules.@Nullable Size max;

    /// @param word `List`, `Set` or `Dictionary`
    ItemCounts(String word, Rules rules) {
        this.word = word;
        this.min = rules.minSize;
        this.max = rules.maxSize;
    }

    @Nullable
    Fault tooMany(int count) {
        return max != null && count > max.value() ? fault("too_long", "at most", "max_length", max, count) : null;
    }

    @Nullable
    Fault tooFew(int count) {
        return min != null && count < min.value() ? fault("too_short", "at least", "min_length", min, count) : null;
    }

    private Fault fault(String type, String words, String key, Rules.Size bound, int count) {
        Map<String, Object> ctx = new LinkedHashMap<>();
        ctx.put("field_type", word);
        ctx.put(key, bound.value());
        ctx.put("actual_length", count);
        String message = bound.message() == null
                ? word + " should have " + words + " " + bound.value() + (bound.value() == 1 ? " item" : " items")
                        + " after validation, not " + count
                : bound.message();
        return new Fault(type, message, ctx);
    }

    Constraints constraints() {
        return new Constraints(
                null, null, null, null, min == null ? null : min.value(), max == null ? null : max.value(), null);
    }
}
