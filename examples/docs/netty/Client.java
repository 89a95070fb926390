// A client made of Netty's own parts runs on the loop's thread, next to a server of streams.

import static io.asyncio4j.Asyncio.*;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.asyncio4j.Future;
import io.asyncio4j.streams.NettyLoop;
import io.asyncio4j.streams.Streams;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

/// Gives what comes first to a task.
SimpleChannelInboundHandler<ByteBuf> firstInto(Future<String> answer) {
    return new SimpleChannelInboundHandler<>() {
        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
            answer.setResult(bytes.toString(UTF_8)); // on the loop: no lock, no hand-over
        }
    };
}

void main() throws IOException {
    run(() -> {
        var server = Streams.startServer(
                (reader, writer) -> writer.write("hello, " + reader.readLine()), "127.0.0.1", 0);

        Future<String> answer = createFuture();
        var connecting = new Bootstrap()
                .group(NettyLoop.of(runningLoop()))
                .channel(NettyLoop.socketChannel())
                .handler(firstInto(answer))
                .connect("127.0.0.1", server.port());
        NettyLoop.await(connecting);
        NettyLoop.await(connecting.channel().writeAndFlush(Unpooled.copiedBuffer("Netty\n", UTF_8)));
        IO.println(answer.await());

        server.close();
    });
}

// Output:
// hello, Netty
