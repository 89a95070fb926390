package io.asyncio4j.web;

import io.asyncio4j.web.http.Vary;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Values that are kept with a client from one request to the next, in a signed cookie:
/// `app.around(Sessions.create(secret))`, then `Sessions.of(request).set("user", 5)`. Immutable;
/// any thread. FastAPI: `SessionMiddleware`.
///
/// The client can read the values, but not change them: the signature is by HMAC-SHA256. A cookie
/// that is malformed, too old or signed otherwise is an empty session. The cookie is sent when the
/// session was changed, and deleted when it was cleared. It is at most 4 KiB large, which is what
/// browsers keep; if a session is larger, the request fails.
public final class Sessions implements Middleware {
    private static final String ATTRIBUTE = "io.asyncio4j.web.Session";
    private static final int LARGEST = 4096;
    private static final int SHORTEST_SECRET = 16;

    private final SessionSeal seal;
    private final Cookie cookie;
    private final InstantSource clock;

    private Sessions(SessionSeal seal, Cookie cookie, InstantSource clock) {
        this.seal = seal;
        this.cookie = cookie;
        this.clock = clock;
    }

    /// Returns sessions of two weeks in the cookie `session`, which scripts do not see.
    ///
    /// @param secret what cookies are signed with, at least 16 bytes of UTF-8; whoever knows it can
    ///     make up sessions. The same for all servers of the application, from its configuration
    /// @throws IllegalArgumentException if it is shorter
    public static Sessions create(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < SHORTEST_SECRET) {
            throw new IllegalArgumentException("The secret of sessions must have at least " + SHORTEST_SECRET
                    + " bytes, but has " + bytes.length + "; make one with 'openssl rand -hex 32'");
        }
        Cookie cookie = new Cookie("session", "").maxAge(Duration.ofDays(14)).httpOnly(true);
        return new Sessions(new SessionSeal(bytes), cookie, InstantSource.system());
    }

    /// Returns the session of a request.
    ///
    /// @throws IllegalStateException if no sessions are around the application
    public static Session of(Request request) {
        if (request.attribute(ATTRIBUTE) instanceof Session session) {
            return session;
        }
        throw new IllegalStateException(request + " has no session; add them with app.around(Sessions.create(secret)),"
                + " which WebSockets do not pass through");
    }

    // ------------------------------------------------------------------ changed

    /// Returns this with another name of the cookie.
    ///
    /// @throws IllegalArgumentException if it is no token
    public Sessions cookieName(String name) {
        return with(new Cookie(
                name, "", cookie.maxAge(), cookie.path(), cookie.secure(), cookie.httpOnly(), cookie.sameSite()));
    }

    /// Returns this with another time after which a session that was not changed ends; null: when
    /// the browser is closed.
    ///
    /// @throws IllegalArgumentException if it is shorter than a second
    public Sessions maxAge(@Nullable Duration time) {
        if (time != null && time.toSeconds() < 1) {
            throw new IllegalArgumentException("The time of a session must be a second at least, but is " + time);
        }
        return with(new Cookie(
                cookie.name(), "", time, cookie.path(), cookie.secure(), cookie.httpOnly(), cookie.sameSite()));
    }

    /// Returns this with another rule for requests from other sites: `Lax`, which is the default,
    /// `Strict`, or `None`.
    ///
    /// @throws IllegalArgumentException if it is none of these
    public Sessions sameSite(String rule) {
        return with(cookie.sameSite(rule));
    }

    /// Returns this with a cookie for encrypted connections only, or for all.
    public Sessions httpsOnly(boolean on) {
        return with(cookie.secure(on));
    }

    /// Returns this with a cookie for the paths below another one.
    ///
    /// @throws IllegalArgumentException if it has a character that may not stand there
    public Sessions path(String prefix) {
        return with(cookie.path(prefix));
    }

    private Sessions with(Cookie other) {
        return new Sessions(seal, other, clock);
    }

    Sessions clock(InstantSource other) {
        return new Sessions(seal, cookie, other);
    }

    // ------------------------------------------------------------------ requests

    @Override
    public Response handle(Request request, Next next) throws Exception {
        Session session = read(request.cookies().get(cookie.name()));
        request.attribute(ATTRIBUTE, session);
        Response response;
        try {
            response = next.handle(request);
        } finally {
            session.end();
        }
        if (!session.wasAccessed()) {
            return response;
        }
        Response varied = response.with(Vary.with(response.headers(), "Cookie"), response.content());
        if (!session.wasChanged()) {
            return varied;
        }
        if (session.isEmpty()) {
            return session.wasEmptyBefore() ? varied : varied.cookie(cookie.maxAge(Duration.ZERO));
        }
        return varied.cookie(written(session));
    }

    private Session read(@Nullable String value) {
        return value == null || value.length() > LARGEST
                ? new Session()
                : seal.open(cookie.name(), value, clock.instant(), cookie.maxAge());
    }

    private Cookie written(Session session) {
        String value = seal.close(cookie.name(), session.json(), clock.instant());
        Cookie full = new Cookie(
                cookie.name(),
                value,
                cookie.maxAge(),
                cookie.path(),
                cookie.secure(),
                cookie.httpOnly(),
                cookie.sameSite());
        int size = full.header().length();
        if (size > LARGEST) {
            throw new IllegalStateException("The cookie of " + session + " has " + size + " bytes, but browsers keep "
                    + LARGEST + "; keep large values elsewhere, and their key in the session");
        }
        return full;
    }

    @Override
    public String toString() {
        return "Sessions[" + cookie.name() + ", maxAge=" + cookie.maxAge() + "]";
    }
}
