package io.asyncio4j.streams.netty;

import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import io.asyncio4j.spi.Awaited;
import io.asyncio4j.spi.Resource;
import io.asyncio4j.streams.bytes.Acceptor;
import io.asyncio4j.streams.bytes.Addresses;
import io.asyncio4j.streams.bytes.ConnectionErrors;
import io.asyncio4j.streams.bytes.Listener;
import io.asyncio4j.streams.bytes.ServerSettings;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Opens a server's sockets, and brings it the connections that they accept.
public final class Binder {
    private final NettyPoller poller;
    private final Acceptor server;
    private final ServerSettings settings;
    private final List<Channel> channels = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final List<SocketAddress> addresses = new ArrayList<>();

    /// What connections return as their own address; null if the system knows it.
    private @Nullable SocketAddress localAs;

    /// Whether each worker of a team has a socket for the port.
    private boolean sharesPort;

    public Binder(NettyPoller poller, Acceptor server, ServerSettings settings) {
        this.poller = poller;
        this.server = server;
        this.settings = settings;
    }

    /// Listens on a Unix socket; suspends.
    public void listen(Path path) throws IOException {
        UnixSocketFile file = UnixSocketFile.prepare(path);
        prepare();
        bindTo(path, file);
        if (settings.cleanUpSocket()) {
            channels.getFirst().closeFuture().addListener(_ -> file.delete());
        }
        opened();
    }

    private void bindTo(Path path, UnixSocketFile file) throws IOException {
        Path temporary = file.temporary();
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
        boolean bound = false;
        try (UnixPath bindable = UnixPath.toBindTo(temporary, poller.kind)) {
            bind(poller.kind.unixAddress(bindable.path), poller.kind.unixServers(), address);
            file.bound(temporary);
            addresses.set(0, address);
            localAs = address;
            bound = true;
        } finally {
            if (!bound) {
                closeAll();
            }
        }
    }

    /// Listens on all addresses of a host; suspends.
    ///
    /// @param sharing the way to do so together with other servers; null to do it alone
    public void listen(@Nullable String host, int port, @Nullable PortSharing sharing) throws IOException {
        prepare();
        List<InetSocketAddress> wanted = new ArrayList<>();
        if (host == null) {
            wanted.add(new InetSocketAddress(port));
        } else {
            for (InetAddress address : Resolver.resolve(host)) {
                wanted.add(new InetSocketAddress(address, port));
            }
        }
        if (sharing == null) {
            bindAll(wanted, port, false);
        } else {
            sharing.listen(this, host, wanted);
        }
        opened();
    }

    /// Binds to all addresses of a host, with the port that the system chose for the first if it is
    /// 0; suspends.
    ///
    /// @return the port
    public int bindAll(List<InetSocketAddress> wanted, int port, boolean shared) throws IOException {
        sharesPort = shared;
        boolean complete = false;
        int chosen = port;
        try {
            for (InetSocketAddress address : wanted) {
                InetSocketAddress at =
                        address.getPort() == chosen ? address : new InetSocketAddress(address.getAddress(), chosen);
                bind(at, poller.kind.servers(), at);
                chosen = ((InetSocketAddress) addresses.getFirst()).getPort();
            }
            complete = true;
        } finally {
            if (!complete) {
                closeAll();
            }
        }
        return chosen;
    }

    private void closeAll() {
        List<Channel> open = List.copyOf(channels);
        poller.execute(() -> open.forEach(Channel::close));
    }

    // ------------------------------------------------------------------ together with other workers

    public NettyPoller poller() {
        return poller;
    }

    public ServerSettings settings() {
        return settings;
    }

    public void add(Listener listener) {
        listeners.add(listener);
    }

    public void add(SocketAddress address) {
        addresses.add(address);
    }

    /// A connection was accepted for the server, in its loop.
    public void accepted(Channel channel) {
        if (server.isClosed()) {
            channel.close(); // it was on its way here
            return;
        }
        if (settings.tls() != null) {
            settings.tls().addTo(channel, null, null, settings.handshakeTimeout());
        }
        SocketTransport client = new SocketTransport(poller, settings.limits(), server.whenReady());
        if (localAs != null) {
            client.calledLocally(localAs);
        }
        server.add(client);
        channel.pipeline().addLast(client.handler());
    }

    public void acceptFailed(Throwable cause) {
        poller.loop.report(new EventLoop.ExceptionContext(server + " cannot accept a connection", cause, null, null));
    }

    // ------------------------------------------------------------------ sockets

    private void prepare() throws IOException {
        if (settings.tls() != null) {
            settings.tls().prepareInThread();
        }
    }

    private void opened() {
        server.opened(listeners, addresses);
    }

    /// Binds to an address; suspends.
    ///
    /// @param shown what to call the address in messages
    private void bind(SocketAddress address, ChannelFactory<? extends ServerChannel> factory, SocketAddress shown)
            throws IOException {
        Future<Channel> bound = poller.loop.createFuture(new Bind(shown));
        ListeningSocket listener = new ListeningSocket(poller, this::acceptFailed);
        poller.execute(
                () -> {
                    ChannelFuture binding =
                            bootstrap(address, factory, listener).bind(address);
                    poller.whenOpened(binding, () -> settle(bound, binding, shown));
                },
                thrown -> settleFailed(bound, thrown, shown));
        try {
            bound.await();
        } finally {
            // Also if cancelled when it was bound: listen() closes what it finds here.
            if (bound.isDone() && !bound.isCancelled() && bound.exception() == null) {
                channels.add(bound.result());
            }
        }
        Channel channel = bound.result();
        listeners.add(listener);
        addresses.add(Objects.requireNonNull(Addresses.of(channel.localAddress())));
    }

    /// A socket that is about to listen.
    public record Bind(SocketAddress address) implements Awaited, Resource {
        @Override
        public String name() {
            return "a socket that listens on " + Addresses.text(address);
        }

        @Override
        public String describe() {
            return name();
        }
    }

    /// Completes `bound` with what a socket has become; closes it if nobody waits any longer.
    public static void settle(Future<Channel> bound, ChannelFuture binding, SocketAddress address) {
        if (bound.isDone()) {
            binding.channel().close();
        } else if (binding.isSuccess()) {
            bound.setResult(binding.channel());
        } else {
            settleFailed(bound, Objects.requireNonNull(binding.cause()), address);
        }
    }

    private static void settleFailed(Future<Channel> bound, Throwable cause, SocketAddress address) {
        if (!bound.isDone()) {
            bound.setException(ConnectionErrors.ofListening(cause, address));
        }
    }

    private ServerBootstrap bootstrap(
            SocketAddress address, ChannelFactory<? extends ServerChannel> factory, ListeningSocket listener) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(poller.netty())
                .channelFactory(factory)
                .option(ChannelOption.SO_BACKLOG, settings.backlog())
                .option(ChannelOption.AUTO_READ, settings.startServing())
                .childOption(ChannelOption.AUTO_READ, true)
                .handler(listener)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accepted(channel);
                    }
                });
        if (settings.maxConnections() < Integer.MAX_VALUE) {
            // Or Netty accepts several before the first one counts.
            bootstrap.option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(1).maxMessagesPerRead(1));
        }
        if (address instanceof InetSocketAddress) {
            bootstrap
                    .option(ChannelOption.SO_REUSEADDR, settings.reuseAddress())
                    .childOption(ChannelOption.TCP_NODELAY, settings.noDelay())
                    .childOption(ChannelOption.SO_KEEPALIVE, settings.keepAlive());
            if (settings.reusePort() || sharesPort) {
                bootstrap.option(poller.kind.reusePort(), true);
            }
        }
        return bootstrap;
    }
}
