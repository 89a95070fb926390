package io.asyncio4j.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The permission for pages of other sites to use an application from their scripts:
/// `app.around(Cors.create().origins("https://shop.example"))`. Immutable; any thread. FastAPI:
/// `CORSMiddleware`.
///
/// Answers the question that a browser sends beforehand (a preflight) itself: with status 200, or
/// with 400 and the reason. Without further calls nothing but GET without credentials is allowed,
/// and that to no site.
public final class Cors implements Middleware {
    private static final String ANY = "*";
    private static final List<String> ALL_METHODS =
            List.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY");

    /// Headers that every site may send.
    private static final List<String> SAFE_HEADERS =
            List.of("Accept", "Accept-Language", "Content-Language", "Content-Type");

    private static final Pattern ORIGIN = Pattern.compile("\\*|null|[A-Za-z][A-Za-z0-9+.-]*://[^/?#@\\s]+");
    private static final Cors NOTHING = new Cors(
            new Allowed(List.of(), null, List.of("GET"), List.of(), false, false, List.of(), Duration.ofMinutes(10)));

    private final Allowed allowed;

    /// All that may be set.
    private record Allowed(
            List<String> origins,
            @Nullable Pattern originPattern,
            List<String> methods,
            List<String> headers,
            boolean credentials,
            boolean privateNetwork,
            List<String> exposed,
            Duration maxAge) {

        boolean anyOrigin() {
            return origins.contains(ANY);
        }

        boolean origin(String origin) {
            return anyOrigin()
                    || origins.contains(origin)
                    || (originPattern != null && originPattern.matcher(origin).matches());
        }

        /// Returns what the header about origins says to one that is allowed.
        String toldTo(String origin) {
            return anyOrigin() && !credentials ? ANY : origin;
        }

        boolean headers(String wanted) {
            return headers.contains(ANY)
                    || Arrays.stream(wanted.split(",", -1))
                            .map(String::strip)
                            .allMatch(name -> listed().stream().anyMatch(name::equalsIgnoreCase));
        }

        /// Returns the names of the headers, sorted.
        List<String> listed() {
            TreeSet<String> all = new TreeSet<>(SAFE_HEADERS);
            all.addAll(headers);
            return List.copyOf(all);
        }
    }

    private Cors(Allowed allowed) {
        this.allowed = allowed;
    }

    /// Returns the permission for nobody; say for whom with [#origins].
    public static Cors create() {
        return NOTHING;
    }

    // ------------------------------------------------------------------ changed

    /// Returns this for pages of these origins, in the place of others; `*` is all of them.
    ///
    /// @param origins such as `https://shop.example` or `http://localhost:3000`
    /// @throws IllegalArgumentException if one has another form, such as with a path
    public Cors origins(String... origins) {
        for (String origin : origins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new IllegalArgumentException("An origin must be like 'https://shop.example:8000', without a path"
                        + " or a slash at the end, or '*', but is '" + origin + "'");
            }
        }
        Allowed a = allowed;
        return new Cors(new Allowed(
                List.of(origins),
                a.originPattern,
                a.methods,
                a.headers,
                a.credentials,
                a.privateNetwork,
                a.exposed,
                a.maxAge));
    }

    /// Returns this for pages of the origins that fit a pattern as a whole, besides those of
    /// [#origins].
    ///
    /// @param regex such as `https://.*\\.shop\\.example`
    /// @throws java.util.regex.PatternSyntaxException if it is malformed
    public Cors originPattern(String regex) {
        Allowed a = allowed;
        return new Cors(new Allowed(
                a.origins,
                Pattern.compile(regex),
                a.methods,
                a.headers,
                a.credentials,
                a.privateNetwork,
                a.exposed,
                a.maxAge));
    }

    /// Returns this for these methods, in the place of GET; `*` is all of them.
    public Cors methods(String... methods) {
        List<String> all =
                Arrays.stream(methods).map(m -> m.toUpperCase(Locale.ROOT)).toList();
        Allowed a = allowed;
        return new Cors(new Allowed(
                a.origins,
                a.originPattern,
                all.contains(ANY) ? ALL_METHODS : all,
                a.headers,
                a.credentials,
                a.privateNetwork,
                a.exposed,
                a.maxAge));
    }

    /// Returns this for requests with these headers; `*` is all of them. `Accept`,
    /// `Accept-Language`, `Content-Language` and `Content-Type` are always allowed.
    public Cors headers(String... names) {
        Allowed a = allowed;
        return new Cors(new Allowed(
                a.origins,
                a.originPattern,
                a.methods,
                List.of(names),
                a.credentials,
                a.privateNetwork,
                a.exposed,
                a.maxAge));
    }

    /// Returns this for requests with cookies and authorization, or for those without alone. With
    /// credentials and the origin `*`, any site acts in the name of whoever visits it.
    public Cors credentials(boolean on) {
        Allowed a = allowed;
        return new Cors(new Allowed(
                a.origins, a.originPattern, a.methods, a.headers, on, a.privateNetwork, a.exposed, a.maxAge));
    }

    /// Returns this for pages of public sites that reach into a private network, or not.
    public Cors privateNetwork(boolean on) {
        Allowed a = allowed;
        return new Cors(
                new Allowed(a.origins, a.originPattern, a.methods, a.headers, a.credentials, on, a.exposed, a.maxAge));
    }

    /// Returns this with headers of answers that a script may read besides the usual ones.
    public Cors exposedHeaders(String... names) {
        Allowed a = allowed;
        return new Cors(new Allowed(
                a.origins,
                a.originPattern,
                a.methods,
                a.headers,
                a.credentials,
                a.privateNetwork,
                List.of(names),
                a.maxAge));
    }

    /// Returns this with another time for which a browser remembers the permission; by default 10
    /// minutes.
    ///
    /// @throws IllegalArgumentException if it is negative
    public Cors maxAge(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(
                    "The time that a permission is remembered must not be negative, but is " + time);
        }
        Allowed a = allowed;
        return new Cors(new Allowed(
                a.origins, a.originPattern, a.methods, a.headers, a.credentials, a.privateNetwork, a.exposed, time));
    }

    // ------------------------------------------------------------------ requests

    @Override
    public Response handle(Request request, Next next) throws Exception {
        Headers headers = request.headers();
        String origin = headers.get("origin");
        String method = headers.get("access-control-request-method");
        if (origin != null && method != null && request.method().equals("OPTIONS")) {
            return preflight(origin, method, headers);
        }
        Response response = next.handle(request);
        return response.with(told(origin, response.headers()), response.content());
    }

    private Headers told(@Nullable String origin, Headers headers) {
        Headers told = headers;
        if (origin != null) {
            if (allowed.origin(origin)) {
                told = told.with("access-control-allow-origin", allowed.toldTo(origin));
            }
            if (allowed.credentials) {
                told = told.with("access-control-allow-credentials", "true");
            }
            if (!allowed.exposed.isEmpty()) {
                told = told.with("access-control-expose-headers", String.join(", ", allowed.exposed));
            }
        }
        return Vary.with(told, "Origin");
    }

    private Response preflight(String origin, String method, Headers asked) {
        List<String> refused = new ArrayList<>();
        Headers.Builder to = Headers.builder()
                .add("content-type", "text/plain; charset=utf-8")
                .add(
                        "vary",
                        "Origin, Access-Control-Request-Method, Access-Control-Request-Headers,"
                                + " Access-Control-Request-Private-Network")
                .add("access-control-allow-methods", String.join(", ", allowed.methods))
                .add("access-control-max-age", Long.toString(allowed.maxAge.toSeconds()));
        if (allowed.origin(origin)) {
            to.add("access-control-allow-origin", allowed.toldTo(origin));
        } else {
            refused.add("origin");
        }
        if (!allowed.methods.contains(method)) {
            refused.add("method");
        }
        headers(asked.get("access-control-request-headers"), to, refused);
        if (allowed.credentials) {
            to.add("access-control-allow-credentials", "true");
        }
        if (asked.contains("access-control-request-private-network")) {
            if (allowed.privateNetwork) {
                to.add("access-control-allow-private-network", "true");
            } else {
                refused.add("private-network");
            }
        }
        Response answer = refused.isEmpty()
                ? Response.text("OK")
                : Response.text("Disallowed CORS " + String.join(", ", refused)).status(400);
        return answer.with(to.build(), answer.content());
    }

    private void headers(@Nullable String wanted, Headers.Builder to, List<String> refused) {
        if (!allowed.headers.contains(ANY)) {
            to.add("access-control-allow-headers", String.join(", ", allowed.listed()));
        } else if (wanted != null) {
            to.add("access-control-allow-headers", wanted);
        }
        if (wanted != null && !allowed.headers(wanted)) {
            refused.add("headers");
        }
    }

    @Override
    public String toString() {
        return "Cors[origins=" + allowed.origins + ", methods=" + allowed.methods + ", credentials="
                + allowed.credentials + "]";
    }
}
