package io.asyncio4j.web;

import static io.asyncio4j.Asyncio.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.testing.AsyncTest;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/// The code of the page on middleware.
final class MiddlewareExamplesTest {
    private final WebApp app = WebApp.create();

    @AsyncTest
    void theLastThatWasAddedIsOutermost() throws IOException {
        app.around(RequestTimeout.create(seconds(10)));
        app.around(RateLimit.create(100, Duration.ofMinutes(1)));
        app.around(TrustedHosts.create("h", "*.shop.example"));
        app.around((request, next) -> next.handle(request).header("x-request-id", request.id()));

        app.get("/", _ -> "hello");
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            assertThat(wire.get("/").answer().header("x-request-id")).isEqualTo("1");
        }
    }

    @AsyncTest
    void pagesOfOtherSites() throws IOException {
        app.around(Cors.create()
                .origins("https://shop.example", "http://localhost:3000")
                .methods("GET", "POST")
                .headers("Authorization")
                .credentials(true));

        app.get("/", _ -> "hello");
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            Wire.Answer answer =
                    wire.get("/", "Origin: http://localhost:3000\r\n").answer();
            assertThat(answer.header("access-control-allow-origin")).isEqualTo("http://localhost:3000");
        }
    }

    @AsyncTest
    void limitsByKey() throws IOException {
        app.around(RateLimit.create(2, Duration.ofMinutes(1))
                .key(request -> request.headers().get("x-api-key")));

        app.get("/", _ -> "hello");
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            for (int status : new int[] {200, 200, 429}) {
                assertThat(wire.get("/", "X-Api-Key: k\r\n").answer().status()).isEqualTo(status);
            }
        }
    }

    @AsyncTest
    void sessions() throws IOException {
        String secret = "from the configuration";
        app.around(Sessions.create(secret).httpsOnly(true));
        app.get("/visits", request -> {
            Session session = Sessions.of(request);
            Integer before = session.get("visits", Integer.class);
            int visits = before == null ? 1 : before + 1;
            session.set("visits", visits);
            return Map.of("visits", visits);
        });

        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            Wire.Answer first = wire.get("/visits").answer();
            assertThat(first.brief()).isEqualTo("200 {\"visits\":1}");
            String cookie = first.header("set-cookie").replaceFirst(";.*", "");
            assertThat(wire.get("/visits", "Cookie: " + cookie + "\r\n")
                            .answer()
                            .brief())
                    .isEqualTo("200 {\"visits\":2}");
        }
    }
}
