package io.asyncio4j.streams.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;

/// The peer's farewell (`close_notify`), which a connection under TLS waits for when it is closed.
///
/// A socket that is closed while something has come in that nobody has read resets the connection,
/// and the peer loses what it has not read. Such are the tickets that a server sends after the
/// handshake. A close that waits for the farewell has read them.
public final class Farewell {
    private static final long LIMIT_MILLIS = 5_000;

    private static volatile long limitMillis = LIMIT_MILLIS;

    private Farewell() {}

    /// Sets another limit; returns the one before. For tests, so that nothing depends on how fast
    /// the machine is.
    public static long limit(long millis) {
        long before = limitMillis;
        limitMillis = millis;
        return before;
    }

    /// Makes a close wait for the farewell, for a limited time. A peer with whom TLS was not agreed
    /// on says none.
    static void expectOf(SslHandler tls) {
        tls.handshakeFuture().addListener(shaken -> {
            if (shaken.isSuccess()) {
                tls.setCloseNotifyReadTimeoutMillis(limitMillis);
            }
        });
    }

    /// Makes a close wait no longer, since there will be no farewell. Ends a close that waits
    /// already, once its own farewell is sent.
    static void giveUp(Channel channel) {
        ChannelHandlerContext context = channel.pipeline().context(SslHandler.class);
        if (context == null) {
            return;
        }
        SslHandler tls = (SslHandler) context.handler();
        tls.setCloseNotifyReadTimeoutMillis(0);
        if (tls.engine().isOutboundDone() && channel.isActive()) {
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> context.close());
        }
    }
}
