package io.asyncio4j.web;

import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.testing.AsyncTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class SessionsTest {
    private static final String SECRET = "0123456789abcdef";

    /// Sessions whose time is the loop's.
    private static final Sessions SESSIONS = Sessions.create(SECRET)
            .clock(() -> Instant.EPOCH.plusNanos(Asyncio.runningLoop().time()));

    private final WebApp app = WebApp.create();

    private record User(int id, String name) {}

    SessionsTest() {
        app.get("/untouched", _ -> "x");
        app.get("/read", request -> Sessions.of(request).get("user"));
        app.get("/set", request -> {
            Sessions.of(request).set("user", new User(5, request.queryString()));
            return Objects.requireNonNull(Sessions.of(request).get("user", User.class))
                    .name();
        });
        app.get("/remove", request -> Sessions.of(request).remove("user"));
        app.get("/clear", request -> {
            Sessions.of(request).clear();
            return Sessions.of(request).isEmpty();
        });
    }

    /// Returns the `name=value` of the cookie that an answer sets.
    private static String cookie(Wire.Answer answer) {
        return answer.header("set-cookie").replaceFirst(";.*", "");
    }

    private static Wire.Answer get(Wire wire, String target, String cookie) throws IOException {
        return wire.get(target, "Cookie: " + cookie + "\r\n").answer();
    }

    @AsyncTest
    void aSessionIsKeptInACookie() throws IOException {
        app.around(SESSIONS);
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            Wire.Answer set = wire.get("/set?Eve").answer();
            assertThat(set.brief()).isEqualTo("200 \"Eve\"");
            assertThat(set.header("set-cookie"))
                    .matches("session=[\\w-]+\\.[\\w-]{43}; Max-Age=1209600; Path=/; HttpOnly; SameSite=lax");
            assertThat(set.header("vary")).isEqualTo("Cookie");
            Wire.Answer read = get(wire, "/read", cookie(set));
            assertThat(read.brief()).isEqualTo("200 {\"id\":5,\"name\":\"Eve\"}");
            assertThat(read.header("set-cookie")).isEmpty();
            assertThat(read.header("vary")).isEqualTo("Cookie");
            assertThat(get(wire, "/untouched", cookie(set)).header("vary")).isEmpty();
        }
    }

    @AsyncTest
    void aClearedSessionDeletesTheCookie() throws IOException {
        app.around(SESSIONS);
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            String cookie = cookie(wire.get("/set?Eve").answer());
            String deleted = "session=; Max-Age=0; Path=/; HttpOnly; SameSite=lax";
            assertThat(get(wire, "/clear", cookie).header("set-cookie")).isEqualTo(deleted);
            assertThat(get(wire, "/remove", cookie).header("set-cookie")).isEqualTo(deleted);
            assertThat(get(wire, "/clear", "a=b").header("set-cookie")).isEmpty();
            assertThat(get(wire, "/remove", "a=b").header("set-cookie")).isEmpty();
        }
    }

    @AsyncTest
    void aSessionEndsWithItsTime() throws IOException {
        app.around(SESSIONS.maxAge(seconds(100)));
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            Wire.Answer set = wire.get("/set?Eve").answer();
            assertThat(set.header("set-cookie")).contains("Max-Age=100;");
            sleep(seconds(50));
            assertThat(get(wire, "/read", cookie(set)).body()).contains("Eve");
            sleep(seconds(52));
            assertThat(get(wire, "/read", cookie(set)).body()).isEqualTo("null");
        }
    }

    @AsyncTest
    void aForgedSessionIsEmpty() throws IOException {
        app.around(SESSIONS);
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            String good = cookie(wire.get("/set?Eve").answer());
            int dot = good.indexOf('.');
            char other = good.charAt(20) == 'A' ? 'B' : 'A';
            List<String> forged = new ArrayList<>(List.of("session=", "session=.", "session=a.b", "session=%%.%%"));
            forged.add(good.substring(0, dot));
            forged.add(good.substring(0, dot + 1));
            forged.add(good + "A");
            forged.add(good.substring(0, 20) + other + good.substring(21));
            forged.add(good.substring(0, dot + 1) + other + good.substring(dot + 2));
            forged.add("session=" + "x".repeat(5000));
            for (String cookie : forged) {
                assertThat(get(wire, "/read", cookie).brief()).as(cookie).isEqualTo("200 null");
            }
        }
    }

    @Test
    void aCookieOfAnotherNameOrSecretIsNoSession() {
        SessionSeal seal = new SessionSeal(new byte[16]);
        byte[] json = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
        String value = seal.close("n", json, Instant.EPOCH);
        assertThat(seal.open("n", value, Instant.EPOCH, null).get("a")).isEqualTo(1);
        assertThat(seal.open("m", value, Instant.EPOCH, null).isEmpty()).isTrue();
        assertThat(new SessionSeal(SECRET.getBytes(StandardCharsets.UTF_8))
                        .open("n", value, Instant.EPOCH, null)
                        .names())
                .isEmpty();
        String list = seal.close("n", "[".getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
        assertThat(seal.open("n", list, Instant.EPOCH, null).isEmpty()).isTrue();
    }

    @AsyncTest
    @SuppressWarnings("unchecked")
    void aChangeWithinAValueIsKept() throws IOException {
        app.around(SESSIONS);
        app.get("/visit", request -> {
            Session session = Sessions.of(request);
            if (!session.contains("visits")) {
                session.set("visits", List.of());
            } else {
                ((List<Object>) Objects.requireNonNull(session.get("visits")))
                        .add(session.names().size());
            }
            return session.get("visits");
        });
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            String first = cookie(wire.get("/visit").answer());
            String second = cookie(get(wire, "/visit", first));
            assertThat(get(wire, "/visit", second).brief()).isEqualTo("200 [1,1]");
        }
    }

    @AsyncTest
    void aSessionThatIsTooLargeFails() throws IOException {
        app.around(SESSIONS);
        app.get("/large", request -> {
            Sessions.of(request).set("much", "x".repeat(4000));
            return null;
        });
        try (LogRecords records = new LogRecords();
                WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            assertThat(wire.get("/large").answer().brief()).isEqualTo("500 Internal Server Error");
            assertThat(records.lines())
                    .singleElement()
                    .asString()
                    .endsWith(": The cookie of Session[much] has 5460 bytes, but browsers keep 4096; keep large values"
                            + " elsewhere, and their key in the session");
        }
    }

    @AsyncTest
    void aChangeThatComesTooLateFails() throws IOException {
        app.around(SESSIONS);
        List<Session> sessions = new ArrayList<>();
        app.get("/", request -> sessions.add(Sessions.of(request)));
        app.mount("/none", WebApp.create());
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            assertThat(wire.get("/").answer().brief()).isEqualTo("200 true");
            assertThatThrownBy(() -> sessions.getFirst().set("a", 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The session can be changed no more, since the answer with its cookie has been made;"
                            + " change it before the path function returns");
        }
    }

    @AsyncTest
    void aRequestWithoutSessionsSaysSo() throws IOException {
        List<String> messages = new ArrayList<>();
        app.onError(IllegalStateException.class, (_, error) -> {
            messages.add(String.valueOf(error.getMessage()));
            return Response.empty();
        });
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            assertThat(wire.get("/read").answer().status()).isEqualTo(204);
        }
        assertThat(messages)
                .containsExactly("Request[#1, GET /read] has no session; add them with"
                        + " app.around(Sessions.create(secret)), which WebSockets do not pass through");
    }

    @AsyncTest
    void theCookieIsAsItIsSet() throws IOException {
        app.around(SESSIONS.maxAge(null)
                .cookieName("shop")
                .path("/shop")
                .sameSite("Strict")
                .httpsOnly(true));
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            assertThat(wire.get("/set").answer().header("set-cookie"))
                    .matches("shop=[\\w-]+\\.[\\w-]+; Path=/shop; Secure; HttpOnly; SameSite=strict");
        }
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        assertThatThrownBy(() -> Sessions.create("short"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The secret of sessions must have at least 16 bytes, but has 5; make one with"
                        + " 'openssl rand -hex 32'");
        assertThatThrownBy(() -> SESSIONS.maxAge(Duration.ZERO))
                .hasMessage("The time of a session must be a second at least, but is PT0S");
        assertThatThrownBy(() -> SESSIONS.cookieName("a b")).isInstanceOf(IllegalArgumentException.class);
        assertThat(SESSIONS).hasToString("Sessions[session, maxAge=PT336H]");
        assertThat(new Session(Map.of("a", 1))).hasToString("Session[a]");
    }
}
