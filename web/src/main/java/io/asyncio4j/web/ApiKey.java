package io.asyncio4j.web;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A secret that a client sends along: see [SecurityScheme]. FastAPI: `APIKeyHeader`,
/// `APIKeyQuery`, `APIKeyCookie`.
public final class ApiKey {
    private final String value;

    private ApiKey(String value) {
        this.value = value;
    }

    /// Returns the scheme of a key in a header.
    public static SecurityScheme<ApiKey> header(String name) {
        return scheme(
                "APIKeyHeader", "header", name, request -> request.headers().get(name));
    }

    /// Returns the scheme of a key in the query.
    public static SecurityScheme<ApiKey> query(String name) {
        return scheme("APIKeyQuery", "query", name, request -> request.queryParam(name));
    }

    /// Returns the scheme of a key in a cookie.
    public static SecurityScheme<ApiKey> cookie(String name) {
        return scheme(
                "APIKeyCookie", "cookie", name, request -> request.cookies().get(name));
    }

    @FunctionalInterface
    private interface Place {
        @Nullable
        String get(Request request);
    }

    private static SecurityScheme<ApiKey> scheme(String title, String in, String name, Place place) {
        return new SecurityScheme<>(title, Map.of("type", "apiKey", "in", in, "name", name), "APIKey", request -> {
            String key = place.get(request);
            return key == null || key.isEmpty() ? Optional.empty() : Optional.of(new ApiKey(key));
        });
    }

    /// Returns the key.
    public String value() {
        return value;
    }

    /// Returns no secret.
    @Override
    public String toString() {
        return "ApiKey[...]";
    }
}
