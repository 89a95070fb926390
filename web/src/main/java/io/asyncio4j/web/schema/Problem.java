package io.asyncio4j.web.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A reason why a received value is not accepted.
///
/// @param type its kind, such as `int_parsing`
/// @param loc the place of the value, outermost first: texts and indices
/// @param message a sentence for the client
/// @param input the value as it was received
/// @param ctx the parts of the message, if it has any
public record Problem(
        String type,
        List<Object> loc,
        String message,
        @Nullable Object input,
        @Nullable Map<String, Object> ctx) {

    /// Returns it as an object of FastAPI's `detail`.
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("type", type);
        map.put("loc", loc);
        map.put("msg", message);
        map.put("input", input);
        if (ctx != null) {
            map.put("ctx", ctx);
        }
        return map;
    }
}
