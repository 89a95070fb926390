package io.asyncio4j.web.scalar;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The reason why a value is not accepted, in pydantic's words.
///
/// @param type its kind, such as `int_parsing`
/// @param ctx the parts of the message, if it has any
public record Fault(String type, String message, @Nullable Map<String, Object> ctx) {
    public Fault(String type, String message) {
        this(type, message, null);
    }

    /// Returns a fault whose reason follows a sentence and is its `ctx` as well.
    static Fault because(String type, String sentence, String reason) {
        return new Fault(type, sentence + ", " + reason, Map.of("error", reason));
    }

    /// Returns the fault of a value that code of the program refuses.
    public static Fault ofValue(@Nullable String reason) {
        return new Fault("value_error", "Value error, " + (reason == null ? "" : reason), Map.of("error", Map.of()));
    }
}
