package io.asyncio4j.benchmarks.echo;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;

/// Echoes on plain Netty, with one event loop: `NettyEcho PORT nio|epoll|io_uring`.
final class NettyEcho {
    private NettyEcho() {}

    private record Transport(IoHandlerFactory handlers, Class<? extends ServerChannel> servers) {
        static Transport named(String name) {
            return switch (name) {
                case "nio" -> new Transport(NioIoHandler.newFactory(), NioServerSocketChannel.class);
                case "epoll" -> new Transport(EpollIoHandler.newFactory(), EpollServerSocketChannel.class);
                case "io_uring" -> new Transport(IoUringIoHandler.newFactory(), IoUringServerSocketChannel.class);
                default -> throw new IllegalArgumentException("No such transport: " + name);
            };
        }
    }

    /// Runs it.
    public static void main(String[] arguments) throws InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        Transport transport = Transport.named(arguments[1]);
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, transport.handlers());
        var server = new ServerBootstrap()
                .group(loop)
                .channel(transport.servers())
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new Echo());
                    }
                })
                .bind("127.0.0.1", port)
                .sync();
        IO.println("listening " + port);
        server.channel().closeFuture().sync();
    }

    /// Answers with what it has read, and does not read on while the peer is too slow to take it.
    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            var _ = context.write(message, context.voidPromise()); // a failure goes to exceptionCaught
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            context.channel().config().setAutoRead(context.channel().isWritable());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close();
        }
    }
}
