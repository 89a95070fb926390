package io.asyncio4j.web;

import java.util.Map;

/// A token in the header `Authorization`: see [SecurityScheme]. FastAPI: `HTTPBearer`.
public final class HttpBearer {
    private final String scheme;
    private final String credentials;

    private HttpBearer(Authorization header) {
        this.scheme = header.scheme();
        this.credentials = header.credentials();
    }

    /// Returns the scheme.
    public static SecurityScheme<HttpBearer> create() {
        return new SecurityScheme<>(
                "HTTPBearer",
                Map.of("type", "http", "scheme", "bearer"),
                "Bearer",
                request -> Authorization.of(request, "bearer")
                        .filter(header -> !header.credentials().isEmpty())
                        .map(HttpBearer::new));
    }

    /// Returns the word before the token, as it was sent.
    public String scheme() {
        return scheme;
    }

    /// Returns the token.
    public String credentials() {
        return credentials;
    }

    /// Returns the token.
    public String token() {
        return credentials;
    }

    /// Returns no secret.
    @Override
    public String toString() {
        return "HttpBearer[...]";
    }
}
