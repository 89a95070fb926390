package io.asyncio4j.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/// A name and a password, as browsers ask for them: see [SecurityScheme]. FastAPI:
/// `HTTPBasicCredentials`.
public final class HttpBasic {
    private final String username;
    private final String password;

    private HttpBasic(String username, String password) {
        this.username = username;
        this.password = password;
    }

    /// Returns the scheme.
    public static SecurityScheme<HttpBasic> create() {
        return scheme("Basic");
    }

    /// Returns the scheme with a realm, which browsers show when they ask.
    ///
    /// @throws IllegalArgumentException if the realm has a quote, a backslash or a control
    ///     character
    public static SecurityScheme<HttpBasic> create(String realm) {
        if (realm.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\' || c == 127)) {
            throw new IllegalArgumentException(
                    "A realm must have no quotes, backslashes and control characters, but is '" + realm + "'");
        }
        return scheme("Basic realm=\"" + realm + "\"");
    }

    private static SecurityScheme<HttpBasic> scheme(String challenge) {
        return new SecurityScheme<>(
                "HTTPBasic",
                Map.of("type", "http", "scheme", "basic"),
                challenge,
                request -> Authorization.of(request, "basic").map(found -> read(found, challenge)));
    }

    private static HttpBasic read(Authorization header, String challenge) {
        if (header.credentials().length() % 4 != 0) { // the JDK takes it without its padding
            throw SecurityScheme.refused(challenge);
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(header.credentials());
        } catch (IllegalArgumentException wrong) {
            throw SecurityScheme.refused(challenge);
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int colon = text.indexOf(':');
        if (colon < 0 || text.chars().anyMatch(c -> c > 127)) {
            throw SecurityScheme.refused(challenge);
        }
        return new HttpBasic(text.substring(0, colon), text.substring(colon + 1));
    }

    /// Returns the name.
    public String username() {
        return username;
    }

    /// Returns the password. Compare it with [java.security.MessageDigest#isEqual], whose time says
    /// nothing.
    public String password() {
        return password;
    }

    /// Returns no secret.
    @Override
    public String toString() {
        return "HttpBasic[" + username + "]";
    }
}
