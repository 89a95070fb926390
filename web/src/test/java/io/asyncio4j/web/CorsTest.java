package io.asyncio4j.web;

import static io.asyncio4j.Asyncio.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.testing.AsyncTest;
import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The answers are those that Starlette's middleware gives with the same settings.
final class CorsTest {
    private static final String ORIGIN = "Origin: https://a.example\r\n";
    private static final String[] PREFLIGHT = {
        ORIGIN, "Access-Control-Request-Method: POST\r\n", "Access-Control-Request-Headers: x-one, Content-Type\r\n"
    };
    private static final String PREFLIGHT_VARY = "vary: Origin, Access-Control-Request-Method,"
            + " Access-Control-Request-Headers, Access-Control-Request-Private-Network";
    private static final String EVERY_METHOD =
            "access-control-allow-methods: DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT, QUERY; ";
    private static final Cors ALL = Cors.create().origins("*").methods("*").headers("*");

    /// Returns status, body and headers of the answer, sorted.
    private static String ask(Cors cors, String method, String... headers) throws IOException {
        WebApp app = WebApp.create();
        app.get("/", _ -> Response.text("hello").header("vary", "Accept"));
        app.around(cors);
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            Wire.Answer answer = wire.ask(method, "/", headers).answer();
            return answer.brief()
                    + answer.headers().entries().stream()
                            .filter(header -> header.getKey().matches("vary|access-.*"))
                            .map(header -> header.getKey() + ": " + header.getValue())
                            .sorted()
                            .collect(Collectors.joining("; ", " | ", ""));
        }
    }

    @AsyncTest
    void aPreflightIsAnsweredByWhatIsAllowed() throws IOException {
        assertThat(ask(
                        Cors.create()
                                .origins("https://a.example")
                                .methods("GET", "post")
                                .headers("X-One")
                                .credentials(true)
                                .maxAge(seconds(60)),
                        "OPTIONS",
                        PREFLIGHT))
                .isEqualTo("200 OK | access-control-allow-credentials: true; access-control-allow-headers: Accept,"
                        + " Accept-Language, Content-Language, Content-Type, X-One; access-control-allow-methods: GET,"
                        + " POST; access-control-allow-origin: https://a.example; access-control-max-age: 60; "
                        + PREFLIGHT_VARY);
        assertThat(ask(ALL, "OPTIONS", PREFLIGHT))
                .isEqualTo("200 OK | access-control-allow-headers: x-one, Content-Type; " + EVERY_METHOD
                        + "access-control-allow-origin: *; access-control-max-age: 600; " + PREFLIGHT_VARY);
        assertThat(ask(ALL.credentials(true), "OPTIONS", PREFLIGHT))
                .isEqualTo("200 OK | access-control-allow-credentials: true; access-control-allow-headers: x-one,"
                        + " Content-Type; " + EVERY_METHOD + "access-control-allow-origin: https://a.example;"
                        + " access-control-max-age: 600; " + PREFLIGHT_VARY);
    }

    @AsyncTest
    void aPreflightForMoreIsRefusedWithTheReason() throws IOException {
        assertThat(ask(Cors.create(), "OPTIONS", PREFLIGHT))
                .isEqualTo("400 Disallowed CORS origin, method, headers | access-control-allow-headers: Accept,"
                        + " Accept-Language, Content-Language, Content-Type; access-control-allow-methods: GET;"
                        + " access-control-max-age: 600; " + PREFLIGHT_VARY);
        String[] intoNetwork = {
            ORIGIN, "Access-Control-Request-Method: GET\r\n", "Access-Control-Request-Private-Network: true\r\n"
        };
        assertThat(ask(ALL, "OPTIONS", intoNetwork)).startsWith("400 Disallowed CORS private-network |");
        assertThat(ask(ALL.privateNetwork(true), "OPTIONS", intoNetwork))
                .startsWith("200 OK |")
                .contains("access-control-allow-private-network: true;");
    }

    @AsyncTest
    void anAnswerTellsWhoMayReadIt() throws IOException {
        assertThat(ask(Cors.create(), "GET", ORIGIN)).isEqualTo("200 hello | vary: Accept, Origin");
        assertThat(ask(ALL, "GET")).isEqualTo("200 hello | vary: Accept, Origin");
        assertThat(ask(ALL, "GET", ORIGIN))
                .isEqualTo("200 hello | access-control-allow-origin: *; vary: Accept, Origin");
        assertThat(ask(ALL.credentials(true).exposedHeaders("X-A", "X-B"), "GET", ORIGIN))
                .isEqualTo("200 hello | access-control-allow-credentials: true; access-control-allow-origin:"
                        + " https://a.example; access-control-expose-headers: X-A, X-B; vary: Accept, Origin");
        assertThat(ask(Cors.create().origins("https://b.example").credentials(true), "GET", ORIGIN))
                .isEqualTo("200 hello | access-control-allow-credentials: true; vary: Accept, Origin");
        assertThat(ask(ALL, "OPTIONS", ORIGIN)).startsWith("204 | access-control-allow-origin: *;");
    }

    @AsyncTest
    void anOriginFitsAPatternAsAWhole() throws IOException {
        Cors cors = Cors.create().originPattern("https://.*\\.example");
        assertThat(ask(cors, "GET", ORIGIN))
                .isEqualTo("200 hello | access-control-allow-origin: https://a.example; vary: Accept, Origin");
        assertThat(ask(cors, "GET", "Origin: https://a.example.org\r\n")).isEqualTo("200 hello | vary: Accept, Origin");
    }

    @AsyncTest
    void anErrorOfThePathFunctionCanBeReadToo() throws IOException {
        WebApp app = WebApp.create();
        app.around(ALL);
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            Wire.Answer answer = wire.get("/none", ORIGIN).answer();
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
        }
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        assertThatThrownBy(() -> Cors.create().origins("https://a.example/"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("An origin must be like 'https://shop.example:8000', without a path or a slash at the end,"
                        + " or '*', but is 'https://a.example/'");
        assertThatThrownBy(() -> Cors.create().maxAge(seconds(-1)))
                .hasMessage("The time that a permission is remembered must not be negative, but is PT-1S");
        assertThat(ALL)
                .hasToString("Cors[origins=[*], methods=[DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT, QUERY],"
                        + " credentials=false]");
    }
}
