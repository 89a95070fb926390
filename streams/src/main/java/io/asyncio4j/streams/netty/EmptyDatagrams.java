package io.asyncio4j.streams.netty;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Sends datagrams that carry nothing, by Netty's sockets but past Netty, which takes them for
/// sent.
final class EmptyDatagrams {
    private static final AttributeKey<DatagramChannel> SOCKET = AttributeKey.valueOf(EmptyDatagrams.class, "socket");
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0).asReadOnlyBuffer();

    private EmptyDatagrams() {}

    /// Makes a channel of Netty's of which [#send] knows the socket.
    static NioDatagramChannel nioChannel(@Nullable ProtocolFamily family) {
        try {
            DatagramChannel socket = family == null ? DatagramChannel.open() : DatagramChannel.open(family);
            NioDatagramChannel channel = new NioDatagramChannel(socket);
            channel.attr(SOCKET).set(socket);
            return channel;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a datagram socket", e);
        }
    }

    /// Whether they can be sent: the JDK does nothing where there is a remote address.
    static boolean canSend(IoKind kind, boolean connected) {
        return kind != IoKind.NIO || !connected;
    }

    /// Sends an empty datagram; dropped if the system cannot take it now.
    ///
    /// @param to null if the channel is connected
    static void send(Channel channel, @Nullable InetSocketAddress to) throws IOException {
        if (channel instanceof UnixChannel unix) {
            Socket socket = new Socket(unix.fd().intValue());
            if (to == null) {
                socket.send(NOTHING, 0, 0);
            } else {
                socket.sendTo(NOTHING, 0, 0, to.getAddress(), to.getPort());
            }
            return;
        }
        Objects.requireNonNull(channel.attr(SOCKET).get()).send(NOTHING, Objects.requireNonNull(to));
    }
}
