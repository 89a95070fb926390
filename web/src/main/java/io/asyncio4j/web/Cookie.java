package io.asyncio4j.web;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A cookie to set: `new Cookie("session", "abc").httpOnly(true)`. Immutable; any
/// thread. FastAPI: the arguments of `response.set_cookie`.
///
/// @param name a token
/// @param value without control characters, blanks, quotes, commas, semicolons and backslashes
/// @param maxAge how long the client keeps it; null for as long as its session lasts
/// @param path the paths that it is sent with, and those below
/// @param secure whether it is sent with encryption only
/// @param httpOnly whether scripts do not see it
/// @param sameSite `Lax`, `Strict` or `None`
public record Cookie(
        String name,
        String value,
        @Nullable Duration maxAge,
        String path,
        boolean secure,
        boolean httpOnly,
        String sameSite) {

    /// Checks the arguments.
    ///
    /// @throws IllegalArgumentException if the name or the value has a character that may not stand
    ///     there
    public Cookie {
        Headers.of(name, "");
        if (value.chars().anyMatch(c -> c <= ' ' || c >= 0x7f || "\",;\\".indexOf(c) >= 0)) {
            throw new IllegalArgumentException("The value of the cookie '" + name
                    + "' has a character that may not stand there; encode it, such as with Base64");
        }
        if (path.chars().anyMatch(c -> c < ' ' || c >= 0x7f || c == ';')) {
            throw new IllegalArgumentException("The path of the cookie '" + name + "' has a character that may not"
                    + " stand there: '" + path + "'");
        }
        if (!sameSite.equals("Lax") && !sameSite.equals("Strict") && !sameSite.equals("None")) {
            throw new IllegalArgumentException("sameSite must be Lax, Strict or None, but is '" + sameSite + "'");
        }
    }

    /// A cookie for the client's session and all paths, not sent by other sites.
    public Cookie(String name, String value) {
        this(name, value, null, "/", false, false, "Lax");
    }

    /// Returns this with another time to be kept; zero deletes it.
    public Cookie maxAge(Duration time) {
        return new Cookie(name, value, time, path, secure, httpOnly, sameSite);
    }

    /// Returns this with another path.
    public Cookie path(String prefix) {
        return new Cookie(name, value, maxAge, prefix, secure, httpOnly, sameSite);
    }

    /// Returns this for encrypted connections only, or for all.
    public Cookie secure(boolean on) {
        return new Cookie(name, value, maxAge, path, on, httpOnly, sameSite);
    }

    /// Returns this hidden from scripts, or not.
    public Cookie httpOnly(boolean on) {
        return new Cookie(name, value, maxAge, path, secure, on, sameSite);
    }

    /// Returns this with another rule for requests from other sites.
    public Cookie sameSite(String rule) {
        return new Cookie(name, value, maxAge, path, secure, httpOnly, rule);
    }

    String header() {
        return name + "=" + value + (maxAge == null ? "" : "; Max-Age=" + maxAge.toSeconds()) + "; Path=" + path
                + (secure ? "; Secure" : "") + (httpOnly ? "; HttpOnly" : "") + "; SameSite="
                + sameSite.toLowerCase(Locale.ROOT);
    }
}
