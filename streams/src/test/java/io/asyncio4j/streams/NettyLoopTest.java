package io.asyncio4j.streams;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.CancelledError;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Task;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class NettyLoopTest {
    private static final int HEADER = 12;

    /// Answers every question with 10.1.2.3, but those for names that begin with `no`.
    private static void serveNames(DatagramEndpoint server) throws IOException {
        while (true) {
            Datagram question = server.receive();
            server.send(answer(question.data()), question.sender());
        }
    }

    private static byte[] answer(byte[] question) {
        int end = HEADER;
        while (question[end] != 0) {
            end += question[end] + 1;
        }
        end += 5; // the root, type and class
        boolean known = question[HEADER + 1] != 'n' || question[HEADER + 2] != 'o';
        boolean ipv4 = question[end - 3] == 1;
        ByteBuffer answer = ByteBuffer.allocate(end + 16)
                .put(question, 0, 2) // the identifier
                .putShort((short) (known ? 0x8180 : 0x8183))
                .putShort((short) 1)
                .putShort((short) (known && ipv4 ? 1 : 0))
                .putInt(0)
                .put(question, HEADER, end - HEADER);
        if (known && ipv4) {
            answer.putShort((short) 0xC00C) // the name in the question
                    .putInt(0x0001_0001)
                    .putInt(60)
                    .putShort((short) 4)
                    .put(new byte[] {10, 1, 2, 3});
        }
        byte[] bytes = new byte[answer.position()];
        answer.flip().get(bytes);
        return bytes;
    }

    private static DnsNameResolver resolver(InetSocketAddress server) {
        return new DnsNameResolverBuilder(NettyLoop.of(runningLoop()).next())
                .datagramChannelType(NettyLoop.datagramChannel())
                .nameServerProvider(new SequentialDnsServerAddressStreamProvider(server))
                .queryTimeoutMillis(300_000)
                .build();
    }

    private static Thread ownThread() {
        var thread = runningLoop().<Thread>createFuture();
        runningLoop().callSoon(() -> thread.setResult(Thread.currentThread()));
        return thread.await();
    }

    // ------------------------------------------------------------------ a client of Netty's

    @Test
    void nettysResolverRunsOnTheLoopsOwnThread() throws IOException {
        run(() -> {
            try (DatagramEndpoint server = Streams.openDatagram(DatagramTest.LOOPBACK, null);
                    DnsNameResolver resolver = resolver(server.localAddress())) {
                Task<?> serving = createTask(() -> serveNames(server));
                Set<Thread> threads = new LinkedHashSet<>();

                var resolving = resolver.resolve("example.test");
                resolving.addListener(_ -> threads.add(Thread.currentThread()));
                InetAddress address = NettyLoop.await(resolving);

                assertThat(address.getHostAddress()).isEqualTo("10.1.2.3");
                assertThat(threads).containsExactly(ownThread());
                serving.cancel();
            }
        });
    }

    @Test
    void aFailureOfTheClientIsThrownAsItIs() throws IOException {
        run(() -> {
            try (DatagramEndpoint server = Streams.openDatagram(DatagramTest.LOOPBACK, null);
                    DnsNameResolver resolver = resolver(server.localAddress())) {
                Task<?> serving = createTask(() -> serveNames(server));
                assertThatThrownBy(() -> NettyLoop.await(resolver.resolve("nobody.test")))
                        .isInstanceOf(UnknownHostException.class);
                serving.cancel();
            }
        });
    }

    @Test
    void tasksGoOnWhileTheClientWaits() throws IOException {
        run(() -> {
            try (DatagramEndpoint silent = Streams.openDatagram(DatagramTest.LOOPBACK, null);
                    DnsNameResolver resolver = resolver(silent.localAddress())) {
                Task<InetAddress> resolving = createTask(() -> NettyLoop.await(resolver.resolve("slow.test")));
                Datagram question = silent.receive(); // in the loop that the resolver waits in, too
                silent.send(answer(question.data()), question.sender());
                Datagram another = silent.receive();
                silent.send(answer(another.data()), another.sender());
                assertThat(resolving.await().getHostAddress()).isEqualTo("10.1.2.3");
            }
        });
    }

    // ------------------------------------------------------------------ channels of both kinds

    @Test
    void channelsOfTheLentLoopTalkToStreams() throws IOException {
        run(() -> {
            EventLoopGroup group = NettyLoop.of(runningLoop());
            Set<Thread> threads = new LinkedHashSet<>();
            ChannelHandler echo = new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext context, Object message) {
                    threads.add(Thread.currentThread());
                    var _ = context.writeAndFlush(message);
                }

                @Override
                public boolean isSharable() {
                    return true;
                }
            };
            ChannelFuture binding = new ServerBootstrap()
                    .group(group)
                    .channel(NettyLoop.serverSocketChannel())
                    .childHandler(echo)
                    .bind(DatagramTest.LOOPBACK);
            NettyLoop.await(binding);
            int port = ((InetSocketAddress) binding.channel().localAddress()).getPort();

            try (Connection connection = Streams.openConnection("127.0.0.1", port)) {
                connection.writer().write("hello\n");
                assertThat(connection.reader().readLine()).isEqualTo("hello");
            }
            assertThat(threads).containsExactly(ownThread());
            NettyLoop.await(binding.channel().close());
        });
    }

    @Test
    void aChannelOfTheLentLoopIsClosedWithTheEventLoop() {
        Channel channel = run(() -> {
            Bootstrap bootstrap = new Bootstrap()
                    .group(NettyLoop.of(runningLoop()))
                    .channel(NettyLoop.datagramChannel())
                    .handler(new ChannelInboundHandlerAdapter());
            ChannelFuture binding = bootstrap.bind(DatagramTest.LOOPBACK);
            NettyLoop.await(binding);
            return binding.channel();
        });
        assertThat(channel.isOpen()).isFalse();
    }

    // ------------------------------------------------------------------ lent, not given away

    @Test
    void aLibraryCannotEndTheLoop() throws IOException {
        run(() -> {
            EventLoopGroup group = NettyLoop.of(runningLoop());
            NettyLoop.await(group.shutdownGracefully());
            NettyLoop.await(group.next().shutdownGracefully(0, 0, TimeUnit.SECONDS));
            assertThat(group.isShuttingDown()).isFalse();
            try (DatagramEndpoint endpoint = Streams.openDatagram(DatagramTest.LOOPBACK, null)) {
                endpoint.send("x".getBytes(StandardCharsets.UTF_8), endpoint.localAddress());
                assertThat(endpoint.receive().data()).hasSize(1);
            }
            assertThat(NettyLoop.<String>await(group.submit(() -> "works"))).isEqualTo("works");
        });
    }

    @Test
    void nettysTimersRunWhileTheLoopSleeps() {
        run(() -> {
            EventLoopGroup group = NettyLoop.of(runningLoop());
            Thread ran = NettyLoop.await(group.next().schedule(Thread::currentThread, 5, TimeUnit.MILLISECONDS));
            assertThat(ran).isSameAs(ownThread());
        });
    }

    @Test
    void theLoopIsLentByItsOwnTasksOnly() {
        EventLoop other = EventLoop.create();
        run(() -> {
            assertThatThrownBy(() -> NettyLoop.of(other))
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("Cannot lend EventLoop[running=false, closed=false, tasks=0] to Netty from a task of"
                            + " another event loop; call NettyLoop.of(...) in a task of that one");
        });
        other.close();
        assertThatThrownBy(() -> NettyLoop.of(other)).isInstanceOf(IllegalStateException.class);
    }

    // ------------------------------------------------------------------ await

    @Test
    void aFutureOfAnotherThreadIsAwaited() {
        run(() -> {
            Promise<String> promise = GlobalEventExecutor.INSTANCE.newPromise();
            Task<String> waiting = createTask(() -> NettyLoop.await(promise));
            sleep(Duration.ZERO);
            GlobalEventExecutor.INSTANCE.execute(() -> promise.setSuccess("done"));
            assertThat(waiting.await()).isEqualTo("done");
            assertThat(NettyLoop.<String>await(promise)).isEqualTo("done");
        });
    }

    @Test
    void cancellingTheTaskCancelsTheFuture() {
        run(() -> {
            Promise<String> promise = GlobalEventExecutor.INSTANCE.newPromise();
            Task<String> waiting = createTask(() -> NettyLoop.await(promise));
            sleep(Duration.ZERO);
            waiting.cancel();
            assertThatThrownBy(waiting::await).isInstanceOf(CancelledError.class);
            assertThat(promise.isCancelled()).isTrue();
        });
    }

    @Test
    void aCancelledFutureCancelsWhoWaits() {
        run(() -> {
            Promise<ByteBuf> promise = GlobalEventExecutor.INSTANCE.newPromise();
            promise.cancel(false);
            assertThatThrownBy(() -> NettyLoop.await(promise)).isInstanceOf(CancelledError.class);
        });
    }
}
