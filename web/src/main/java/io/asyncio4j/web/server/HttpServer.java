package io.asyncio4j.web.server;

import io.asyncio4j.Asyncio;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.streams.Server;
import io.asyncio4j.streams.ServerOptions;
import io.asyncio4j.streams.StreamReader;
import io.asyncio4j.streams.StreamWriter;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.streams.Tls;
import io.asyncio4j.streams.spi.Incoming;
import io.asyncio4j.web.ServeOptions;
import io.asyncio4j.web.http.HttpConnection;
import io.asyncio4j.web.http.HttpService;
import io.asyncio4j.web.http.ServerExchange;
import io.asyncio4j.web.http1.Http1Connection;
import io.asyncio4j.web.http2.Http2Connection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An open server on one loop. Used on the loop.
public final class HttpServer {
    private static final System.Logger LOG = System.getLogger("io.asyncio4j.web");

    private static final int BACKLOG = 1024;

    /// The time in which requests that were cancelled have to end.
    private static final Duration AFTER_CANCEL = Duration.ofSeconds(1);

    private final HttpService service;
    private final ServeOptions options;
    private final Server server;

    private HttpServer(HttpService service, ServeOptions options) throws IOException {
        this.service = service;
        this.options = options;
        Path socket = options.unixSocket();
        this.server = socket != null
                ? Streams.startUnixServer(this::serve, socket, serverOptions(options))
                : Streams.startServer(this::serve, options.host(), options.port(), serverOptions(options));
    }

    private static ServerOptions serverOptions(ServeOptions options) {
        ServerOptions known = ServerOptions.defaults()
                .backlog(BACKLOG)
                .maxConnections(options.limits().connections())
                .closeTimeout(null);
        Tls tls = options.tls();
        if (tls == null) {
            return known;
        }
        return known.tls(options.http2() ? tls.protocols("h2", "http/1.1") : tls.protocols("http/1.1"));
    }

    /// Opens the port. Suspends.
    public static HttpServer start(HttpService service, ServeOptions options) throws IOException {
        return new HttpServer(service, options);
    }

    /// Returns the port; what it listens on if the options asked for any free one.
    public int port() {
        return server.port();
    }

    /// Returns its address, as a client would write it.
    @Override
    public String toString() {
        return options.unixSocket() != null
                ? options.unixSocket().toString()
                : (options.tls() == null ? "http://" : "https://") + options.host() + ":" + server.port();
    }

    // ------------------------------------------------------------------ a connection

    private void serve(StreamReader reader, StreamWriter writer) {
        String scheme = writer.tlsSession() == null ? "http" : "https";
        Protocol protocol = Protocol.of(writer.applicationProtocol());
        if (protocol == Protocol.UNKNOWN) {
            protocol = options.http2() ? Preface.await(Incoming.of(reader), service) : Protocol.HTTP1;
        }
        HttpConnection connection = protocol == Protocol.HTTP2
                ? new Http2Connection(service, reader, writer, scheme)
                : new Http1Connection(service, reader, writer, scheme);
        service.serve(connection);
    }

    // ------------------------------------------------------------------ the end

    /// Serves until the calling task is cancelled, then shuts down. Suspends.
    public void serveForever() {
        try {
            Asyncio.createFuture("server " + server.addresses()).await();
        } finally {
            close();
        }
    }

    /// Shuts down: takes no further connections and requests, and suspends until those that are
    /// under way have ended, or for the time that the options give them. Then they are cancelled.
    public void close() {
        server.close();
        service.shutDown();
        if (endsWithin(options.shutdownTimeout())) {
            return;
        }
        List<ServerExchange> cut = service.running();
        if (!cut.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The server ends after " + options.shutdownTimeout() + " although requests are under way: "
                            + String.join(
                                    "; ",
                                    cut.stream().map(ServerExchange::describe).toList()));
        }
        cut.forEach(exchange -> exchange.cancel("the server ends"));
        if (!endsWithin(AFTER_CANCEL)) {
            server.abortClients();
            server.waitClosed();
        }
    }

    private boolean endsWithin(@Nullable Duration limit) {
        try {
            Asyncio.timeout(limit, server::waitClosed);
            return true;
        } catch (TimeoutException late) {
            return false;
        }
    }
}
