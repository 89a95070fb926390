package io.asyncio4j.streams.netty;

import io.netty.channel.Channel;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.UncheckedBooleanSupplier;

/// An allocator of memory to read into that notices the end of a channel's input before Netty acts
/// on it.
///
/// For Unix sockets with java.nio and io_uring: Netty ignores there that half-closure is allowed,
/// and would close the channel, so that an answer to a peer that has ended its direction were lost.
final class EndNoticing implements RecvByteBufAllocator {
    private final RecvByteBufAllocator memory;
    private final Runnable whenEnded;

    /// Has `channel` do at the end of its input what Netty does with other channels. One whose
    /// input is shut down already it does not close.
    static void addTo(Channel channel) {
        RecvByteBufAllocator memory = channel.config().getRecvByteBufAllocator();
        channel.config().setRecvByteBufAllocator(new EndNoticing(memory, () -> {
            ((DuplexChannel) channel).shutdownInput();
            channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }));
    }

    /// @param whenEnded called once the system has told of the end
    private EndNoticing(RecvByteBufAllocator memory, Runnable whenEnded) {
        this.memory = memory;
        this.whenEnded = whenEnded;
    }

    @Override
    @SuppressWarnings("deprecation") // Netty's signature
    public Handle newHandle() {
        return new Noticing((ExtendedHandle) memory.newHandle());
    }

    private final class Noticing extends DelegatingHandle implements ExtendedHandle {
        private final ExtendedHandle reading;

        Noticing(ExtendedHandle reading) {
            super(reading);
            this.reading = reading;
        }

        @Override
        public void lastBytesRead(int bytes) {
            super.lastBytesRead(bytes);
            if (bytes < 0) {
                whenEnded.run();
            }
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return reading.continueReading(maybeMore);
        }
    }
}
