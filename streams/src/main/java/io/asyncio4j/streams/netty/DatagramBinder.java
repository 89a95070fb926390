package io.asyncio4j.streams.netty;

import io.asyncio4j.Future;
import io.asyncio4j.streams.bytes.ConnectionErrors;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.SocketProtocolFamily;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Opens a datagram transport.
///
/// A specific address decides between IPv4 and IPv6; an endpoint that has none serves both, if the
/// machine does, as a server on all addresses does.
public final class DatagramBinder {
    /// No datagram is larger, so none is cut off.
    private static final int LARGEST = 65_536;

    private static final int READ_AT_ONCE = 16;

    private DatagramBinder() {}

    public static DatagramTransport open(
            @Nullable SocketAddress local, @Nullable SocketAddress remote, DatagramSettings settings)
            throws IOException {
        InetSocketAddress from = resolved(local, null);
        InetSocketAddress to = resolved(remote, from);
        if (to != null && (to.getPort() == 0 || to.getAddress().isAnyLocalAddress())) {
            throw new IllegalArgumentException("The remote address must be one to send to, but is " + to);
        }
        SocketProtocolFamily family = family(from, to);
        NettyPoller poller = NettyPoller.current();
        DatagramTransport transport = new DatagramTransport(poller, settings, family, to);
        Future<@Nullable Void> opened = poller.loop.createFuture(() -> "a datagram endpoint, being opened");
        poller.execute(
                () -> {
                    ChannelFuture opening = begin(bootstrap(poller, settings, family, transport), from, to);
                    poller.whenOpened(opening, () -> {
                        if (opened.isDone()) {
                            opening.channel().close();
                        } else if (opening.isSuccess()) {
                            opened.setResult(null);
                        } else {
                            opened.setException(failure(Objects.requireNonNull(opening.cause()), from, to));
                        }
                    });
                },
                thrown -> {
                    if (!opened.isDone()) {
                        opened.setException(failure(thrown, from, to));
                    }
                });
        try {
            opened.await();
        } catch (Throwable thrown) {
            if (thrown instanceof IOException failure) {
                throw ConnectionErrors.here(failure);
            }
            throw thrown;
        }
        transport.mustBeClosed();
        return transport;
    }

    private static ChannelFuture begin(
            Bootstrap bootstrap, @Nullable InetSocketAddress from, @Nullable InetSocketAddress to) {
        if (to == null) {
            return bootstrap.bind(from == null ? new InetSocketAddress(0) : from);
        }
        return from == null ? bootstrap.connect(to) : bootstrap.connect(to, from);
    }

    private static Bootstrap bootstrap(
            NettyPoller poller,
            DatagramSettings settings,
            @Nullable SocketProtocolFamily family,
            DatagramTransport transport) {
        boolean connected = transport.remoteAddress() != null;
        int atOnce = Math.min(READ_AT_ONCE, settings.receiveQueue());
        // Two, or Netty has no use for the size of one.
        int room = poller.kind == IoKind.EPOLL && connected ? 2 * LARGEST : LARGEST;
        Bootstrap bootstrap = new Bootstrap()
                .group(poller.netty())
                .channelFactory(poller.kind.datagrams(family))
                .disableResolver()
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(room).maxMessagesPerRead(atOnce))
                .option(ChannelOption.SO_BROADCAST, settings.broadcast())
                .handler(transport.handler());
        if (poller.kind == IoKind.EPOLL && connected) {
            // Or Netty takes an empty datagram for the end of what there is.
            bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, LARGEST);
        }
        if (settings.reusePort()) {
            bootstrap.option(poller.kind.reusePort(), true);
        }
        return bootstrap;
    }

    private static IOException failure(
            Throwable cause, @Nullable InetSocketAddress from, @Nullable InetSocketAddress to) {
        if (to == null || cause instanceof java.net.BindException || isAboutBinding(cause)) {
            return ConnectionErrors.ofListening(cause, from == null ? new InetSocketAddress(0) : from);
        }
        return ConnectionErrors.ofConnecting(cause, to.toString(), to, from);
    }

    private static boolean isAboutBinding(Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        return text.contains("bind") || text.contains("in use");
    }

    // ------------------------------------------------------------------ addresses

    /// Returns an address of the Internet, looked up if it is a name; suspends.
    ///
    /// @param beside an address whose family is preferred
    private static @Nullable InetSocketAddress resolved(
            @Nullable SocketAddress address, @Nullable InetSocketAddress beside) throws UnknownHostException {
        if (address == null) {
            return null;
        }
        if (!(address instanceof InetSocketAddress inet)) {
            throw new IllegalArgumentException("Datagrams need addresses of the Internet, not " + address);
        }
        if (!inet.isUnresolved()) {
            return inet;
        }
        InetAddress chosen = null;
        for (InetAddress candidate : Resolver.resolve(inet.getHostString())) {
            boolean fits = beside == null || isWildcard(beside) || isIpv4(candidate) == isIpv4(beside.getAddress());
            if (chosen == null && fits) {
                chosen = candidate;
            }
        }
        if (chosen == null) {
            throw new UnknownHostException("The host name '" + inet.getHostString()
                    + "' has no address of the same family as " + beside + ", the local address");
        }
        return new InetSocketAddress(chosen, inet.getPort());
    }

    private static @Nullable SocketProtocolFamily family(
            @Nullable InetSocketAddress from, @Nullable InetSocketAddress to) {
        InetSocketAddress decisive = from == null || isWildcard(from) ? to : from;
        if (decisive == null) {
            return null;
        }
        boolean ipv4 = isIpv4(decisive.getAddress());
        if (to != null && ipv4 != isIpv4(to.getAddress())) {
            throw new IllegalArgumentException("The local address " + from + " and the remote address " + to
                    + " must both be IPv4 or both IPv6; use null for the local address to have it chosen");
        }
        return ipv4 ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
    }

    private static boolean isWildcard(InetSocketAddress address) {
        return address.getAddress().isAnyLocalAddress();
    }

    private static boolean isIpv4(InetAddress address) {
        return address instanceof Inet4Address;
    }
}
