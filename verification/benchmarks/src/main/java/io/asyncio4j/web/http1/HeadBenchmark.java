package io.asyncio4j.web.http1;

import io.asyncio4j.streams.spi.Incoming;
import io.asyncio4j.web.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The cost of reading the head of a GET with eight headers: with our parser, which checks it,
/// and with Netty's decoder, in a channel that does nothing else. In the package of the parser,
/// which is not public.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class HeadBenchmark {
    private static final byte[] HEAD = """
        GET /items/7?q=in%20stock HTTP/1.1\r
        host: www.example.com\r
        user-agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r
        accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r
        accept-language: en-US,en;q=0.5\r
        accept-encoding: gzip, deflate, br\r
        cookie: session=0123456789abcdef; theme=dark\r
        referer: http://www.example.com/items\r
        connection: keep-alive\r
        \r
        """.getBytes(StandardCharsets.US_ASCII);

    private final HeadParser parser = new HeadParser(Limits.defaults(), "http");
    private final Again again = new Again();
    private final EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder());
    private final ByteBuf buffer =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(HEAD));

    /// Our parser.
    @Benchmark
    public Object ours() throws IOException {
        again.start = 0;
        return parser.parse(again);
    }

    /// Netty's decoder.
    @Benchmark
    public Object netty() {
        buffer.readerIndex(0);
        channel.writeInbound(buffer);
        Object head = channel.readInbound();
        ReferenceCountUtil.release(channel.readInbound()); // the end of the request
        return head;
    }

    /// The same bytes again and again.
    private static final class Again implements Incoming {
        private int start;

        @Override
        public byte[] bytes() {
            return HEAD;
        }

        @Override
        public int start() {
            return start;
        }

        @Override
        public int end() {
            return HEAD.length;
        }

        @Override
        public void skip(int n) {
            start += n;
        }

        @Override
        public boolean hasEnded() {
            return false;
        }

        @Override
        public @Nullable IOException failure() {
            return null;
        }

        @Override
        public void listen(@Nullable Runnable arrival) {}

        @Override
        public void resume() {}
    }
}
