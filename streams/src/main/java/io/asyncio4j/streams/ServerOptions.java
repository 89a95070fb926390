package io.asyncio4j.streams;

import io.asyncio4j.streams.bytes.Encryption;
import io.asyncio4j.streams.bytes.Limits;
import io.asyncio4j.streams.bytes.ServerSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Options for a server and its connections: `ServerOptions.defaults().maxConnections(100)`.
/// Immutable. A method that is given a value out of its range throws an
/// [IllegalArgumentException].
///
/// asyncio: the keyword arguments of `start_server`.
public final class ServerOptions {
    private static final ServerOptions DEFAULTS = new ServerOptions();

    private int backlog = 100;
    private boolean reuseAddress = true;
    private boolean reusePort;
    private boolean keepAlive;
    private boolean noDelay = true;
    int maxConnections = Integer.MAX_VALUE;
    private Limits limits = Limits.DEFAULT;
    boolean startServing = true;
    private boolean cleanUpSocket = true;

    private @Nullable Tls tls;

    private Duration handshakeTimeout = Encryption.HANDSHAKE_TIMEOUT;

    @Nullable
    Duration closeTimeout = Duration.ofSeconds(10);

    private ServerOptions() {}

    private ServerOptions(ServerOptions from) {
        backlog = from.backlog;
        reuseAddress = from.reuseAddress;
        reusePort = from.reusePort;
        keepAlive = from.keepAlive;
        noDelay = from.noDelay;
        maxConnections = from.maxConnections;
        limits = from.limits;
        startServing = from.startServing;
        cleanUpSocket = from.cleanUpSocket;
        tls = from.tls;
        handshakeTimeout = from.handshakeTimeout;
        closeTimeout = from.closeTimeout;
    }

    ServerSettings settings() {
        return new ServerSettings(
                backlog,
                reuseAddress,
                reusePort,
                keepAlive,
                noDelay,
                maxConnections,
                limits,
                startServing,
                cleanUpSocket,
                tls == null ? null : tls.encryption(),
                handshakeTimeout);
    }

    /// Returns options that ask for nothing in particular.
    public static ServerOptions defaults() {
        return DEFAULTS;
    }

    /// Returns these options with the number of connections that the system keeps waiting for the
    /// server to accept them; 100 if not set.
    ///
    /// @param connections positive
    public ServerOptions backlog(int connections) {
        requirePositive("backlog", connections);
        ServerOptions changed = new ServerOptions(this);
        changed.backlog = connections;
        return changed;
    }

    /// Returns these options with `SO_REUSEADDR` on or off; on if not set, so that a server can be
    /// started again at once.
    public ServerOptions reuseAddress(boolean on) {
        ServerOptions changed = new ServerOptions(this);
        changed.reuseAddress = on;
        return changed;
    }

    /// Returns these options with `SO_REUSEPORT` on or off; off if not set. With it, several
    /// servers listen on one port, and the system shares the connections out.
    public ServerOptions reusePort(boolean on) {
        ServerOptions changed = new ServerOptions(this);
        changed.reusePort = on;
        return changed;
    }

    /// Returns these options with TCP's probes of idle connections on or off; off if not set.
    public ServerOptions keepAlive(boolean on) {
        ServerOptions changed = new ServerOptions(this);
        changed.keepAlive = on;
        return changed;
    }

    /// Returns these options with `TCP_NODELAY` on or off; on if not set: what is written is sent
    /// without waiting for more.
    public ServerOptions noDelay(boolean on) {
        ServerOptions changed = new ServerOptions(this);
        changed.noDelay = on;
        return changed;
    }

    /// Returns these options with the number of connections served at a time; further ones wait in
    /// the backlog. Unlimited if not set.
    ///
    /// @param connections positive
    public ServerOptions maxConnections(int connections) {
        requirePositive("maximum of connections", connections);
        ServerOptions changed = new ServerOptions(this);
        changed.maxConnections = connections;
        return changed;
    }

    /// Returns these options with the longest line a reader takes, without its newline; 64 KiB if
    /// not set. Twice as much is held in memory before the peer is held back. asyncio: `limit`.
    ///
    /// @param bytes positive
    public ServerOptions readLimit(int bytes) {
        ServerOptions changed = new ServerOptions(this);
        changed.limits = limits.read(bytes);
        return changed;
    }

    /// Returns these options with the high-water mark: when more bytes than this wait to be sent,
    /// [StreamWriter#drain] suspends; 64 KiB if not set.
    ///
    /// @param bytes positive
    public ServerOptions highWaterMark(int bytes) {
        ServerOptions changed = new ServerOptions(this);
        changed.limits = limits.high(bytes);
        return changed;
    }

    /// Returns these options with the hard limit: while more bytes than this wait to be sent,
    /// [StreamWriter#write(byte[])] throws; 16 MiB if not set.
    ///
    /// @param bytes not below the high-water mark
    public ServerOptions writeLimit(int bytes) {
        ServerOptions changed = new ServerOptions(this);
        changed.limits = limits.hard(bytes);
        return changed;
    }

    /// Returns these options with encryption. A handler is called when that is agreed on with the
    /// client; a client with which it cannot be agreed on is disconnected. asyncio: `ssl`.
    ///
    /// @param tls one for servers
    public ServerOptions tls(Tls tls) {
        if (tls.isClient()) {
            throw new IllegalArgumentException(tls + " is for clients; a server needs Tls.server(certificate, key)");
        }
        ServerOptions changed = new ServerOptions(this);
        changed.tls = tls;
        return changed;
    }

    /// Returns these options with a limit for agreeing on TLS with a client, after which the
    /// connection is closed; 60 seconds if not set. asyncio: `ssl_handshake_timeout`.
    ///
    /// @param limit positive
    public ServerOptions handshakeTimeout(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("The handshake timeout must be positive, but is " + limit);
        }
        ServerOptions changed = new ServerOptions(this);
        changed.handshakeTimeout = limit;
        return changed;
    }

    /// Returns these options with the server accepting connections at once, or not before
    /// [Server#startServing]; at once if not set. asyncio: `start_serving`.
    public ServerOptions startServing(boolean atOnce) {
        ServerOptions changed = new ServerOptions(this);
        changed.startServing = atOnce;
        return changed;
    }

    /// Returns these options with the file of a Unix socket deleted or not when the server is
    /// closed; deleted if not set. asyncio: `cleanup_socket`.
    public ServerOptions cleanUpSocket(boolean delete) {
        ServerOptions changed = new ServerOptions(this);
        changed.cleanUpSocket = delete;
        return changed;
    }

    /// Returns these options with the time that connections are given to end by themselves once the
    /// server is closed; 10 seconds if not set. After that their handlers are cancelled, and after
    /// as much time again the connections of those that go on are aborted.
    ///
    /// @param limit not negative; null for ever, as in asyncio
    public ServerOptions closeTimeout(@Nullable Duration limit) {
        if (limit != null && limit.isNegative()) {
            throw new IllegalArgumentException("The close timeout must not be negative, but is " + limit);
        }
        ServerOptions changed = new ServerOptions(this);
        changed.closeTimeout = limit;
        return changed;
    }

    private static void requirePositive(String what, int number) {
        if (number <= 0) {
            throw new IllegalArgumentException("The " + what + " must be positive, but is " + number);
        }
    }
}
