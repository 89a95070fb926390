import org.jspecify.annotations.NullMarked;

/// Streams for asyncio4j: TCP, TLS and Unix sockets, datagrams and subprocesses on the event loop.
@NullMarked
@SuppressWarnings("module") // testing, to which a package is exported, is built after this
module io.asyncio4j.streams {
    requires transitive io.asyncio4j;
    requires static transitive org.jspecify;
    requires io.netty.buffer;
    requires io.netty.handler;
    // Only for NettyLoop, which lends the loop to other libraries that use Netty.
    requires transitive io.netty.common;
    requires transitive io.netty.transport;
    requires io.netty.transport.unix.common;
    // Native transports, used where they are present.
    requires static io.netty.transport.classes.epoll;
    requires static io.netty.transport.classes.io_uring;

    exports io.asyncio4j.streams;

    // For a network in memory, and for protocols that read without a task.
    exports io.asyncio4j.streams.spi to
            io.asyncio4j.testing,
            io.asyncio4j.web;
}
