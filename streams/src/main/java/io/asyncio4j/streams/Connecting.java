package io.asyncio4j.streams;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Done;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import io.asyncio4j.ReturnWhen;
import io.asyncio4j.Task;
import io.asyncio4j.TimeoutException;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Opens a connection, as a client.
///
/// A host may have several addresses, of which some may not answer. They are tried one after the
/// other, the next one when the last has failed or has had its time without an answer; the first
/// that is connected is taken, the others are given up (RFC 8305, "happy eyeballs").
final class Connecting {
    private final NettyPoller poller = NettyPoller.current();
    private final String target;
    private final ConnectionOptions options;

    private Connecting(String target, ConnectionOptions options) {
        this.target = target;
        this.options = options;
    }

    static ConnectionTransport toHost(String host, int port, ConnectionOptions options) throws IOException {
        return toHost(host, () -> Resolver.resolve(host), port, options);
    }

    /// Connects to a host whose addresses are known.
    static ConnectionTransport toAddresses(String host, List<InetAddress> addresses, int port, ConnectionOptions options)
            throws IOException {
        return toHost(host, () -> addresses, port, options);
    }

    private static ConnectionTransport toHost(String host, Lookup lookup, int port, ConnectionOptions options)
            throws IOException {
        Connecting connecting = new Connecting(host + ":" + port, options);
        return withinTimeout(connecting.target, options, () -> {
            Deque<SocketAddress> addresses = new ArrayDeque<>();
            for (InetAddress address : Resolver.interleaved(lookup.addresses())) {
                addresses.add(new InetSocketAddress(address, port));
            }
            return connecting.race(addresses, options.serverName == null ? host : options.serverName);
        });
    }

    private interface Lookup {
        List<InetAddress> addresses() throws IOException;
    }

    static ConnectionTransport toPath(Path path, ConnectionOptions options) throws IOException {
        Connecting connecting = new Connecting(path.toString(), options);
        if (options.tls != null && options.serverName == null) {
            throw new IllegalArgumentException("Cannot use TLS on " + path
                    + " without a name that the server must prove to have; set ConnectionOptions.serverName");
        }
        if (UnixPath.isTooLong(path)) {
            throw new SocketException("Cannot connect to " + path + ": " + UnixPath.whyTooLong(path));
        }
        try (UnixPath reachable = UnixPath.toConnectTo(path, connecting.poller.kind)) {
            SocketAddress address = connecting.poller.kind.unixAddress(reachable.path);
            return withinTimeout(connecting.target, options, () -> connecting.attempt(address, options.serverName));
        }
    }

    /// Gets a connection; may suspend.
    interface Opening {
        ConnectionTransport open() throws IOException;
    }

    /// Returns a connection for the program, unless that takes too long.
    static ConnectionTransport withinTimeout(String target, ConnectionOptions options, Opening opening) throws IOException {
        try {
            ConnectionTransport opened = Asyncio.timeout(options.connectTimeout, () -> {
                if (options.tls != null) {
                    options.tls.prepareInThread();
                }
                return opening.open();
            });
            opened.mustBeClosed(EventLoop.access());
            return opened;
        } catch (TimeoutException expired) {
            throw Failures.withCause(
                    new SocketTimeoutException("Connecting to " + target + " took longer than " + options.connectTimeout
                            + ", the connect timeout"),
                    expired);
        }
    }

    // ------------------------------------------------------------------ several addresses

    private ConnectionTransport race(Deque<SocketAddress> addresses, String serverName) throws IOException {
        if (addresses.size() == 1) {
            return attempt(addresses.getFirst(), serverName);
        }
        List<Task<ConnectionTransport>> running = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        try {
            while (true) {
                SocketAddress next = addresses.poll();
                if (next != null) {
                    running.add(Asyncio.createTask("connect to " + next, () -> attempt(next, serverName)));
                }
                ConnectionTransport winner = firstToConnect(running, failures, addresses.isEmpty());
                if (winner != null) {
                    return winner;
                }
                if (running.isEmpty() && addresses.isEmpty()) {
                    throw allFailed(failures);
                }
            }
        } finally {
            giveUp(running);
        }
    }

    /// Waits for an attempt to end, or for the time of the last one.
    private @Nullable ConnectionTransport firstToConnect(
            List<Task<ConnectionTransport>> running, List<Throwable> failures, boolean last) {
        Done<ConnectionTransport> ended =
                Asyncio.waitAll(running, last ? null : options.happyEyeballsDelay, ReturnWhen.FIRST_COMPLETED);
        ConnectionTransport winner = null;
        for (Task<ConnectionTransport> attempt : List.copyOf(running)) {
            if (!ended.done().contains(attempt)) {
                continue;
            }
            Throwable failure = attempt.exception();
            if (failure != null) {
                failures.add(failure);
                running.remove(attempt);
            } else if (winner == null) {
                winner = attempt.result();
                running.remove(attempt);
            }
        }
        return winner;
    }

    private static void giveUp(List<Task<ConnectionTransport>> attempts) {
        for (Task<ConnectionTransport> attempt : attempts) {
            attempt.cancel();
            attempt.addDoneCallback(ended -> {
                if (!ended.isCancelled() && ended.exception() == null) {
                    ended.result().abort();
                }
            });
        }
    }

    private static IOException allFailed(List<Throwable> failures) {
        IOException first = (IOException) failures.getFirst();
        failures.stream().skip(1).forEach(first::addSuppressed);
        return first;
    }

    // ------------------------------------------------------------------ one address

    /// Connects to one address and agrees on TLS; suspends. Cancelled, it leaves nothing open.
    private ConnectionTransport attempt(SocketAddress address, @Nullable String serverName) throws IOException {
        Future<ConnectionTransport> connected = poller.loop.createFuture(() -> "a connection to " + target);
        SocketTransport transport = new SocketTransport(poller, options.limits, settling(connected));
        transport.expect(serverName);
        if (!(address instanceof InetSocketAddress)) {
            transport.calledRemotely(UnixDomainSocketAddress.of(target)); // a link may have led to it
        }
        poller.execute(
                () -> {
                    ChannelFuture opening =
                            bootstrap(transport, address, serverName).connect(address);
                    poller.whenOpened(opening, () -> {
                        if (!opening.isSuccess()) {
                            failed(connected, opening.cause(), address);
                        }
                    });
                    connected.addDoneCallback(ended -> {
                        if (ended.isCancelled()) {
                            poller.execute(() -> opening.channel().close());
                        }
                    });
                },
                thrown -> failed(connected, thrown, address));
        try {
            return connected.await();
        } catch (Throwable thrown) {
            if (connected.isDone() && !connected.isCancelled() && connected.exception() == null) {
                connected.result().abort(); // cancelled when it was there
            }
            if (thrown instanceof IOException failure) {
                throw Failures.here(failure);
            }
            throw thrown;
        }
    }

    private void failed(Future<ConnectionTransport> connected, Throwable cause, SocketAddress address) {
        if (!connected.isDone()) {
            connected.setException(Failures.ofConnecting(cause, target, address, options.localAddress));
        }
    }

    /// Returns what settles `connected`, or closes a connection that nobody wants any more.
    static ConnectionTransport.Opening settling(Future<ConnectionTransport> connected) {
        return (failure, self) -> {
            if (connected.isDone()) {
                self.abort();
            } else if (failure != null) {
                connected.setException(failure);
            } else {
                connected.setResult(self);
            }
        };
    }

    private Bootstrap bootstrap(SocketTransport transport, SocketAddress address, @Nullable String serverName) {
        boolean tcp = address instanceof InetSocketAddress;
        ChannelFactory<? extends Channel> sockets = tcp ? poller.kind.sockets() : poller.kind.unixSockets();
        Bootstrap bootstrap = new Bootstrap()
                .group(poller.netty())
                .channelFactory(sockets)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (options.tls != null) {
                            options.tls.addTo(channel, serverName, address, Tls.HANDSHAKE_TIMEOUT);
                        }
                        channel.pipeline().addLast(transport.handler());
                    }
                });
        if (tcp) {
            bootstrap.option(ChannelOption.TCP_NODELAY, options.noDelay);
            bootstrap.option(ChannelOption.SO_KEEPALIVE, options.keepAlive);
        }
        if (options.localAddress != null) {
            bootstrap.localAddress(options.localAddress);
            bootstrap.option(ChannelOption.SO_REUSEADDR, true);
        }
        return bootstrap;
    }
}
