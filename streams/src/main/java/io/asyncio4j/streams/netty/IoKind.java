package io.asyncio4j.streams.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannelConfig;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringDomainSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerDomainSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A way to ask the operating system for I/O. The native ones need jars of their own beside Netty's
/// other ones, and are chosen where these are present, unless the system property
/// `asyncio4j.io` names one.
public enum IoKind {
    NIO {
        @Override
        @Nullable
        public Throwable unavailability() {
            return null;
        }

        @Override
        public IoHandlerFactory handlers() {
            return NioIoHandler.newFactory();
        }

        @Override
        Class<? extends IoHandler> handlerType() {
            return NioIoHandler.class;
        }

        @Override
        ChannelFactory<? extends Channel> sockets() {
            return NioSocketChannel::new;
        }

        @Override
        public ChannelFactory<? extends ServerChannel> servers() {
            return NioServerSocketChannel::new;
        }

        @Override
        ChannelFactory<? extends DatagramChannel> datagrams(@Nullable SocketProtocolFamily family) {
            return () -> EmptyDatagrams.nioChannel(family == null ? null : family.toJdkFamily());
        }

        @Override
        ChannelFactory<? extends Channel> unixSockets() {
            return NioDomainSocketChannel::new;
        }

        @Override
        ChannelFactory<? extends ServerChannel> unixServers() {
            return NioServerDomainSocketChannel::new;
        }

        @Override
        SocketAddress unixAddress(Path path) {
            return UnixDomainSocketAddress.of(path);
        }

        @Override
        ChannelOption<Boolean> reusePort() {
            return NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT);
        }
    },
    EPOLL {
        @Override
        @Nullable
        public Throwable unavailability() {
            return Epoll.unavailabilityCause();
        }

        @Override
        public IoHandlerFactory handlers() {
            IoHandlerFactory netty = EpollIoHandler.newFactory(EVENTS_AT_ONCE, DefaultSelectStrategyFactory.INSTANCE);
            return GuardedIo.around(netty, EpollGuard::new);
        }

        @Override
        Class<? extends IoHandler> handlerType() {
            return EpollIoHandler.class;
        }

        @Override
        ChannelFactory<? extends Channel> sockets() {
            return EpollSocketChannel::new;
        }

        @Override
        public ChannelFactory<? extends ServerChannel> servers() {
            return EpollServerSocketChannel::new;
        }

        @Override
        ChannelFactory<? extends DatagramChannel> datagrams(@Nullable SocketProtocolFamily family) {
            return () -> new EpollDatagramChannel(family);
        }

        @Override
        ChannelFactory<? extends Channel> unixSockets() {
            return EpollDomainSocketChannel::new;
        }

        @Override
        ChannelFactory<? extends ServerChannel> unixServers() {
            return EpollServerDomainSocketChannel::new;
        }
    },
    IO_URING {
        @Override
        @Nullable
        public Throwable unavailability() {
            return IoUring.unavailabilityCause();
        }

        @Override
        public IoHandlerFactory handlers() {
            return GuardedIo.around(IoUringIoHandler.newFactory(), UringGuard::new);
        }

        @Override
        Class<? extends IoHandler> handlerType() {
            return IoUringIoHandler.class;
        }

        @Override
        ChannelFactory<? extends Channel> sockets() {
            return IoUringSocketChannel::new;
        }

        @Override
        public ChannelFactory<? extends ServerChannel> servers() {
            return IoUringServerSocketChannel::new;
        }

        @Override
        ChannelFactory<? extends DatagramChannel> datagrams(@Nullable SocketProtocolFamily family) {
            return () -> new IoUringDatagramChannel(family);
        }

        @Override
        ChannelFactory<? extends Channel> unixSockets() {
            return IoUringDomainSocketChannel::new;
        }

        @Override
        ChannelFactory<? extends ServerChannel> unixServers() {
            return IoUringServerDomainSocketChannel::new;
        }
    };

    /// Names the kind to use, or is absent for the best there is.
    public static final String PROPERTY = "asyncio4j.io";

    /// So many connections are read from before their tasks run and answer: few enough for all they
    /// touch to stay in the processor's cache.
    private static final int EVENTS_AT_ONCE = 64;

    /// Returns the kind to use.
    ///
    /// @throws IllegalArgumentException if the property names none
    /// @throws IllegalStateException if the one it names does not work here
    public static IoKind chosen() {
        String wanted = System.getProperty(PROPERTY);
        if (wanted == null) {
            return EPOLL.isPresent() && EPOLL.unavailability() == null ? EPOLL : NIO;
        }
        IoKind kind = switch (wanted) {
            case "nio" -> NIO;
            case "epoll" -> EPOLL;
            case "io_uring" -> IO_URING;
            default ->
                throw new IllegalArgumentException(
                        "System property " + PROPERTY + " must be nio, epoll or io_uring, not '" + wanted + "'");
        };
        if (!kind.isPresent()) {
            throw new IllegalStateException("System property " + PROPERTY + " asks for " + wanted
                    + ", whose jar is missing; add io.netty:netty-transport-native-" + wanted
                    + " with the classifier of your platform");
        }
        Throwable cause = kind.unavailability();
        if (cause != null) {
            throw new IllegalStateException(
                    "System property " + PROPERTY + " asks for " + wanted + ", which does not work here: " + cause
                            + "; its jar may be missing: io.netty:netty-transport-native-" + wanted
                            + " with the classifier of your platform",
                    cause);
        }
        return kind;
    }

    /// Whether the classes for it are there; the library may be missing all the same.
    private boolean isPresent() {
        String className = switch (this) {
            case NIO -> "io.netty.channel.nio.NioIoHandler";
            case EPOLL -> "io.netty.channel.epoll.Epoll";
            case IO_URING -> "io.netty.channel.uring.IoUring";
        };
        try {
            Class.forName(className, false, IoKind.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /// Returns why this cannot be used here, or null if it can.
    public abstract @Nullable Throwable unavailability();

    public abstract IoHandlerFactory handlers();

    /// Returns which of Netty's handlers does the work.
    abstract Class<? extends IoHandler> handlerType();

    abstract ChannelFactory<? extends Channel> sockets();

    public abstract ChannelFactory<? extends ServerChannel> servers();

    /// @param family null for both, where the machine has both
    abstract ChannelFactory<? extends DatagramChannel> datagrams(@Nullable SocketProtocolFamily family);

    abstract ChannelFactory<? extends Channel> unixSockets();

    abstract ChannelFactory<? extends ServerChannel> unixServers();

    /// Returns whether Netty heeds that half-closure is allowed for a channel.
    boolean allowsHalfClosure(Channel channel) {
        return this == EPOLL || channel.config() instanceof SocketChannelConfig;
    }

    SocketAddress unixAddress(Path path) {
        return new DomainSocketAddress(path.toString());
    }

    ChannelOption<Boolean> reusePort() {
        return UnixChannelOption.SO_REUSEPORT;
    }
}
