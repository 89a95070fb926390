package io.asyncio4j.web;

import io.asyncio4j.Asyncio;
import io.asyncio4j.EventLoop;
import io.asyncio4j.streams.Workers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A web application: its routes, and what is around them. FastAPI: `FastAPI`.
///
/// ```java
/// WebApp app = WebApp.create();
/// app.get("/hello", request -> "hello");
/// app.serve(8000);
/// ```
///
/// A request is a task: while it waits for a database, the next one runs. Routes are added before
/// the application is served.
public final class WebApp extends Router {
    private final List<Middleware> middleware = new ArrayList<>();
    private final Map<Class<?>, ErrorHandler<?>> errorHandlers = new LinkedHashMap<>();
    private Lifespan lifespan = Serving::run;

    private WebApp() {}

    /// Returns an application without routes.
    public static WebApp create() {
        return new WebApp();
    }

    /// An answer to what a path function has thrown.
    @FunctionalInterface
    public interface ErrorHandler<E extends Throwable> {
        /// Returns the answer. May suspend.
        Response handle(Request request, E error) throws Exception;
    }

    /// The opening and closing of what the application needs, around its serving.
    @FunctionalInterface
    public interface Lifespan {
        /// Opens, calls `serving.run()`, which suspends until the server ends, and closes. Runs
        /// once
        /// for each loop.
        void run(Serving serving) throws Exception;
    }

    /// The serving of an application, within its lifespan.
    @FunctionalInterface
    public interface Serving {
        /// Serves until the server ends. Suspends. Called once.
        void run() throws Exception;
    }

    /// Puts code around the handling of all requests. What was added last is outermost, as in
    /// FastAPI.
    public WebApp around(Middleware added) {
        middleware.add(Objects.requireNonNull(added, "middleware"));
        return this;
    }

    /// Has errors of a class, and of its subclasses, answered by `handler`; that of the nearest
    /// class
    /// answers. FastAPI: `exception_handler`.
    public <E extends Throwable> WebApp onError(Class<E> type, ErrorHandler<? super E> handler) {
        errorHandlers.put(type, handler);
        return this;
    }

    /// Sets what is opened before serving and closed after it: `serving -> { open(); try {
    /// serving.run(); } finally { close(); } }`.
    public WebApp lifespan(Lifespan around) {
        lifespan = Objects.requireNonNull(around, "lifespan");
        return this;
    }

    // ------------------------------------------------------------------ serving

    /// Serves on a port of this machine, as [#serve(ServeOptions)].
    ///
    /// @param port from 0 to 65,535; 0 for any free one
    /// @throws IOException if the port cannot be opened
    public void serve(int port) throws IOException {
        serve(ServeOptions.defaults().port(port));
    }

    /// Serves. Outside of a loop this runs one, or several, until Ctrl-C or SIGTERM; in a task it
    /// suspends until the task is cancelled. Then it shuts down: requests under way are answered.
    ///
    /// @throws IOException if the port cannot be opened
    /// @throws IllegalArgumentException if several workers are to share a Unix socket, or to serve
    ///     in a loop that runs already
    public void serve(ServeOptions options) throws IOException {
        if (options.workers() > 1 && options.unixSocket() != null) {
            throw new IllegalArgumentException(options.workers() + " workers cannot share the Unix socket "
                    + options.unixSocket() + "; serve with one, or on a port");
        }
        if (isInLoop()) {
            serveHere(options);
        } else if (options.workers() == 1) {
            Asyncio.run(() -> WebServer.serveUntilSignal(this, options.workers(1)));
        } else {
            Workers.run(options.workers(), () -> WebServer.serveUntilSignal(this, options.workers(1)));
        }
    }

    private void serveHere(ServeOptions options) throws IOException {
        WebServer server = start(options);
        server.serveForever();
    }

    private static boolean isInLoop() {
        try {
            EventLoop.access();
            return true;
        } catch (IllegalStateException none) {
            return false;
        }
    }

    /// Begins to serve, in a task; returns when connections are accepted. Suspends.
    ///
    /// @throws IOException if the port cannot be opened
    /// @throws IllegalArgumentException if the options have more than one worker
    public WebServer start(ServeOptions options) throws IOException {
        if (options.workers() > 1) {
            throw new IllegalArgumentException("Cannot serve with " + options.workers() + " workers in one event loop;"
                    + " call serve(options) outside of a loop, which starts one for each");
        }
        return WebServer.start(this, options);
    }

    List<Middleware> middleware() {
        return List.copyOf(middleware);
    }

    Map<Class<?>, ErrorHandler<?>> errorHandlers() {
        return Map.copyOf(errorHandlers);
    }

    Lifespan lifespan() {
        return lifespan;
    }
}
