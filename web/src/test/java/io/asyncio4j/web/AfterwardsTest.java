package io.asyncio4j.web;

import static io.asyncio4j.Asyncio.currentTask;
import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.CancelledError;
import io.asyncio4j.ContextVar;
import io.asyncio4j.Generator;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Code that runs after an answer.
@SuppressWarnings("try") // what is closed early is closed again
final class AfterwardsTest {
    private final WebApp app = WebApp.create();
    private final List<String> log = new ArrayList<>();

    AfterwardsTest() {
        app.get("/hello", _ -> Response.text("hello"));
    }

    private VoidCoroutine note(String what, double after) {
        return () -> {
            try {
                sleep(seconds(after));
                log.add(what);
            } catch (CancelledError cancelled) {
                log.add(what + " cancelled");
                throw cancelled;
            }
        };
    }

    @AsyncTest
    void itRunsInItsOrderAndHoldsNobodyUp(VirtualClock clock) throws IOException {
        app.get("/", _ -> Response.text("a").afterwards(note("first", 5)).afterwards(note("second", 1)));
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            wire.get("/").get("/hello");
            assertThat(wire.answer().brief()).isEqualTo("200 a");
            assertThat(wire.answer().brief()).isEqualTo("200 hello");
            assertThat(clock.elapsed()).isEqualTo(Duration.ZERO);
            sleep(seconds(5.5));
            assertThat(log).containsExactly("first");
            sleep(seconds(1));
            assertThat(log).containsExactly("first", "second");
        }
    }

    @AsyncTest
    void itIsNamedAfterTheRequestAndHasItsContext() throws IOException {
        ContextVar<String> user = new ContextVar<>("user");
        app.get("/items/{id}", request -> {
            user.set("user of " + request.pathParam("id"));
            return Response.empty()
                    .afterwards(() -> log.add(currentTask().name() + ", " + user.get()))
                    .afterwards(() -> user.set("another"))
                    .afterwards(() -> log.add(user.get()));
        });
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            wire.get("/items/7");
            assertThat(wire.answer().brief()).isEqualTo("204");
        }
        assertThat(log).containsExactly("GET /items/{id} #1 afterwards, user of 7", "another");
    }

    @AsyncTest
    void aClientThatLeavesDoesNotEndIt() throws IOException {
        app.get("/", _ -> Response.text("a").afterwards(note("done", 5)));
        app.get("/slow", _ -> {
            sleep(seconds(1));
            return Response.stream(List.of(new byte[100_000], new byte[1_000_000]))
                    .afterwards(note("done though it got nothing", 5));
        });
        try (WebServer _ = Wire.serve(app);
                Wire quick = new Wire();
                Wire slow = new Wire()) {
            quick.get("/");
            slow.get("/slow");
            assertThat(quick.answer().brief()).isEqualTo("200 a");
            quick.connection().writer().abort();
            sleep(seconds(2));
            slow.connection().writer().abort();
            sleep(seconds(6));
            assertThat(log).containsExactly("done", "done though it got nothing");
        }
    }

    /// Pieces whose closing takes time.
    private final class Pieces implements Iterable<byte[]>, AutoCloseable {
        @Override
        public Iterator<byte[]> iterator() {
            return List.of(new byte[] {'a'}).iterator();
        }

        @Override
        public void close() throws Exception {
            note("closed", 1).run();
        }
    }

    @AsyncTest
    void aRequestWhoseAnswerIsCompleteIsNotCancelledByItsClient() throws IOException {
        app.get("/", _ -> Response.stream(new Pieces(), 1));
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            wire.get("/");
            assertThat(wire.answer().brief()).isEqualTo("200 a");
            wire.connection().writer().abort();
            sleep(seconds(2));
            assertThat(log).containsExactly("closed");
        }
    }

    @AsyncTest
    void aFailureIsLoggedOnceAndEndsWhatIsBehindIt() throws IOException {
        app.get(
                "/",
                _ -> Response.text("a")
                        .afterwards(note("first", 1))
                        .afterwards(() -> {
                            throw new IllegalStateException("broken on purpose");
                        })
                        .afterwards(note("third", 1)));
        try (LogRecords logged = new LogRecords();
                WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            wire.get("/?secret");
            assertThat(wire.answer().brief()).isEqualTo("200 a");
            sleep(seconds(9));
            assertThat(log).containsExactly("first");
            assertThat(logged.lines())
                    .containsExactly(
                            "SEVERE Cannot run the code after the answer to request #1, GET /:" + " broken on purpose");
            wire.get("/hello");
            assertThat(wire.answer().brief()).isEqualTo("200 hello");
        }
    }

    @AsyncTest
    void itCountsAmongTheRequestsThatRunAtOnce() throws IOException {
        app.get("/", _ -> Response.text("a").afterwards(note("done", 5)));
        try (WebServer _ = Wire.serve(app, Limits.defaults().concurrentRequests(1));
                Wire wire = new Wire()) {
            wire.get("/").get("/hello");
            assertThat(wire.answer().status()).isEqualTo(200);
            assertThat(wire.answer().status()).isEqualTo(503);
            sleep(seconds(6));
            wire.get("/hello");
            assertThat(wire.answer().status()).isEqualTo(200);
        }
    }

    @AsyncTest
    void itDoesNotRunAfterAnAnswerThatFails() throws IOException {
        app.get(
                "/",
                _ -> Response.stream(new Generator<byte[]>(_ -> {
                            throw new IllegalStateException("broken on purpose");
                        }))
                        .afterwards(note("done", 0)));
        try (LogRecords logged = new LogRecords();
                WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            wire.get("/");
            assertThat(wire.rest()).isEmpty();
            sleep(seconds(1));
            assertThat(log).isEmpty();
            assertThat(logged.lines()).containsExactly("SEVERE Cannot answer request #1, GET /: broken on purpose");
        }
    }
}
