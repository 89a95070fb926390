package io.asyncio4j.streams.netty;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import java.util.function.UnaryOperator;

/// An I/O handler of Netty whose channels do not reach the operating system directly: what they ask
/// for is looked at, and changed where Netty would go wrong.
///
/// Used on the thread of its loop, but for [#wakeup].
abstract class GuardedIo implements IoHandler {
    private final IoHandler netty;

    GuardedIo(IoHandler netty) {
        this.netty = netty;
    }

    /// Returns a factory of handlers with a guard around each.
    static IoHandlerFactory around(IoHandlerFactory netty, UnaryOperator<IoHandler> guard) {
        return executor -> guard.apply(netty.newHandler(executor));
    }

    /// Returns what a channel is to use in place of `registration`; may be the same.
    abstract IoRegistration guard(IoHandle handle, IoRegistration registration);

    /// The registration of a channel; subclasses look at what it submits.
    abstract static class Registration implements IoRegistration {
        final IoRegistration netty;

        Registration(IoRegistration netty) {
            this.netty = netty;
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // Netty's signature
        public final <T> T attachment() {
            return netty.attachment();
        }

        @Override
        public final boolean isValid() {
            return netty.isValid();
        }

        @Override
        public final boolean cancel() {
            return netty.cancel();
        }
    }

    // ------------------------------------------------------------------ what is passed on

    @Override
    public final IoRegistration register(IoHandle handle) throws Exception {
        return guard(handle, netty.register(handle));
    }

    @Override
    public final void initialize() {
        netty.initialize();
    }

    @Override
    public final int run(IoHandlerContext context) {
        return netty.run(context);
    }

    @Override
    public final void prepareToDestroy() {
        netty.prepareToDestroy();
    }

    @Override
    public final void destroy() {
        netty.destroy();
    }

    @Override
    public final void wakeup() {
        netty.wakeup();
    }

    @Override
    public final boolean isCompatible(Class<? extends IoHandle> handleType) {
        return netty.isCompatible(handleType);
    }
}
