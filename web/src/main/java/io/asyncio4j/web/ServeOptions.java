package io.asyncio4j.web;

import io.asyncio4j.streams.Tls;
import io.asyncio4j.web.proxy.TrustedProxies;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The options of a server, such as its port: `ServeOptions.defaults().port(8443).tls(tls)`.
/// Immutable; any thread. uvicorn: the arguments of `run`.
public final class ServeOptions {
    private static final ServeOptions DEFAULTS = new ServeOptions();
    private static final int HIGHEST_PORT = 65_535;

    private int port = 8000;
    private String host = "127.0.0.1";
    private @Nullable Path unixSocket;
    private @Nullable Tls tls;
    private int workers = 1;
    private Limits limits = Limits.defaults();
    private boolean accessLog = true;
    private Duration shutdownTimeout = Duration.ofSeconds(30);
    private boolean http2 = true;
    private TrustedProxies trustedProxies = TrustedProxies.NONE;

    private ServeOptions() {}

    private ServeOptions(ServeOptions from) {
        port = from.port;
        host = from.host;
        unixSocket = from.unixSocket;
        tls = from.tls;
        workers = from.workers;
        limits = from.limits;
        accessLog = from.accessLog;
        shutdownTimeout = from.shutdownTimeout;
        http2 = from.http2;
        trustedProxies = from.trustedProxies;
    }

    /// Returns the defaults: port 8000 of this machine alone.
    public static ServeOptions defaults() {
        return DEFAULTS;
    }

    /// Returns the port.
    public int port() {
        return port;
    }

    /// Returns these options with another port; 0 for any free one.
    ///
    /// @throws IllegalArgumentException if it is not from 0 to 65,535
    public ServeOptions port(int port) {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("The port must be from 0 to " + HIGHEST_PORT + ", but is " + port);
        }
        ServeOptions changed = new ServeOptions(this);
        changed.port = port;
        return changed;
    }

    /// Returns the address or the name of the interface.
    public String host() {
        return host;
    }

    /// Returns these options with another interface: `0.0.0.0` for all of IPv4, by default
    /// `127.0.0.1`, which no other machine reaches.
    public ServeOptions host(String host) {
        ServeOptions changed = new ServeOptions(this);
        changed.host = Objects.requireNonNull(host, "host");
        return changed;
    }

    /// Returns the path of the Unix socket that is listened on; null for a port.
    public @Nullable Path unixSocket() {
        return unixSocket;
    }

    /// Returns these options with a Unix socket in the place of a port.
    public ServeOptions unixSocket(Path path) {
        ServeOptions changed = new ServeOptions(this);
        changed.unixSocket = Objects.requireNonNull(path, "path");
        return changed;
    }

    /// Returns these options without a Unix socket.
    ServeOptions onPort() {
        ServeOptions changed = new ServeOptions(this);
        changed.unixSocket = null;
        return changed;
    }

    /// Returns the encryption; null for none.
    public @Nullable Tls tls() {
        return tls;
    }

    /// Returns these options with encryption, made by `Tls.server`. The client may choose HTTP/2.
    public ServeOptions tls(Tls tls) {
        ServeOptions changed = new ServeOptions(this);
        changed.tls = Objects.requireNonNull(tls, "tls");
        return changed;
    }

    /// Returns the number of loops.
    public int workers() {
        return workers;
    }

    /// Returns these options with another number of loops, each in a thread of its own, that share
    /// the port; at least 1, the default.
    public ServeOptions workers(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("The number of workers must be at least 1, but is " + count);
        }
        ServeOptions changed = new ServeOptions(this);
        changed.workers = count;
        return changed;
    }

    /// Returns the limits.
    public Limits limits() {
        return limits;
    }

    /// Returns these options with other limits.
    public ServeOptions limits(Limits limits) {
        ServeOptions changed = new ServeOptions(this);
        changed.limits = Objects.requireNonNull(limits, "limits");
        return changed;
    }

    /// Returns whether each request is logged.
    public boolean accessLog() {
        return accessLog;
    }

    /// Returns these options with a line in the log `io.asyncio4j.web.access` for each request, at
    /// level INFO, or without; by default with.
    public ServeOptions accessLog(boolean on) {
        ServeOptions changed = new ServeOptions(this);
        changed.accessLog = on;
        return changed;
    }

    /// Returns how long requests may take to end when the server shuts down.
    public Duration shutdownTimeout() {
        return shutdownTimeout;
    }

    /// Returns these options with another time for requests to end; then they are cancelled. By
    /// default 30 seconds.
    public ServeOptions shutdownTimeout(Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("The shutdown timeout must not be negative, but is " + limit);
        }
        ServeOptions changed = new ServeOptions(this);
        changed.shutdownTimeout = limit;
        return changed;
    }

    /// Returns whether HTTP/2 is spoken.
    public boolean http2() {
        return http2;
    }

    /// Returns these options with HTTP/2 or without; by default with.
    public ServeOptions http2(boolean on) {
        ServeOptions changed = new ServeOptions(this);
        changed.http2 = on;
        return changed;
    }

    /// Returns the proxies that are trusted; empty for none.
    public List<String> proxyHeaders() {
        return trustedProxies.names();
    }

    /// Returns these options with proxies that are trusted; by default none. What they say of their
    /// client in `X-Forwarded-For`, `-Proto`, `-Host` and `-Port`, or in `Forwarded`, is what
    /// [Request#client], [Request#scheme] and [Request#url] return. The client is the last address
    /// that is not trusted itself. A proxy has to delete those of these headers that it does not
    /// set. uvicorn: `forwarded_allow_ips`.
    ///
    /// @param trusted IP addresses; networks, such as `10.0.0.0/8` and `fd00::/8`; `unix:` for
    ///     whoever connects to [#unixSocket]; `*` for all
    /// @throws IllegalArgumentException if one is none of these
    public ServeOptions proxyHeaders(String... trusted) {
        ServeOptions changed = new ServeOptions(this);
        changed.trustedProxies = TrustedProxies.of(List.of(trusted));
        return changed;
    }

    TrustedProxies trustedProxies() {
        return trustedProxies;
    }
}
