package io.asyncio4j.web;

import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.CancelledError;
import io.asyncio4j.Generator;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.testing.AsyncTest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The time limit, and the log of requests.
final class RequestTimeoutTest {
    private final WebApp app = WebApp.create();
    private final List<String> log = new ArrayList<>();

    RequestTimeoutTest() {
        app.get("/wait/{time}", request -> {
            try {
                sleep(seconds(Double.parseDouble(request.pathParam("time"))));
            } catch (CancelledError cancelled) {
                log.add("cancelled");
                throw cancelled;
            }
            return Response.text("hello");
        });
    }

    @AsyncTest
    void aRequestThatTakesTooLongIsCancelledAndAnswered() throws IOException {
        app.around(RequestTimeout.create(seconds(5)));
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            assertThat(wire.get("/wait/4").answer().brief()).isEqualTo("200 hello");
            assertThat(log).isEmpty();
            Wire.Answer late = wire.get("/wait/6").answer();
            assertThat(late.brief()).isEqualTo("503 The request took too long");
            assertThat(late.header("retry-after")).isEqualTo("1");
            assertThat(late.header("content-type")).isEqualTo("text/plain; charset=utf-8");
            assertThat(log).containsExactly("cancelled");
            assertThat(wire.get("/wait/1").answer().brief()).isEqualTo("200 hello");
        }
    }

    @AsyncTest
    void theServersOwnLimitGoesOnCounting() throws IOException {
        app.around(RequestTimeout.create(seconds(5)));
        try (WebServer _ = Wire.serve(app, Limits.defaults().requestTime(seconds(3)));
                Wire wire = new Wire()) {
            assertThat(wire.get("/wait/4").answer().brief()).isEqualTo("503 The request took too long");
            assertThat(log).containsExactly("cancelled");
        }
    }

    @AsyncTest
    void aTimeLimitOfTheApplicationIsItsOwn() throws IOException {
        app.around(RequestTimeout.create(seconds(5)));
        app.onError(TimeoutException.class, (_, _) -> Response.text("mine").status(504));
        app.get("/own", _ -> Asyncio.timeout(seconds(1), () -> sleep(seconds(2), "late")));
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            assertThat(wire.get("/own").answer().brief()).isEqualTo("504 mine");
        }
    }

    @AsyncTest
    void aStreamMayTakeLonger() throws IOException {
        app.around(RequestTimeout.create(seconds(1)));
        app.get(
                "/stream",
                _ -> Response.stream(new Generator<>(out -> {
                    for (int i = 0; i < 3; i++) {
                        sleep(seconds(1));
                        out.yield(new byte[] {'a'});
                    }
                })));
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            assertThat(wire.get("/stream").answer().brief()).isEqualTo("200 aaa");
        }
    }

    @Test
    void aTimeMustBePositive() {
        assertThatThrownBy(() -> RequestTimeout.create(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The time for a request must be positive, but is PT0S");
    }

    // ------------------------------------------------------------------ the log

    @AsyncTest
    @SuppressWarnings("try") // closed early
    void aLogHasALineForEachRequest() throws IOException {
        app.around(AccessLog.create().logger(System.getLogger("io.asyncio4j.web.shop")));
        app.get("/fail", _ -> {
            throw new IllegalStateException("secret");
        });
        try (LogRecords records = new LogRecords();
                WebServer _ = Wire.serve(app)) {
            try (Wire wire = new Wire()) {
                wire.get("/wait/2?secret").answer();
                wire.get("/n%0Aone").answer();
                wire.get("/fail").answer();
                wire.get("/wait/9");
                sleep(seconds(1));
            }
            sleep(seconds(1));
            assertThat(records.lines())
                    .filteredOn(line -> line.startsWith("INFO"))
                    .containsExactly(
                            "INFO #1 127.0.0.1 GET /wait/2 200 2000000 us",
                            "INFO #2 127.0.0.1 GET /n%0Aone 404 0 us",
                            "INFO #3 127.0.0.1 GET /fail failed 0 us",
                            "INFO #4 127.0.0.1 GET /wait/9 cancelled 1100000 us");
        }
    }
}
