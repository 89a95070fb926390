package io.asyncio4j.streams;

import io.asyncio4j.streams.netty.DatagramTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/// Sends and receives datagrams, UDP: each arrives whole, or not at all, in any order.
///
/// With a remote address it is connected: it sends to that peer and receives from it only, and is
/// told when nobody receives there. Without, it sends to anybody and receives from anybody.
///
/// Used by tasks and callbacks of the event loop in which it was made. asyncio: what
/// `create_datagram_endpoint` returns.
public final class DatagramEndpoint implements AutoCloseable {
    private final DatagramTransport transport;

    DatagramEndpoint(DatagramTransport transport) {
        this.transport = transport;
    }

    // ------------------------------------------------------------------ sending

    /// Takes a datagram to be sent to the remote address; it is copied. Does not suspend. asyncio:
    /// `sendto`.
    ///
    /// @throws IllegalStateException if there is no remote address, if the endpoint is closed, or
    ///     if so much is waiting to be sent that the hard limit is passed: call [#drain] after
    ///     sending
    /// @throws IllegalArgumentException if it is larger than a datagram can be
    /// @throws UnsupportedOperationException if it is empty, and the JDK's own sockets are used,
    ///     which cannot send that to a remote address
    public void send(byte[] data) {
        transport.send(data);
    }

    /// Takes a datagram to be sent to `address`.
    ///
    /// @throws IllegalArgumentException if the address is not one to send to from here, or the
    ///     datagram is larger than one can be
    public void send(byte[] data, SocketAddress address) {
        transport.send(data, address);
    }

    /// Suspends while more bytes wait to be sent than the high-water mark, until a quarter of that
    /// are left; returns at once otherwise. asyncio: `drain`, of its streams.
    ///
    /// @throws IOException if a datagram could not be sent, which is told once
    public void drain() throws IOException {
        transport.drain();
    }

    // ------------------------------------------------------------------ receiving

    /// Suspends until there is a datagram, and takes it. Several tasks may wait; each gets another
    /// one. Cancelled, it takes none. asyncio: `datagram_received`.
    ///
    /// @throws java.net.PortUnreachableException if it is connected and the peer's system says that
    ///     nobody receives there; told once, later datagrams can be received. asyncio:
    ///     `error_received`
    /// @throws SocketException if the endpoint is or becomes closed
    /// @throws IOException if the system reports another error, or, connected, a datagram could not
    ///     be sent; told once
    public Datagram receive() throws IOException {
        return transport.receive();
    }

    // ------------------------------------------------------------------ the endpoint

    /// Returns the address at which it receives, with the port that the system chose. asyncio:
    /// `get_extra_info("sockname")`.
    public InetSocketAddress localAddress() {
        return transport.localAddress();
    }

    /// Returns the address of the only peer; null if there is none such. asyncio:
    /// `get_extra_info("peername")`.
    public @Nullable InetSocketAddress remoteAddress() {
        return transport.remoteAddress();
    }

    /// Returns whether it is closed. asyncio: `is_closing`.
    public boolean isClosed() {
        return transport.isClosed();
    }

    /// Closes the endpoint, after what was sent has been taken by the system. What was not received
    /// is dropped, and who waits to receive gets a [SocketException]. Does not suspend. Closing
    /// twice is harmless.
    @Override
    public void close() {
        transport.close();
    }

    /// Returns where it is, how many datagrams wait to be received and how many bytes to be sent.
    @Override
    public String toString() {
        return "DatagramEndpoint[" + transport + "]";
    }
}
