package io.asyncio4j.streams;

import io.asyncio4j.spi.Resource;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A worker's server as a [Dealer] sees it, and the dealer as that server does: from another
/// thread, it brings connections.
final class DealtListener implements Listener, Resource {
    private final Listening listening;
    private final List<Dealer> dealers;
    private final Runnable leave;
    private final Runnable forgetLoop;

    /// How many more connections the server takes; written on its loop's own thread.
    private volatile int room;

    /// Connections that were dealt to the server and have not come to it yet.
    private final AtomicInteger underway = new AtomicInteger();

    DealtListener(Listening listening, List<Dealer> dealers, Runnable leave) {
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

    // ------------------------------------------------------------------ for a dealer, in its thread

    boolean hasRoom() {
        return room > underway.get();
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
