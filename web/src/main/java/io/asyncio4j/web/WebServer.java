package io.asyncio4j.web;

import io.asyncio4j.Asyncio;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import io.asyncio4j.ReturnWhen;
import io.asyncio4j.Task;
import io.asyncio4j.streams.Signals;
import io.asyncio4j.streams.spi.Networks;
import io.asyncio4j.web.binding.Providers;
import io.asyncio4j.web.http.HttpService;
import io.asyncio4j.web.server.Generation;
import io.asyncio4j.web.server.HttpServer;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A server that accepts connections for an application, made by [WebApp#start]. Used in the loop
/// that it was started in. FastAPI: `uvicorn.Server`.
public final class WebServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("io.asyncio4j.web");

    private final Future<HttpServer> opened = Asyncio.createFuture("start of a server");
    private final Future<@Nullable Void> stop = Asyncio.createFuture("end of a server");
    private final WebApp app;
    private final ServeOptions options;
    private final Task<@Nullable Void> life;

    private WebServer(WebApp app, ServeOptions options) {
        this.app = app;
        this.options = options;
        this.life = Asyncio.createTask("web server", this::live);
    }

    static WebServer start(WebApp app, ServeOptions options) throws IOException {
        WebServer server = new WebServer(app, options);
        boolean complete = false;
        try {
            Asyncio.waitAll(List.of(server.opened, server.life), ReturnWhen.FIRST_COMPLETED);
            if (!server.opened.isDone()) {
                Asyncio.await(server.life, IOException.class);
                throw new IllegalStateException("The lifespan has ended without serving.run()");
            }
            complete = true;
            return server;
        } finally {
            if (!complete) {
                server.life.cancel();
            }
        }
    }

    private void live() throws Exception {
        Providers.beginLifespan();
        app.lifespan().run(() -> {
            EventLoop loop = Asyncio.runningLoop();
            Generation generation = Generation.current();
            if (Networks.current() == null) {
                Preloading.begin(app); // a test is not to have threads of its own
            }
            RequestLog log = new RequestLog(loop, options);
            HttpService service = new HttpService(new Dispatcher(app, options), options.limits(), loop, log);
            HttpServer server = HttpServer.start(service, options);
            Asyncio.taskGroup(afterwards -> {
                server.open(afterwards);
                opened.setResult(server);
                Runnable ending = () -> loop.callSoonThreadsafe(this::end);
                if (generation != null) {
                    generation.opened(ending);
                }
                try {
                    stop.await();
                } finally {
                    if (generation != null) {
                        generation.closes(ending);
                    }
                    server.close();
                }
            });
        });
    }

    /// Returns the port, also if any free one was asked for.
    ///
    /// @throws IllegalStateException if it listens on a Unix socket
    public int port() {
        return opened.result().port();
    }

    /// Suspends until the calling task is cancelled, then shuts down as [#close].
    public void serveForever() throws IOException {
        try {
            Asyncio.await(Asyncio.<@Nullable Void>shield(life), IOException.class);
        } finally {
            close();
        }
    }

    /// Shuts down: takes no further connections and requests, has those under way answered, for the
    /// options' time at most, and ends the lifespan. Suspends until all that is done. Throws what
    /// the lifespan's end throws, checked or not.
    @Override
    public void close() {
        end();
        Asyncio.waitAll(List.of(life));
        if (!life.isCancelled()) {
            life.await();
        }
    }

    private void end() {
        if (!stop.isDone()) {
            stop.setResult(null);
        }
    }

    /// Says where it serves.
    void announce(@Nullable ServeCommand command) {
        if (command == null) {
            LOG.log(System.Logger.Level.INFO, "Serving at " + opened.result() + "; Ctrl-C ends it");
        } else {
            command.announce(app, options, options.unixSocket() == null ? port() : 0);
        }
    }

    /// Serves until Ctrl-C or SIGTERM; a second one ends at once.
    static void serveUntilSignal(WebApp app, ServeOptions options, @Nullable ServeCommand command) throws IOException {
        WebServer server = start(app, options);
        server.announce(command);
        Runnable end = () -> {
            if (server.stop.isDone()) {
                Runtime.getRuntime().halt(130);
            }
            Generation.signalArrived();
            if (command != null) {
                command.announceEnd();
            }
            server.end();
        };
        try (Signals.Registration _ = Signals.on("INT", end);
                Signals.Registration _ = Signals.on("TERM", end)) {
            Asyncio.shield(server.life).await(); // a cancellation shuts down as a signal does
        } finally {
            server.close();
        }
    }

    @Override
    public String toString() {
        return "WebServer[" + (opened.isDone() ? opened.result() : "not open") + "]";
    }
}
