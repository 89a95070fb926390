package io.asyncio4j.streams;

import io.asyncio4j.streams.bytes.ConnectSettings;
import io.asyncio4j.streams.bytes.Limits;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Options for opening a connection: `ConnectionOptions.defaults().tls(Tls.client())`. Immutable. A
/// method that is given a value out of its range throws an [IllegalArgumentException].
///
/// asyncio: the keyword arguments of `open_connection`.
public final class ConnectionOptions {
    private static final ConnectionOptions DEFAULTS = new ConnectionOptions();

    private @Nullable Duration connectTimeout = Duration.ofSeconds(30);

    private Duration happyEyeballsDelay = Duration.ofMillis(250);

    private @Nullable SocketAddress localAddress;

    private boolean keepAlive;
    private boolean noDelay = true;
    private Limits limits = Limits.DEFAULT;

    private @Nullable Tls tls;

    private @Nullable String serverName;

    private ConnectionOptions() {}

    private ConnectionOptions(ConnectionOptions from) {
        connectTimeout = from.connectTimeout;
        happyEyeballsDelay = from.happyEyeballsDelay;
        localAddress = from.localAddress;
        keepAlive = from.keepAlive;
        noDelay = from.noDelay;
        limits = from.limits;
        tls = from.tls;
        serverName = from.serverName;
    }

    ConnectSettings settings() {
        return new ConnectSettings(
                connectTimeout,
                happyEyeballsDelay,
                localAddress,
                keepAlive,
                noDelay,
                limits,
                tls == null ? null : tls.encryption(),
                serverName);
    }

    /// Returns options that ask for nothing in particular.
    public static ConnectionOptions defaults() {
        return DEFAULTS;
    }

    /// Returns these options with a limit for opening the connection, from the name's resolution
    /// to the end of the TLS handshake; 30 seconds if not set.
    ///
    /// @param limit positive, or null for none
    public ConnectionOptions connectTimeout(@Nullable Duration limit) {
        if (limit != null && (limit.isNegative() || limit.isZero())) {
            throw new IllegalArgumentException("The connect timeout must be positive, but is " + limit);
        }
        ConnectionOptions changed = new ConnectionOptions(this);
        changed.connectTimeout = limit;
        return changed;
    }

    /// Returns these options with the time after which the next address of a host is tried beside
    /// the last, should that not have answered; 250 ms if not set. asyncio:
    /// `happy_eyeballs_delay`.
    ///
    /// @param delay not negative
    public ConnectionOptions happyEyeballsDelay(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("The delay between attempts must not be negative, but is " + delay);
        }
        ConnectionOptions changed = new ConnectionOptions(this);
        changed.happyEyeballsDelay = delay;
        return changed;
    }

    /// Returns these options with the address to connect from. asyncio: `local_addr`.
    public ConnectionOptions localAddress(SocketAddress address) {
        ConnectionOptions changed = new ConnectionOptions(this);
        changed.localAddress = Objects.requireNonNull(address, "address");
        return changed;
    }

    /// Returns these options with TCP's probes of an idle connection on or off; off if not set.
    public ConnectionOptions keepAlive(boolean on) {
        ConnectionOptions changed = new ConnectionOptions(this);
        changed.keepAlive = on;
        return changed;
    }

    /// Returns these options with `TCP_NODELAY` on or off; on if not set: what is written is sent
    /// without waiting for more.
    public ConnectionOptions noDelay(boolean on) {
        ConnectionOptions changed = new ConnectionOptions(this);
        changed.noDelay = on;
        return changed;
    }

    /// Returns these options with the longest line a reader takes, without its newline; 64 KiB if
    /// not set. Twice as much is held in memory before the peer is held back. asyncio: `limit`.
    ///
    /// @param bytes positive
    public ConnectionOptions readLimit(int bytes) {
        ConnectionOptions changed = new ConnectionOptions(this);
        changed.limits = limits.read(bytes);
        return changed;
    }

    /// Returns these options with the high-water mark: when more bytes than this wait to be sent,
    /// [StreamWriter#drain] suspends; 64 KiB if not set.
    ///
    /// @param bytes positive
    public ConnectionOptions highWaterMark(int bytes) {
        ConnectionOptions changed = new ConnectionOptions(this);
        changed.limits = limits.high(bytes);
        return changed;
    }

    /// Returns these options with the hard limit: while more bytes than this wait to be sent,
    /// [StreamWriter#write(byte[])] throws; 16 MiB if not set.
    ///
    /// @param bytes not below the high-water mark
    public ConnectionOptions writeLimit(int bytes) {
        ConnectionOptions changed = new ConnectionOptions(this);
        changed.limits = limits.hard(bytes);
        return changed;
    }

    /// Returns these options with encryption. The server must prove to be the host connected to, or
    /// [#serverName]. asyncio: `ssl`.
    ///
    /// @param tls one for clients
    public ConnectionOptions tls(Tls tls) {
        if (!tls.isClient()) {
            throw new IllegalArgumentException(tls + " is for servers; a connection needs Tls.client()");
        }
        ConnectionOptions changed = new ConnectionOptions(this);
        changed.tls = tls;
        return changed;
    }

    /// Returns these options with the name that the server must prove to have, by TLS; that of the
    /// host connected to if not set. asyncio: `server_hostname`.
    public ConnectionOptions serverName(String name) {
        ConnectionOptions changed = new ConnectionOptions(this);
        changed.serverName = Objects.requireNonNull(name, "name");
        return changed;
    }
}
