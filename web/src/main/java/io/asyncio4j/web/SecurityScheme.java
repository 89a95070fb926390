package io.asyncio4j.web;

import java.util.Map;
import java.util.Optional;

/// A way in which clients say who they are. It is given to [WebApp#provide(Class, Provider)]:
///
/// ```java
/// app.provide(HttpBearer.class, HttpBearer.create());
/// app.get("/me", given(HttpBearer.class), bearer -> userOf(bearer.token()));
/// ```
///
/// A path function with a parameter of the type is for clients with credentials alone: others get
/// status 401. With an [Optional] of it, it is for all. The documentation shows it. FastAPI: the
/// classes of `fastapi.security`.
///
/// @param <T> the type of the credentials
public final class SecurityScheme<T> implements Provider<T> {
    /// Finds credentials in a request.
    @FunctionalInterface
    interface Finder<T> {
        /// Returns them; empty if there are none.
        ///
        /// @throws HttpException if there are some that cannot be read
        Optional<T> find(Request request);
    }

    private final String name;
    private final Map<String, Object> description;
    private final String challenge;
    private final Finder<T> finder;

    /// @param name what the documentation calls it
    /// @param description the OpenAPI document's object
    /// @param challenge the value of `WWW-Authenticate`
    SecurityScheme(String name, Map<String, Object> description, String challenge, Finder<T> finder) {
        this.name = name;
        this.description = description;
        this.challenge = challenge;
        this.finder = finder;
    }

    static HttpException refused(String challenge) {
        return new HttpException(401, "Not authenticated").header("www-authenticate", challenge);
    }

    /// Returns the request's credentials. Does not suspend.
    ///
    /// @throws HttpException with status 401 if it has none, or some that cannot be read
    @Override
    public T get(Request request) {
        return find(request).orElseThrow(() -> refused(challenge));
    }

    /// Returns the request's credentials; empty if it has none. Does not suspend.
    ///
    /// @throws HttpException with status 401 if it has some that cannot be read
    public Optional<T> find(Request request) {
        return finder.find(request);
    }

    String name() {
        return name;
    }

    Map<String, Object> description() {
        return description;
    }

    @Override
    public String toString() {
        return "SecurityScheme[" + name + "]";
    }
}
