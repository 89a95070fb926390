package io.asyncio4j.streams;

import io.asyncio4j.Asyncio;
import io.asyncio4j.EventLoop;
import io.asyncio4j.spi.Awaited;
import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.spi.Resource;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Lends an event loop to other libraries that use Netty, so that they do their I/O on its thread,
/// in turn with its tasks: no thread of their own, no data races.
///
/// ```java
/// EventLoopGroup group = NettyLoop.of(Asyncio.runningLoop());
/// Bootstrap bootstrap = new Bootstrap().group(group).channel(NettyLoop.socketChannel());
/// Channel channel = ...
/// NettyLoop.await(channel.writeAndFlush(message));
/// ```
///
/// This is the only class here that has Netty's types in its methods.
public final class NettyLoop {
    private NettyLoop() {}

    /// Returns the event loop as Netty sees it: a group of one, which is its own
    /// [next()][EventLoopGroup#next]. Its handlers and listeners run on the loop's own thread; they
    /// may complete futures and create tasks, and cannot suspend.
    ///
    /// It is lent, not given away: `shutdownGracefully` does nothing and says that it is done.
    /// It ends with the event loop, and what is open then is closed.
    ///
    /// @param loop the loop that the caller runs in
    /// @throws IllegalStateException if the caller does not run in that loop
    public static EventLoopGroup of(EventLoop loop) {
        NettyVersion.require();
        LoopAccess access = EventLoop.access();
        if (!Asyncio.runningLoop().equals(loop)) {
            throw new IllegalStateException("Cannot lend " + loop + " to Netty from a task of another event loop;"
                    + " call NettyLoop.of(...) in a task of that one");
        }
        NettyPoller poller = NettyPoller.of(access);
        return new LentLoop(poller.lend(), poller.kind);
    }

    /// Suspends until a future of Netty is done. Cancelled, this cancels it, too. Called by a task;
    /// whoever completes the future may do it in any thread.
    ///
    /// @return its value; throws what it failed with
    /// @throws io.asyncio4j.CancelledError if it was cancelled
    public static <T extends @Nullable Object> T await(Future<? extends T> future) {
        LoopAccess access = EventLoop.access();
        Foreign awaited = new Foreign(future);
        io.asyncio4j.Future<T> done = access.createFuture(awaited);
        if (future.isDone()) {
            settle(done, future);
            return done.await();
        }
        done.addDoneCallback(ended -> {
            if (ended.isCancelled()) {
                future.cancel(false);
            }
        });
        future.addListener(_ -> {
            if (access.isHeld()) {
                settle(done, future);
            } else {
                access.post(() -> settle(done, future));
            }
        });
        Runnable over = access.register(awaited);
        try {
            return done.await();
        } finally {
            over.run();
        }
    }

    /// A future that whoever has it completes, in any thread.
    private record Foreign(Future<?> future) implements Awaited, Resource {
        @Override
        public String name() {
            return "a future of Netty, " + future.getClass().getSimpleName();
        }

        @Override
        public String describe() {
            return name();
        }
    }

    private static <T extends @Nullable Object> void settle(io.asyncio4j.Future<T> done, Future<? extends T> future) {
        if (done.isDone()) {
            return;
        }
        Throwable cause = future.cause();
        if (future.isCancelled()) {
            done.cancel();
        } else if (cause != null) {
            done.setException(cause);
        } else {
            done.setResult(future.getNow());
        }
    }

    /// Returns the class of a client's TCP channels that the group works with.
    public static Class<? extends SocketChannel> socketChannel() {
        NettyVersion.require();
        return switch (IoKind.chosen()) {
            case NIO -> NioSocketChannel.class;
            case EPOLL -> EpollSocketChannel.class;
            case IO_URING -> IoUringSocketChannel.class;
        };
    }

    /// Returns the class of a server's TCP channel that the group works with.
    public static Class<? extends ServerSocketChannel> serverSocketChannel() {
        NettyVersion.require();
        return switch (IoKind.chosen()) {
            case NIO -> NioServerSocketChannel.class;
            case EPOLL -> EpollServerSocketChannel.class;
            case IO_URING -> IoUringServerSocketChannel.class;
        };
    }

    /// Returns the class of the UDP channels that the group works with.
    public static Class<? extends DatagramChannel> datagramChannel() {
        NettyVersion.require();
        return switch (IoKind.chosen()) {
            case NIO -> NioDatagramChannel.class;
            case EPOLL -> EpollDatagramChannel.class;
            case IO_URING -> IoUringDatagramChannel.class;
        };
    }
}
