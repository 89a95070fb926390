package io.asyncio4j.web.json;

import io.asyncio4j.ContextVar;
import io.asyncio4j.web.HttpException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/// JSON, by Jackson. Loaded when it is first needed.
public final class Json {
    /// What the application of the running request has in place of the library's own.
    private static final ContextVar<ObjectMapper> CHOSEN = new ContextVar<>("mapper for JSON");

    private Json() {}

    private static final class Own {
        static final JsonMapper MAPPER = JsonMapper.builder()
                .addModule(JsonForms.module())
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
                .build();
    }

    /// Has the running task, and those that it creates, use a mapper of the application's.
    public static void choose(ObjectMapper mapper) {
        CHOSEN.set(mapper);
    }

    /// Returns the mapper of the running task's application.
    public static ObjectMapper mapper() {
        ObjectMapper chosen = CHOSEN.get(null);
        return chosen == null ? Own.MAPPER : chosen;
    }

    /// Returns the mapper for what the library writes, whatever the application has.
    public static ObjectMapper own() {
        return Own.MAPPER;
    }

    /// Returns a value as JSON, by the current mapper.
    public static byte[] write(@Nullable Object value) {
        return mapper().writeValueAsBytes(value);
    }

    /// Reads a value, by the current mapper.
    ///
    /// @throws HttpException with status 422 if it is no JSON of this type
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return mapper().readValue(json, type);
        } catch (JacksonException wrong) {
            HttpException answer = new HttpException(422, "The body is not the JSON that is expected");
            answer.initCause(wrong);
            throw answer;
        }
    }
}
