package io.asyncio4j.web;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/// JSON, by Jackson. Loaded when it is first needed.
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(JsonForms.module())
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
            .build();

    private Json() {}

    static JsonMapper mapper() {
        return MAPPER;
    }

    static byte[] write(@Nullable Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /// @throws HttpException with status 422 if it is no JSON of this type
    static <T> T read(byte[] json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JacksonException wrong) {
            HttpException answer = new HttpException(422, "The body is not the JSON that is expected");
            answer.initCause(wrong);
            throw answer;
        }
    }
}
