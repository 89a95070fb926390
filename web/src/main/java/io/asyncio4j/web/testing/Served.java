package io.asyncio4j.web.testing;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Body;
import io.asyncio4j.Task;
import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.streams.spi.Networks;
import io.asyncio4j.web.ServeOptions;
import io.asyncio4j.web.WebApp;
import io.asyncio4j.web.WebServer;
import io.asyncio4j.web.http.InMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An application that is served in memory, from the first connection to it on. Used in a task.
final class Served {
    /// How long a client waits for anything.
    static final Duration PATIENCE = Duration.ofDays(1);

    static final String HOST = "testserver";

    private static final ServeOptions OPTIONS =
            ServeOptions.defaults().port(80).accessLog(false).http2(false);

    private final WebApp app;
    boolean throwsFailures = true;
    private @Nullable DirectNetwork network;
    private @Nullable Task<WebServer> starting;

    /// What calls have thrown, by the port of their client.
    private final Map<Integer, Throwable> failures = new HashMap<>();

    /// The sockets and streams that are open.
    private final Set<AutoCloseable> open = new LinkedHashSet<>();

    Served(WebApp app) {
        this.app = app;
    }

    /// Opens a connection.
    Connection connect() throws IOException {
        Task<WebServer> start = starting;
        if (start == null) {
            start = Asyncio.createTask("start of an application", this::start);
            starting = start;
        }
        Asyncio.await(Asyncio.shield(start), IOException.class);
        return Networks.with(Objects.requireNonNull(network), () -> Streams.openConnection(HOST, OPTIONS.port()));
    }

    private WebServer start() throws IOException {
        new InMemory(
                        context -> {
                            DirectNetwork made = new DirectNetwork(context);
                            network = made;
                            return made;
                        },
                        (exchange, thrown) -> failures.put(port(exchange.peer()), thrown))
                .choose();
        return app.start(OPTIONS);
    }

    private static int port(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet ? inet.getPort() : 0;
    }

    /// Throws what the call of a connection's request has thrown, if anything has, and it is asked
    /// for.
    void throwFailure(Connection connection) {
        Throwable thrown = failures.remove(port(connection.localAddress()));
        if (thrown != null && throwsFailures) {
            throw new Carried(thrown);
        }
    }

    /// An exception that a call has thrown, on its way past the handling of the client's own
    /// failures.
    private static final class Carried extends RuntimeException {
        private static final long serialVersionUID = 1;

        final Throwable thrown;

        Carried(Throwable thrown) {
            super(null, null, false, false);
            this.thrown = thrown;
        }
    }

    @SuppressWarnings("unchecked") // the type is erased: it throws what it is given
    private static <X extends Throwable> RuntimeException sneaky(Throwable thrown) throws X {
        throw (X) thrown;
    }

    /// Waits for the application with a bound.
    static <T extends @Nullable Object> T waitFor(Body<T, IOException> body) {
        try {
            return Asyncio.timeout(PATIENCE, body);
        } catch (Carried carried) {
            throw Served.<RuntimeException>sneaky(carried.thrown);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure.getMessage(), failure);
        }
    }

    void opened(AutoCloseable added) {
        open.add(added);
    }

    void closed(AutoCloseable removed) {
        open.remove(removed);
    }

    /// Ends the application.
    void close() {
        Task<WebServer> start = starting;
        if (start == null) {
            return;
        }
        throwsFailures = false; // of what is cut
        for (AutoCloseable each : List.copyOf(open)) {
            switch (each) {
                case TestSocket socket -> socket.cut();
                case TestEvents events -> events.cut();
                default -> throw new AssertionError(each);
            }
        }
        if (start.isDone() && !start.isCancelled() && start.exception() == null) {
            start.result().close();
        } else {
            start.cancel();
            Asyncio.waitAll(List.of(start));
        }
    }
}
