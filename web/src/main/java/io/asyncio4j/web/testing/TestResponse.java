package io.asyncio4j.web.testing;

import io.asyncio4j.web.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// An answer to a [TestRequest], complete. Immutable; any thread.
public final class TestResponse {
    private final int status;
    private final Headers headers;
    private final byte[] body;

    TestResponse(int status, Headers headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /// The reading and writing of JSON. Loaded when it is first needed.
    static final class Json {
        static final JsonMapper MAPPER = JsonMapper.builder()
                .disable(tools.jackson.databind.MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .build();

        private Json() {}

        static @Nullable Object plain(byte[] json) {
            return MAPPER.readValue(json, Object.class);
        }
    }

    /// Returns the status.
    public int status() {
        return status;
    }

    /// Returns the headers.
    public Headers headers() {
        return headers;
    }

    /// Returns the first header with this name; empty if there is none.
    public String header(String name) {
        return Objects.requireNonNullElse(headers.get(name), "");
    }

    /// Returns the body as text of UTF-8.
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /// Returns the body.
    public byte[] bytes() {
        return body.clone();
    }

    /// Returns the JSON as maps, lists, texts, numbers, booleans and null.
    ///
    /// @throws tools.jackson.core.JacksonException if the body is no JSON
    public @Nullable Object json() {
        return Json.plain(body);
    }

    /// Returns the JSON as an object of a class.
    ///
    /// @throws tools.jackson.core.JacksonException if the body is no JSON of it
    public <T> T json(Class<T> type) {
        return Json.MAPPER.readValue(body, type);
    }

    /// Returns the status and the body.
    @Override
    public String toString() {
        return "TestResponse[" + status + (body.length == 0 ? "" : " " + text()) + "]";
    }
}
