package io.asyncio4j.streams.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/// Memory outside of the heap that all connections of a loop use in turn: bytes stay in it only
/// while they are handed to the system, or taken from it, which is usually over at once. Where it
/// is not, the buffer is left to who still holds it, and another one takes its place.
///
/// Confined to the loop's own thread.
final class Scratch {
    static final int READ_SIZE = 64 * 1024;

    /// Small, since a connection whose peer does not read keeps one.
    static final int SEND_SIZE = 16 * 1024;

    private final int size;
    private ByteBuf buffer;

    Scratch(int size) {
        this.size = size;
        this.buffer = Unpooled.directBuffer(size, size);
    }

    /// Returns the buffer, empty; the caller releases it.
    ByteBuf take() {
        if (buffer.refCnt() > 1) {
            buffer.release();
            buffer = Unpooled.directBuffer(size, size);
        }
        return buffer.clear().retain();
    }

    void free() {
        buffer.release();
    }

    /// Returns what gives a channel this buffer to read into. For channels whose handlers release
    /// it before the next one reads.
    RecvByteBufAllocator forReading() {
        return new DefaultMaxMessagesRecvByteBufAllocator() {
            @Override
            public MaxMessageHandle newHandle() {
                return new MaxMessageHandle() {
                    @Override
                    public int guess() {
                        return size;
                    }

                    @Override
                    public ByteBuf allocate(ByteBufAllocator unused) {
                        return take();
                    }
                };
            }
        };
    }
}
