package io.asyncio4j.streams.netty;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Done;
import io.asyncio4j.Future;
import io.asyncio4j.ReturnWhen;
import io.asyncio4j.Task;
import io.asyncio4j.streams.bytes.ConnectSettings;
import io.asyncio4j.streams.bytes.ConnectionErrors;
import io.asyncio4j.streams.bytes.ConnectionTransport;
import io.asyncio4j.streams.bytes.Encryption;
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
public final class Connector {
    private final NettyPoller poller = NettyPoller.current();
    private final String target;
    private final ConnectSettings settings;

    private Connector(String target, ConnectSettings settings) {
        this.target = target;
        this.settings = settings;
    }

    public static ConnectionTransport toHost(String host, int port, ConnectSettings settings) throws IOException {
        return toHost(host, () -> Resolver.resolve(host), port, settings);
    }

    /// Connects to a host whose addresses are known.
    public static ConnectionTransport toAddresses(
            String host, List<InetAddress> addresses, int port, ConnectSettings settings) throws IOException {
        return toHost(host, () -> addresses, port, settings);
    }

    private static ConnectionTransport toHost(String host, Lookup lookup, int port, ConnectSettings settings)
            throws IOException {
        Connector connecting = new Connector(host + ":" + port, settings);
        return settings.openInTime(connecting.target, () -> {
            Deque<SocketAddress> addresses = new ArrayDeque<>();
            for (InetAddress address : Resolver.interleaved(lookup.addresses())) {
                addresses.add(new InetSocketAddress(address, port));
            }
            return connecting.race(addresses, settings.serverName() == null ? host : settings.serverName());
        });
    }

    private interface Lookup {
        List<InetAddress> addresses() throws IOException;
    }

    public static ConnectionTransport toPath(Path path, ConnectSettings settings) throws IOException {
        Connector connecting = new Connector(path.toString(), settings);
        if (settings.tls() != null && settings.serverName() == null) {
            throw new IllegalArgumentException("Cannot use TLS on " + path
                    + " without a name that the server must prove to have; set ConnectionOptions.serverName");
        }
        if (UnixPath.isTooLong(path)) {
            throw new SocketException("Cannot connect to " + path + ": " + UnixPath.whyTooLong(path));
        }
        try (UnixPath reachable = UnixPath.toConnectTo(path, connecting.poller.kind)) {
            SocketAddress address = connecting.poller.kind.unixAddress(reachable.path);
            return settings.openInTime(connecting.target, () -> connecting.attempt(address, settings.serverName()));
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
                Asyncio.waitAll(running, last ? null : settings.happyEyeballsDelay(), ReturnWhen.FIRST_COMPLETED);
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
        SocketTransport transport =
                new SocketTransport(poller, settings.limits(), ConnectionTransport.Opening.settling(connected));
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
                throw ConnectionErrors.here(failure);
            }
            throw thrown;
        }
    }

    private void failed(Future<ConnectionTransport> connected, Throwable cause, SocketAddress address) {
        if (!connected.isDone()) {
            connected.setException(ConnectionErrors.ofConnecting(cause, target, address, settings.localAddress()));
        }
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
                        if (settings.tls() != null) {
                            settings.tls().addTo(channel, serverName, address, Encryption.HANDSHAKE_TIMEOUT);
                        }
                        channel.pipeline().addLast(transport.handler());
                    }
                });
        if (tcp) {
            bootstrap.option(ChannelOption.TCP_NODELAY, settings.noDelay());
            bootstrap.option(ChannelOption.SO_KEEPALIVE, settings.keepAlive());
        }
        if (settings.localAddress() != null) {
            bootstrap.localAddress(settings.localAddress());
            bootstrap.option(ChannelOption.SO_REUSEADDR, true);
        }
        return bootstrap;
    }
}
