package io.asyncio4j.streams.netty;

import io.asyncio4j.streams.bytes.Listener;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A listening socket of a server's own: a handler in its channel's pipeline.
final class ListeningSocket extends ChannelInboundHandlerAdapter implements Listener {
    private final NettyPoller poller;
    private final Consumer<Throwable> acceptFailed;

    private @Nullable Channel channel;

    /// How many more connections the server takes.
    private int room;

    /// Whether none can be accepted for now.
    private boolean paused;

    /// @param acceptFailed is told why a connection could not be accepted, once for each pause
    ListeningSocket(NettyPoller poller, Consumer<Throwable> acceptFailed) {
        this.poller = poller;
        this.acceptFailed = acceptFailed;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    @Override
    public void accept(int atMost) {
        room = atMost;
        update();
    }

    private void update() {
        channel().config().setAutoRead(room > 0 && !paused);
    }

    @Override
    public void close() {
        poller.execute(channel()::close);
    }

    private Channel channel() {
        return Objects.requireNonNull(channel);
    }

    /// A connection cannot be accepted. Netty is not told: it would log that, with classes that may
    /// not be loaded yet, and cannot be without a file descriptor.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (paused) {
            return;
        }
        paused = true;
        AcceptPause.begin(channel(), this::resume);
        acceptFailed.accept(cause);
    }

    private void resume() {
        paused = false;
        if (channel().isOpen()) {
            update();
        }
    }
}
