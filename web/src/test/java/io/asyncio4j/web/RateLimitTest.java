package io.asyncio4j.web;

import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.testing.AsyncTest;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RateLimitTest {
    private final WebApp app = WebApp.create();

    RateLimitTest() {
        app.get("/", _ -> Response.text("hello"));
    }

    private static String ask(Wire wire, String... headers) throws IOException {
        Wire.Answer answer = wire.get("/", headers).answer();
        return answer.brief() + (answer.header("retry-after").isEmpty() ? "" : " " + answer.header("retry-after"));
    }

    @AsyncTest
    void whatIsTooMuchHasToWaitUntilTheTimeIsOver() throws IOException {
        app.around(RateLimit.create(2, seconds(10)));
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            assertThat(ask(wire)).isEqualTo("200 hello");
            sleep(seconds(3));
            assertThat(ask(wire)).isEqualTo("200 hello");
            assertThat(ask(wire)).isEqualTo("429 Too many requests 7");
            sleep(seconds(6.5));
            assertThat(ask(wire)).isEqualTo("429 Too many requests 1");
            sleep(seconds(0.5));
            assertThat(ask(wire)).isEqualTo("200 hello");
        }
    }

    @AsyncTest
    void clientsAreToldApartByAddress() throws IOException {
        app.around(RateLimit.create(1, seconds(10)));
        try (WebServer _ = Wire.serve(app, Wire.options().proxyHeaders("*"));
                Wire wire = new Wire()) {
            assertThat(ask(wire, "X-Forwarded-For: 192.0.2.1\r\n")).isEqualTo("200 hello");
            assertThat(ask(wire, "X-Forwarded-For: 192.0.2.2\r\n")).isEqualTo("200 hello");
            assertThat(ask(wire, "X-Forwarded-For: 192.0.2.1\r\n")).isEqualTo("429 Too many requests 10");
            assertThat(ask(wire, "X-Forwarded-For: 2001:db8::1\r\n")).isEqualTo("200 hello");
            assertThat(ask(wire, "X-Forwarded-For: 2001:db8::2\r\n")).isEqualTo("429 Too many requests 10");
            assertThat(ask(wire, "X-Forwarded-For: 2001:db8:0:1::1\r\n")).isEqualTo("200 hello");
        }
    }

    @AsyncTest
    void clientsAreToldApartByAFunction() throws IOException {
        String longKey = "k: " + "x".repeat(100);
        app.around(RateLimit.create(1, seconds(10))
                .key(request -> request.headers().get("k")));
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            assertThat(ask(wire, longKey + "1\r\n")).isEqualTo("200 hello");
            assertThat(ask(wire, longKey + "2\r\n")).isEqualTo("200 hello");
            assertThat(ask(wire, longKey + "1\r\n")).isEqualTo("429 Too many requests 10");
            assertThat(ask(wire)).isEqualTo("200 hello");
            assertThat(ask(wire)).isEqualTo("200 hello");
        }
    }

    @Test
    void theNumberOfClientsThatAreRememberedIsLimited() {
        RateCounts counts = new RateCounts(1, seconds(10), 2);
        assertThat(counts.take("a", 1)).isZero();
        assertThat(counts.take("b", 2)).isZero();
        assertThat(counts.take("a", 3)).isEqualTo(seconds(10).minusNanos(2));
        assertThat(counts.take("c", 4)).isZero();
        assertThat(counts.size()).isEqualTo(2);
        assertThat(counts.take("b", 5)).isPositive();
        assertThat(counts.take("a", 6)).isZero(); // was forgotten
        assertThat(counts.take("d", 1 + seconds(20).toNanos())).isZero();
        assertThat(counts.size()).isEqualTo(1);
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        assertThatThrownBy(() -> RateLimit.create(0, seconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The number of requests must be positive, but is 0");
        assertThatThrownBy(() -> RateLimit.create(1, Duration.ZERO))
                .hasMessage("The time of a rate limit must be positive, but is PT0S");
        assertThatThrownBy(() -> RateLimit.create(1, seconds(1)).clients(0))
                .hasMessage("The number of clients must be positive, but is 0");
        assertThat(RateLimit.create(1, seconds(1)).clients(5)).hasToString("RateLimit[1 per PT1S]");
    }
}
