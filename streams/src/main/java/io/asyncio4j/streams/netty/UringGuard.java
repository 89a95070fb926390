package io.asyncio4j.streams.netty;

import io.netty.channel.Channel;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.ServerChannel;

/// Keeps a listening socket that cannot accept from trying again at once.
///
/// When io_uring has failed to accept a connection, Netty submits the next attempt before it looks
/// whether the channel still wants connections. Without a free file descriptor, that one fails as
/// well, some ten thousand times a second. During an [AcceptPause] it is not submitted.
final class UringGuard extends GuardedIo {
    UringGuard(IoHandler netty) {
        super(netty);
    }

    @Override
    IoRegistration guard(IoHandle handle, IoRegistration registration) {
        return handle instanceof Channel.Unsafe unsafe && unsafe.voidPromise().channel() instanceof ServerChannel server
                ? new Pausable(server, registration)
                : registration;
    }

    private static final class Pausable extends Registration {
        /// What Netty takes for "not submitted".
        private static final long NOT_SUBMITTED = 0;

        private final Channel channel;

        Pausable(Channel channel, IoRegistration netty) {
            super(netty);
            this.channel = channel;
        }

        @Override
        public long submit(IoOps ops) {
            return AcceptPause.takeAttempt(channel) ? NOT_SUBMITTED : netty.submit(ops);
        }
    }
}
