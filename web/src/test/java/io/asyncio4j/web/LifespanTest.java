package io.asyncio4j.web;

import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.web.Parameter.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Task;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.testing.MemoryNetwork;
import io.asyncio4j.testing.Tasks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The order of lifespan, middleware and handlers.
@SuppressWarnings("try") // what is closed early is closed again
final class LifespanTest {
    private final WebApp app = WebApp.create();
    private final List<String> log = new ArrayList<>();

    private Middleware noting(String name) {
        return (request, next) -> {
            log.add(name + " in");
            try {
                return next.handle(request);
            } finally {
                log.add(name + " out");
            }
        };
    }

    @AsyncTest
    void itIsAroundAllRequestsAndMiddlewareAroundEach() throws IOException {
        app.lifespan(serving -> {
            sleep(seconds(1));
            log.add("open");
            try {
                serving.run();
            } finally {
                log.add("close");
            }
        });
        app.around(noting("inner")).around(noting("outer"));
        app.get("/", _ -> {
            log.add("handler");
            sleep(seconds(2));
            return Response.text("hello");
        });
        try (WebServer server = Wire.serve(app);
                Wire wire = new Wire()) {
            assertThat(log).containsExactly("open");
            wire.get("/");
            Tasks.waitUntilAllBlocked();
            server.close();
            assertThat(wire.answer().brief()).isEqualTo("200 hello");
        }
        assertThat(log).containsExactly("open", "outer in", "inner in", "handler", "inner out", "outer out", "close");
    }

    @AsyncTest
    void middlewareSeesTheAnswerToAFailureAndMayAnswerItself() throws IOException {
        app.around((request, next) -> request.path().equals("/stop") ? Response.empty() : next.handle(request));
        app.around((request, next) -> {
            Response response = next.handle(request);
            log.add(request.path() + " " + response.status());
            return response;
        });
        app.get("/fails", _ -> {
            throw new HttpException(409, "no");
        });
        app.get("/stop", _ -> log.add("not reached"));
        try (WebServer _ = Wire.serve(app);
                Wire wire = new Wire()) {
            assertThat(wire.get("/fails").answer().status()).isEqualTo(409);
            assertThat(wire.get("/stop").answer().status()).isEqualTo(204);
            assertThat(wire.get("/none").answer().status()).isEqualTo(404);
        }
        assertThat(log).containsExactly("/fails 409", "/stop 204", "/none 404");
    }

    @AsyncTest
    void aFailureAtTheStartIsThrown() {
        app.lifespan(_ -> {
            sleep(seconds(1));
            throw new IOException("no database");
        });
        assertThatThrownBy(() -> Wire.serve(app))
                .isInstanceOf(IOException.class)
                .hasMessage("no database");
        app.lifespan(_ -> {
            throw new IllegalStateException("no licence");
        });
        assertThatThrownBy(() -> app.serve(Wire.options()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no licence");
        app.lifespan(_ -> {});
        assertThatThrownBy(() -> app.start(Wire.options()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The lifespan has ended without serving.run()");
    }

    @Test
    void aFailureAtTheStartIsThrownOutsideOfALoopToo() {
        app.lifespan(_ -> {
            throw new IOException("no database");
        });
        assertThatThrownBy(() -> app.serve(Wire.options().port(0)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("no database");
        assertThatThrownBy(() -> app.serve(Wire.options().port(0).workers(2)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("no database");
    }

    @AsyncTest
    void aFailureAtTheEndIsThrown() throws IOException {
        app.lifespan(serving -> {
            serving.run();
            throw new IOException("cannot close");
        });
        WebServer server = Wire.serve(app);
        assertThatThrownBy(server::close).isInstanceOf(IOException.class).hasMessage("cannot close");
    }

    @AsyncTest
    void itEndsWhenTheTaskThatServesIsCancelled() throws IOException {
        new MemoryNetwork().install();
        app.lifespan(serving -> {
            serving.run();
            log.add("close");
        });
        Task<?> serving = Asyncio.createTask("serving", () -> app.serve(Wire.options()));
        Tasks.waitUntilAllBlocked();
        serving.cancel();
        Asyncio.waitAll(List.of(serving));
        assertThat(serving.isCancelled()).isTrue();
        assertThat(log).containsExactly("close");
    }

    record Ticket(int value) {}

    @AsyncTest
    void whatItSharesIsForItsServerAlone() throws IOException {
        List<Integer> numbers = new ArrayList<>(List.of(1, 2));
        app.lifespan(serving -> {
            app.share(Ticket.class, new Ticket(numbers.removeFirst()));
            app.provide(String.class, _ -> "made");
            serving.run();
        });
        app.get("/", given(Ticket.class), given(String.class), (number, made) -> made + number.value());
        try (WebServer first = Wire.serve(app);
                WebServer second = app.start(Wire.options().port(8001))) {
            assertThat(body(first)).isEqualTo("\"made1\"");
            assertThat(body(second)).isEqualTo("\"made2\"");
            assertThat(body(first)).isEqualTo("\"made1\"");
        }
        assertThatThrownBy(app::openApi)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Nobody provides");
    }

    private static String body(WebServer server) throws IOException {
        try (Wire wire = new Wire(Streams.openConnection("127.0.0.1", server.port()))) {
            return wire.get("/").answer().body();
        }
    }

    @AsyncTest
    void whatItSharesMustNotBeProvidedAlready() {
        app.share(Ticket.class, new Ticket(1));
        app.lifespan(serving -> {
            app.share(Ticket.class, new Ticket(2));
            serving.run();
        });
        assertThatThrownBy(() -> Wire.serve(app))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("There is a provider for io.asyncio4j.web.LifespanTest$Ticket already");
    }
}
