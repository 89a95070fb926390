package io.asyncio4j.streams.netty;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/// Keeps sockets in the epoll set while no event is asked for.
///
/// A channel asks for none when its reader is held back, or has read the end, and the peer has
/// ended its direction. Netty 4.2.13 to 4.2.20 take the socket out of the set then, and forget
/// that they did: the next event that is asked for ends in ENOENT, and the rest of what the peer
/// sent, or of what is sent to it, is lost. Earlier versions leave the socket in the set, where a
/// hang-up keeps the loop busy until it is closed. Here it stays in the set, and a hang-up is told
/// once (edge-triggered).
final class EpollGuard extends GuardedIo {
    EpollGuard(IoHandler netty) {
        super(netty);
    }

    @Override
    IoRegistration guard(IoHandle handle, IoRegistration registration) {
        return new NeverEmpty(handle, registration);
    }

    private static final class NeverEmpty extends Registration {
        private final IoHandle handle;

        /// Whether the socket is in the set.
        private boolean added;

        NeverEmpty(IoHandle handle, IoRegistration netty) {
            super(netty);
            this.handle = handle;
        }

        @Override
        public long submit(IoOps ops) {
            boolean nothing = ((EpollIoOps) ops).value() == 0;
            if (nothing && !added) {
                return 0;
            }
            try {
                long result = netty.submit(nothing ? EpollIoOps.EPOLLET : ops);
                added = true;
                return nothing ? 0 : result;
            } catch (UncheckedIOException thrown) {
                refuseProperEnd();
                throw asNettyExpects(Objects.requireNonNull(thrown.getCause()));
            }
        }

        /// The channel will be closed; its peer must not take that for the end of what was to be
        /// sent.
        private void refuseProperEnd() {
            if (handle instanceof EpollIoHandle epoll && epoll.fd() instanceof Socket socket && socket.isOpen()) {
                try {
                    socket.setSoLinger(0);
                } catch (IOException none) {
                    // not connected: there is no peer
                }
            }
        }
    }

    /// Throws `failure` unchecked. Netty's channels are ready for an [IOException] here: they tell
    /// their handlers and close. Wrapped, some of them only end their output.
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException asNettyExpects(IOException failure) throws E {
        throw (E) failure;
    }
}
