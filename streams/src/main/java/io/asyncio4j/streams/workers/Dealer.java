package io.asyncio4j.streams.workers;

import io.asyncio4j.Future;
import io.asyncio4j.streams.bytes.ServerSettings;
import io.asyncio4j.streams.netty.AcceptPause;
import io.asyncio4j.streams.netty.Binder;
import io.asyncio4j.streams.netty.IoKind;
import io.asyncio4j.streams.netty.NettyPoller;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A listening socket that belongs to no worker: it deals the connections it accepts to the servers
/// of all, in turn, as far as they take any.
///
/// Its methods may be called by any thread; Netty's are, by the acceptor's.
final class Dealer extends ChannelInboundHandlerAdapter {
    private final ServerSettings settings;
    private final boolean newestAlone;
    private final List<DealtListener> listeners = new CopyOnWriteArrayList<>();

    private @Nullable Channel channel;

    /// Whose turn it is; used in the acceptor's thread.
    private int turn;

    /// Whether none can be accepted for now; used in the acceptor's thread.
    private boolean pausing;

    /// Whether nothing is accepted until a server has room. Set before a last look for room, and
    /// read after room was made, so that one of the two is noticed.
    private volatile boolean resting = true;

    /// @param newestAlone whether the server that was added last gets all
    private Dealer(ServerSettings settings, boolean newestAlone) {
        this.settings = settings;
        this.newestAlone = newestAlone;
    }

    /// Has a thread of the team accept connections for all its workers; suspends.
    ///
    /// @param server the first of them
    static Dealer open(Binder server, InetSocketAddress address, SharedPorts ports) throws IOException {
        NettyPoller poller = server.poller();
        Dealer dealer = new Dealer(server.settings(), ports.keeping);
        Binder.Bind awaited = new Binder.Bind(address);
        Future<Channel> bound = poller.loop.createFuture(awaited);
        ChannelFuture binding = dealer.bind(ports.acceptor(poller.kind), poller.kind, address);
        binding.addListener(_ -> {
            if (!poller.loop.post(() -> Binder.settle(bound, binding, address))) {
                binding.channel().close();
            }
        });
        Runnable over = poller.loop.register(awaited);
        try {
            dealer.channel = bound.await();
        } finally {
            over.run();
        }
        return dealer;
    }

    private ChannelFuture bind(EventLoopGroup acceptor, IoKind kind, InetSocketAddress address) {
        Bootstrap bootstrap = new Bootstrap()
                .group(acceptor)
                .channelFactory(kind.servers())
                .option(ChannelOption.SO_BACKLOG, settings.backlog())
                .option(ChannelOption.SO_REUSEADDR, settings.reuseAddress())
                .option(ChannelOption.AUTO_READ, false)
                .handler(this);
        if (settings.maxConnections() < Integer.MAX_VALUE) {
            // Or Netty accepts several before the first one counts.
            bootstrap.option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(1).maxMessagesPerRead(1));
        }
        return bootstrap.bind(address);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) channel().localAddress();
    }

    private Channel channel() {
        return Objects.requireNonNull(channel);
    }

    // ------------------------------------------------------------------ who listens

    void add(DealtListener listener) {
        if (newestAlone) {
            listeners.addFirst(listener);
        } else {
            listeners.add(listener);
        }
        roomChanged();
    }

    /// Deals to the newest server alone from now on. Completes the future returned when the
    /// connections that were accepted for others have come to them.
    CompletableFuture<@Nullable Void> handOver() {
        CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
        channel().eventLoop().execute(() -> {
            List<CompletableFuture<?>> earlier = new ArrayList<>();
            for (DealtListener listener : listeners.stream().skip(1).toList()) {
                earlier.add(listener.takeNoMore());
            }
            restIfFull();
            CompletableFuture<?> _ = CompletableFuture.allOf(earlier.toArray(CompletableFuture[]::new))
                    .whenComplete((_, _) -> over.complete(null));
        });
        return over;
    }

    void remove(DealtListener listener) {
        listeners.remove(listener);
        channel().eventLoop().execute(this::restIfFull);
    }

    /// Ends it; completes the future returned when the port is free.
    CompletableFuture<@Nullable Void> close() {
        CompletableFuture<@Nullable Void> free = new CompletableFuture<>();
        // The JDK's socket is open until its selector has run once more.
        channel()
                .close()
                .addListener(_ -> channel().eventLoop().schedule(() -> free.complete(null), 1, TimeUnit.MILLISECONDS));
        return free;
    }

    /// A server takes connections again, perhaps.
    void roomChanged() {
        if (resting && hasRoom()) {
            channel().eventLoop().execute(this::resume);
        }
    }

    private boolean hasRoom() {
        for (DealtListener listener : listeners) {
            if (listener.hasRoom()) {
                return true;
            }
        }
        return false;
    }

    // ------------------------------------------------------------------ in the acceptor's thread

    private void resume() {
        if (hasRoom() && channel().isOpen() && !pausing) {
            resting = false;
            channel().config().setAutoRead(true);
        }
    }

    private void restIfFull() {
        if (!hasRoom()) {
            channel().config().setAutoRead(false);
            resting = true;
            resume();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel accepted = (Channel) message;
        accepted.config().setOption(ChannelOption.TCP_NODELAY, settings.noDelay());
        accepted.config().setOption(ChannelOption.SO_KEEPALIVE, settings.keepAlive());
        DealtListener next = next();
        if (next == null) {
            accepted.unsafe().closeForcibly(); // all have left, and this is about to be closed
        } else {
            next.deal(accepted);
            restIfFull();
        }
    }

    /// Returns the next one that has room; if none has any longer, the next one.
    private @Nullable DealtListener next() {
        List<DealtListener> all = List.copyOf(listeners);
        if (all.isEmpty()) {
            return null;
        }
        for (int i = 0; i < all.size(); i++) {
            DealtListener candidate = all.get((turn + i) % all.size());
            if (candidate.hasRoom()) {
                turn = newestAlone ? 0 : (turn + i + 1) % all.size();
                return candidate;
            }
        }
        return all.get(turn % all.size());
    }

    /// Connections cannot be accepted, as for want of file descriptors: it tries again after a
    /// second.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (pausing) {
            return;
        }
        pausing = true;
        AcceptPause.begin(context.channel(), () -> {
            pausing = false;
            resume();
        });
        listeners.stream().findFirst().ifPresent(listener -> listener.acceptFailed(cause));
    }
}
