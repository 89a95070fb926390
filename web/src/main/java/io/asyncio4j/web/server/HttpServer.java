package io.asyncio4j.web.server;

import io.asyncio4j.Asyncio;
import io.asyncio4j.TaskGroup;
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
import io.asyncio4j.web.http1.Http1Connection;
import io.asyncio4j.web.http2.Http2Connection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

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
                : service.open(
                        () -> Streams.startServer(this::serve, options.host(), options.port(), serverOptions(options)));
    }

    private static ServerOptions serverOptions(ServeOptions options) {
        ServerOptions known = ServerOptions.defaults()
                .backlog(BACKLOG)
                .maxConnections(options.limits().connections())
                .startServing(false)
                .closeTimeout(null);
        Tls tls = options.tls();
        if (tls == null) {
            return known;
        }
        return known.tls(options.http2() ? tls.protocols("h2", "http/1.1") : tls.protocols("http/1.1"));
    }

    /// Opens the port. Suspends. Connections wait until [#open].
    public static HttpServer start(HttpService service, ServeOptions options) throws IOException {
        return new HttpServer(service, options);
    }

    /// Accepts connections.
    ///
    /// @param group the group that code runs in after answers, until [#close] returns
    public void open(TaskGroup group) {
        service.afterwards.within(group);
        server.startServing();
    }

    /// Returns the port that it listens on, also if the options asked for any free one.
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
        long since = service.access.time();
        String scheme = writer.tlsSession() == null ? "http" : "https";
        Protocol protocol = Protocol.of(writer.applicationProtocol());
        if (protocol == Protocol.UNKNOWN) {
            protocol = options.http2() ? Preface.await(Incoming.of(reader), service) : Protocol.HTTP1;
        }
        HttpConnection connection = protocol == Protocol.HTTP2
                ? new Http2Connection(service, reader, writer, scheme)
                : new Http1Connection(service, reader, writer, scheme);
        service.serve(connection, since);
    }

    // ------------------------------------------------------------------ the end

    /// Shuts down: takes no further connections and requests, and suspends until those that are
    /// under way have ended, or for the time that the options give them. Then they are cancelled.
    public void close() {
        server.close();
        service.shutDown();
        if (endsWithin(options.shutdownTimeout())) {
            return;
        }
        List<String> cut = service.cut("the server ends");
        if (!cut.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The server ends after " + options.shutdownTimeout() + " although requests are under way: "
                            + String.join("; ", cut));
        }
        if (!endsWithin(AFTER_CANCEL)) {
            server.abortClients();
            awaitEnd();
        }
    }

    private boolean endsWithin(Duration limit) {
        try {
            Asyncio.timeout(limit, this::awaitEnd);
            return true;
        } catch (TimeoutException late) {
            return false;
        }
    }

    private void awaitEnd() {
        server.waitClosed();
        service.afterwards.await();
    }
}
