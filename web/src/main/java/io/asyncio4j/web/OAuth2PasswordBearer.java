package io.asyncio4j.web;

import java.util.Map;

/// A token that was got for a name and a password: see [SecurityScheme]. The documentation's page
/// can get one. FastAPI: `OAuth2PasswordBearer`.
public final class OAuth2PasswordBearer {
    private final String token;

    private OAuth2PasswordBearer(String token) {
        this.token = token;
    }

    /// Returns the scheme.
    ///
    /// @param tokenUrl the address that gives tokens, relative to the application's
    public static SecurityScheme<OAuth2PasswordBearer> create(String tokenUrl) {
        Map<String, Object> flow = Map.of("tokenUrl", tokenUrl, "scopes", Map.of());
        return new SecurityScheme<>(
                "OAuth2PasswordBearer",
                Map.of("type", "oauth2", "flows", Map.of("password", flow)),
                "Bearer",
                request -> Authorization.of(request, "bearer")
                        .map(header -> new OAuth2PasswordBearer(header.credentials())));
    }

    /// Returns the token; may be empty.
    public String token() {
        return token;
    }

    /// Returns no secret.
    @Override
    public String toString() {
        return "OAuth2PasswordBearer[...]";
    }
}
