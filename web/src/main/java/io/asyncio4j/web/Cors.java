package io.asyncio4j.web;

import io.asyncio4j.web.http.Vary;
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
    private static final Cors NOTHING = new Cors();

    private List<String> origins = List.of();
    private @Nullable Pattern originPattern;
    private List<String> methods = List.of("GET");
    private List<String> headers = List.of();
    private boolean credentials;
    private boolean privateNetwork;
    private List<String> exposed = List.of();
    private Duration maxAge = Duration.ofMinutes(10);

    private Cors() {}

    private Cors(Cors from) {
        origins = from.origins;
        originPattern = from.originPattern;
        methods = from.methods;
        headers = from.headers;
        credentials = from.credentials;
        privateNetwork = from.privateNetwork;
        exposed = from.exposed;
        maxAge = from.maxAge;
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
        Cors changed = new Cors(this);
        changed.origins = List.of(origins);
        return changed;
    }

    /// Returns this for pages of the origins that fit a pattern as a whole, besides those of
    /// [#origins].
    ///
    /// @param regex such as `https://.*\\.shop\\.example`
    /// @throws java.util.regex.PatternSyntaxException if it is malformed
    public Cors originPattern(String regex) {
        Cors changed = new Cors(this);
        changed.originPattern = Pattern.compile(regex);
        return changed;
    }

    /// Returns this for these methods, in the place of GET; `*` is all of them.
    public Cors methods(String... methods) {
        List<String> all =
                Arrays.stream(methods).map(m -> m.toUpperCase(Locale.ROOT)).toList();
        Cors changed = new Cors(this);
        changed.methods = all.contains(ANY) ? ALL_METHODS : all;
        return changed;
    }

    /// Returns this for requests with these headers; `*` is all of them. `Accept`,
    /// `Accept-Language`, `Content-Language` and `Content-Type` are always allowed.
    public Cors headers(String... names) {
        Cors changed = new Cors(this);
        changed.headers = List.of(names);
        return changed;
    }

    /// Returns this for requests with cookies and authorization, or for those without alone. With
    /// credentials and the origin `*`, any site acts in the name of whoever visits it.
    public Cors credentials(boolean on) {
        Cors changed = new Cors(this);
        changed.credentials = on;
        return changed;
    }

    /// Returns this for pages of public sites that reach into a private network, or not.
    public Cors privateNetwork(boolean on) {
        Cors changed = new Cors(this);
        changed.privateNetwork = on;
        return changed;
    }

    /// Returns this with headers of answers that a script may read besides the usual ones.
    public Cors exposedHeaders(String... names) {
        Cors changed = new Cors(this);
        changed.exposed = List.of(names);
        return changed;
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
        Cors changed = new Cors(this);
        changed.maxAge = time;
        return changed;
    }

    // ------------------------------------------------------------------ requests

    @Override
    public Response handle(Request request, Next next) throws Exception {
        Headers asked = request.headers();
        String origin = asked.get("origin");
        String method = asked.get("access-control-request-method");
        if (origin != null && method != null && request.method().equals("OPTIONS")) {
            return preflight(origin, method, asked);
        }
        Response response = next.handle(request);
        return response.with(told(origin, response.headers()), response.content());
    }

    private Headers told(@Nullable String origin, Headers before) {
        Headers told = before;
        if (origin != null) {
            if (isAllowed(origin)) {
                told = told.with("access-control-allow-origin", toldTo(origin));
            }
            if (credentials) {
                told = told.with("access-control-allow-credentials", "true");
            }
            if (!exposed.isEmpty()) {
                told = told.with("access-control-expose-headers", String.join(", ", exposed));
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
                .add("access-control-allow-methods", String.join(", ", methods))
                .add("access-control-max-age", Long.toString(maxAge.toSeconds()));
        if (isAllowed(origin)) {
            to.add("access-control-allow-origin", toldTo(origin));
        } else {
            refused.add("origin");
        }
        if (!methods.contains(method)) {
            refused.add("method");
        }
        headers(asked.get("access-control-request-headers"), to, refused);
        if (credentials) {
            to.add("access-control-allow-credentials", "true");
        }
        if (asked.contains("access-control-request-private-network")) {
            if (privateNetwork) {
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
        if (!headers.contains(ANY)) {
            to.add("access-control-allow-headers", String.join(", ", listedHeaders()));
        } else if (wanted != null) {
            to.add("access-control-allow-headers", wanted);
        }
        if (wanted != null && !mayHave(wanted)) {
            refused.add("headers");
        }
    }

    private boolean isAllowed(String origin) {
        return origins.contains(ANY)
                || origins.contains(origin)
                || (originPattern != null && originPattern.matcher(origin).matches());
    }

    /// Returns the value of the header about origins for one that is allowed.
    private String toldTo(String origin) {
        return origins.contains(ANY) && !credentials ? ANY : origin;
    }

    private boolean mayHave(String wanted) {
        List<String> listed = listedHeaders();
        return headers.contains(ANY)
                || Arrays.stream(wanted.split(",", -1))
                        .map(String::strip)
                        .allMatch(name -> listed.stream().anyMatch(name::equalsIgnoreCase));
    }

    /// Returns the names of the allowed headers, sorted.
    private List<String> listedHeaders() {
        TreeSet<String> all = new TreeSet<>(SAFE_HEADERS);
        all.addAll(headers);
        return List.copyOf(all);
    }

    @Override
    public String toString() {
        return "Cors[origins=" + origins + ", methods=" + methods + ", credentials=" + credentials + "]";
    }
}
