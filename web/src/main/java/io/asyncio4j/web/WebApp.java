package io.asyncio4j.web;

import io.asyncio4j.Asyncio;
import io.asyncio4j.EventLoop;
import io.asyncio4j.streams.Workers;
import io.asyncio4j.web.binding.AnnotatedMethods;
import io.asyncio4j.web.binding.Mistakes;
import io.asyncio4j.web.binding.Providers;
import io.asyncio4j.web.binding.Signature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.BindException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
public final class WebApp extends Router implements RouteTarget.Mounted {
    private final List<Middleware> middleware = new ArrayList<>();
    private final Map<Class<?>, ErrorHandler<?>> errorHandlers = new LinkedHashMap<>();
    private final Providers providers = new Providers();
    private Lifespan lifespan = Serving::run;
    private final WebOptions options;

    private WebApp(WebOptions options) {
        this.options = options;
    }

    /// Returns an application without routes.
    public static WebApp create() {
        return create(WebOptions.defaults());
    }

    /// Returns an application without routes and with settings.
    public static WebApp create(WebOptions options) {
        ServeCommand.watch();
        return new WebApp(Objects.requireNonNull(options, "options"));
    }

    /// An answer to what a path function has thrown.
    @FunctionalInterface
    public interface ErrorHandler<E extends Throwable> {
        /// Returns the answer. May suspend.
        Response handle(Request request, E error) throws Exception;
    }

    /// The opening and closing of what the application needs, around its serving. FastAPI:
    /// `lifespan`.
    @FunctionalInterface
    public interface Lifespan {
        /// Opens, calls `serving.run()`, which suspends until the server ends, and closes. Runs
        /// once for each loop.
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
    /// class answers. FastAPI: `exception_handler`.
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

    // ------------------------------------------------------------------ providers

    /// Has objects of a type made by `provider` for the path functions and providers that ask for
    /// one: a parameter of the type is enough. Made once for each request that needs one, and
    /// closed after the answer, the last first, if it is an [AutoCloseable]. FastAPI: `Depends`.
    ///
    /// @throws IllegalArgumentException if the type has a provider
    public <T> WebApp provide(Class<T> type, Provider<? extends T> provider) {
        providers.provide(type, Objects.requireNonNull(provider, "provider"));
        return this;
    }

    /// Has objects made by the methods of `object` with [Provides], each for its return type. Their
    /// parameters are like those of path functions; objects that others provide are among them.
    ///
    /// @throws IllegalArgumentException if there are no such methods, or a type has a provider
    public WebApp provide(Object object) {
        int found = 0;
        for (Method method : AnnotatedMethods.of(object.getClass())) {
            if (method.isAnnotationPresent(Provides.class)) {
                Signature signature = AnnotatedMethods.signature(object, method);
                if (method.getReturnType() == void.class) {
                    throw new IllegalArgumentException(
                            signature.name() + " provides nothing: it returns void; return the object");
                }
                providers.provide(method.getReturnType(), signature);
                found++;
            }
        }
        if (found == 0) {
            throw new IllegalArgumentException(object.getClass().getName()
                    + " has no methods with @Provides; for one object for all requests, call share(type, object)");
        }
        return this;
    }

    /// Gives one object to all that ask for its type; it is not closed. Opened, shared and closed
    /// in [#lifespan], mostly: then each worker has its own object, as it has its own lifespan.
    /// FastAPI: `app.state`, or what the lifespan yields.
    ///
    /// @throws IllegalArgumentException if the type has a provider
    public <T> WebApp share(Class<T> type, T object) {
        providers.share(type, Objects.requireNonNull(object, "object"));
        return this;
    }

    /// Has objects of a type made otherwise, in a test. FastAPI: `dependency_overrides`.
    public <T> WebApp override(Class<T> type, Provider<? extends T> provider) {
        providers.override(type, Objects.requireNonNull(provider, "provider"));
        return this;
    }

    /// Returns the path of a named route, encoded; an annotated one has the name of its method.
    /// FastAPI: `url_path_for`.
    ///
    /// @throws IllegalArgumentException if no route has this name, or the values are not those of
    ///     its path
    public String urlFor(String name, Map<String, ?> values) {
        for (Route route : routes()) {
            if (route.routeName().equals(name) && !name.isEmpty()) {
                return route.path.fill(values);
            }
        }
        throw new IllegalArgumentException("No route has the name '" + name + "'; give it one with name(...)");
    }

    /// Returns the OpenAPI document as plain objects: maps, lists, texts, numbers. FastAPI:
    /// `openapi`.
    ///
    /// @throws IllegalStateException with all that is wrong with the declarations
    public Map<String, Object> openApi() {
        Mistakes mistakes = new Mistakes();
        Site site = new Site(this, mistakes);
        mistakes.throwIfAny();
        return site.document();
    }

    // ------------------------------------------------------------------ serving

    /// Serves on a port of this machine, as [#serve(ServeOptions)].
    ///
    /// @param port from 0 to 65,535; 0 for any free one
    /// @throws UncheckedIOException if the port cannot be opened
    public void serve(int port) {
        serve(ServeOptions.defaults().port(port));
    }

    /// Serves. FastAPI: `uvicorn.run`.
    ///
    /// Outside of a loop this runs one, or several, until Ctrl-C or SIGTERM; in a task it
    /// suspends until the task is cancelled. Then it shuts down: requests under way are answered.
    ///
    /// In a program that `asyncio4j serve` runs, the first call takes what that command was given:
    /// the system properties `asyncio4j.serve.host`, `.port` and `.workers` precede the options.
    ///
    /// @throws UncheckedIOException if the port cannot be opened
    /// @throws IllegalArgumentException if several workers are to share a Unix socket, or to serve
    ///     in a loop that runs already
    public void serve(ServeOptions options) {
        ServeCommand command = ServeCommand.take();
        if (command == null) {
            serve(options, null);
        } else {
            serve(command.over(options), command);
        }
    }

    private void serve(ServeOptions options, @Nullable ServeCommand command) {
        if (options.workers() > 1 && options.unixSocket() != null) {
            throw new IllegalArgumentException(options.workers() + " workers cannot share the Unix socket "
                    + options.unixSocket() + "; serve with one, or on a port");
        }
        try {
            if (isInLoop()) {
                WebServer server = start(options);
                server.announce(command);
                server.serveForever();
            } else if (options.workers() == 1) {
                Asyncio.run(() -> WebServer.serveUntilSignal(this, options, command));
            } else {
                ServeOptions each = options.workers(1);
                Workers.run(options.workers(), () -> WebServer.serveUntilSignal(this, each, command));
            }
        } catch (BindException | UnknownHostException taken) {
            if (command != null) {
                command.refuse(options, taken);
            }
            throw new UncheckedIOException(taken.getMessage(), taken);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure.getMessage(), failure);
        }
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

    Providers providers() {
        return providers;
    }

    WebOptions options() {
        return options;
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
