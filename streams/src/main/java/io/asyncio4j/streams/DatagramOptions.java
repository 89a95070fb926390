package io.asyncio4j.streams;

import io.asyncio4j.streams.bytes.Limits;
import io.asyncio4j.streams.netty.DatagramSettings;

/// Options for a datagram endpoint: `DatagramOptions.defaults().broadcast(true)`. Immutable.
///
/// asyncio: the keyword arguments of `create_datagram_endpoint`.
public final class DatagramOptions {
    private static final DatagramOptions DEFAULTS = new DatagramOptions();

    private boolean reusePort;
    private boolean broadcast;
    private int receiveQueue = 256;
    private Limits limits = Limits.DEFAULT;

    private DatagramOptions() {}

    private DatagramOptions(DatagramOptions from) {
        reusePort = from.reusePort;
        broadcast = from.broadcast;
        receiveQueue = from.receiveQueue;
        limits = from.limits;
    }

    DatagramSettings settings() {
        return new DatagramSettings(reusePort, broadcast, receiveQueue, limits);
    }

    /// Returns options that ask for nothing in particular.
    public static DatagramOptions defaults() {
        return DEFAULTS;
    }

    /// Returns these options with `SO_REUSEPORT` on or off; off if not set. With it, several
    /// endpoints receive at one port, and the system shares the senders out. asyncio: `reuse_port`.
    public DatagramOptions reusePort(boolean on) {
        DatagramOptions changed = new DatagramOptions(this);
        changed.reusePort = on;
        return changed;
    }

    /// Returns these options with sending to broadcast addresses allowed or not; not if not set.
    /// asyncio: `allow_broadcast`.
    public DatagramOptions broadcast(boolean allowed) {
        DatagramOptions changed = new DatagramOptions(this);
        changed.broadcast = allowed;
        return changed;
    }

    /// Returns these options with the number of datagrams that are held until the program receives
    /// them; 256 if not set. When there are so many, no more are read until half of them are
    /// received; the system holds some, too, and drops what comes after that.
    ///
    /// @param datagrams positive
    public DatagramOptions receiveQueue(int datagrams) {
        if (datagrams <= 0) {
            throw new IllegalArgumentException(
                    "The receive queue must hold at least one datagram, but is to hold " + datagrams);
        }
        DatagramOptions changed = new DatagramOptions(this);
        changed.receiveQueue = datagrams;
        return changed;
    }

    /// Returns these options with the high-water mark: when more bytes than this wait to be sent,
    /// [DatagramEndpoint#drain] suspends; 64 KiB if not set. A datagram counts 8 bytes more than it
    /// carries.
    ///
    /// @param bytes positive
    public DatagramOptions highWaterMark(int bytes) {
        DatagramOptions changed = new DatagramOptions(this);
        changed.limits = limits.high(bytes);
        return changed;
    }

    /// Returns these options with the hard limit: while more bytes than this wait to be sent,
    /// [DatagramEndpoint#send(byte[])] throws; 16 MiB if not set.
    ///
    /// @param bytes not below the high-water mark
    public DatagramOptions writeLimit(int bytes) {
        DatagramOptions changed = new DatagramOptions(this);
        changed.limits = limits.hard(bytes);
        return changed;
    }
}
