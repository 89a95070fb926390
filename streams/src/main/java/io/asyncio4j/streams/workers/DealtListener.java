package io.asyncio4j.streams.workers;

import io.asyncio4j.spi.Resource;
import io.asyncio4j.streams.bytes.Listener;
import io.asyncio4j.streams.netty.Binder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A worker's server as a [Dealer] sees it, and the dealer as that server does: from another
/// thread, it brings connections.
final class DealtListener implements Listener, Resource {
    private final Binder listening;
    private final List<Dealer> dealers;
    private final Runnable leave;
    private final Runnable forgetLoop;

    /// How many more connections the server takes; written on its loop's own thread.
    private volatile int room;

    /// True if another server gets all connections.
    private volatile boolean over;

    /// Connections that were dealt to the server and have not come to it yet.
    private final AtomicInteger underway = new AtomicInteger();

    DealtListener(Binder listening, List<Dealer> dealers, Runnable leave) {
        this.listening = listening;
        this.dealers = dealers;
        this.leave = leave;
        this.forgetLoop = listening.poller().loop.register(this);
    }

    // ------------------------------------------------------------------ for the server

    @Override
    public void accept(int atMost) {
        room = atMost;
        dealers.forEach(Dealer::roomChanged);
    }

    @Override
    public void close() {
        forgetLoop.run();
        leave.run();
    }

    // ------------------------------------------------------------------ for the loop

    @Override
    public String describe() {
        return "connections that are dealt to a server";
    }

    @Override
    public void loopClosed() {
        leave.run();
    }

    // ------------------------------------------------------------------ for a dealer, in its thread

    /// Has no room any longer. Completes the future returned when all connections that were dealt
    /// before are with the server, or its loop has ended.
    CompletableFuture<?> takeNoMore() {
        over = true;
        CompletableFuture<@Nullable Void> arrived = new CompletableFuture<>();
        try {
            listening.poller().netty().execute(() -> arrived.complete(null));
        } catch (RejectedExecutionException ended) {
            arrived.complete(null);
        }
        return arrived;
    }

    boolean hasRoom() {
        return !over && room > underway.get();
    }

    void deal(Channel channel) {
        underway.incrementAndGet();
        channel.pipeline().addLast(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel registered) {
                listening.accepted(registered); // on the loop's own thread
                arrived();
            }
        });
        EventLoop loop = listening.poller().netty();
        ChannelPromise registration = new DefaultChannelPromise(channel, loop);
        channel.unsafe().register(loop, registration);
        registration.addListener(registered -> {
            if (!registered.isSuccess()) {
                channel.unsafe().closeForcibly(); // the loop has ended meanwhile
                arrived();
            }
        });
    }

    private void arrived() {
        underway.decrementAndGet();
        dealers.forEach(Dealer::roomChanged);
    }

    /// Tells the program, in the server's loop, that connections cannot be accepted.
    void acceptFailed(Throwable cause) {
        listening.poller().loop.post(() -> listening.acceptFailed(cause));
    }
}
