package io.asyncio4j.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A program, as `SPEC.md` section 1 defines it.
///
/// @param id its unique name
/// @param resources what is made before the first statement, by name
/// @param mains the bodies of the main coroutines, which run one after the other
/// @param eager whether the loop starts with the eager task factory
/// @param handlerMode what the exception handler does at first
/// @param handlerVariable the context variable whose value the handler shows
record Program(
        String id,
        Map<String, JsonNode> resources,
        List<List<Statement>> mains,
        boolean eager,
        String handlerMode,
        @Nullable String handlerVariable) {

    /// Reads a program, or a line of `cases/`, which contains one.
    static Program read(JsonNode json) {
        JsonNode program = json.has("program") ? json.get("program") : json;
        Map<String, JsonNode> resources = new LinkedHashMap<>();
        program.path("resources").properties().forEach(entry -> resources.put(entry.getKey(), entry.getValue()));
        List<List<Statement>> mains = new ArrayList<>();
        for (String field : List.of("main", "main2", "main3")) {
            if (program.has(field)) {
                mains.add(Statement.list(program.get(field)));
            }
        }
        JsonNode options = program.path("options");
        JsonNode variable = options.get("handler_var");
        return new Program(
                program.path("id").asString(""),
                resources,
                mains,
                options.path("eager_task_factory").asBoolean(false),
                options.path("exception_handler").asString("trace"),
                variable == null || variable.isNull() ? null : variable.stringValue());
    }

    /// Returns the label of the main coroutine with this index.
    static String label(int index) {
        return index == 0 ? "main" : "main" + (index + 1);
    }
}
