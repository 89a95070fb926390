package io.asyncio4j.streams.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoOps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The requests of channels to epoll, and those that reach it.
final class EpollGuardTest {
    private final List<IoOps> submitted = new ArrayList<>();
    private @Nullable IOException failure;

    private final IoRegistration registration = new IoRegistration() {
        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        public <T> T attachment() {
            return (T) "the arrays";
        }

        @Override
        public long submit(IoOps ops) {
            if (failure != null) {
                throw new UncheckedIOException(failure);
            }
            submitted.add(ops);
            return ((EpollIoOps) ops).value();
        }

        @Override
        public boolean isValid() {
            return true;
        }

        @Override
        public boolean cancel() {
            return true;
        }
    };

    private final IoHandler netty = new IoHandler() {
        @Override
        public int run(IoHandlerContext context) {
            return 7;
        }

        @Override
        public IoRegistration register(IoHandle handle) {
            return registration;
        }

        @Override
        public void wakeup() {}

        @Override
        public boolean isCompatible(Class<? extends IoHandle> handleType) {
            return true;
        }
    };

    private final IoHandle handle = new IoHandle() {
        @Override
        public void handle(IoRegistration from, IoEvent event) {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void epollIsThere() {
        assumeTrue(Epoll.isAvailable());
    }

    private IoRegistration guarded() throws Exception {
        return new EpollGuard(netty).register(handle);
    }

    @Test
    void whatIsAskedForIsPassedOn() throws Exception {
        IoRegistration guarded = guarded();
        EpollIoOps both = EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLRDHUP);
        assertThat(guarded.submit(both)).isEqualTo(both.value());
        assertThat(submitted).containsExactly(both);
        assertThat(guarded.<String>attachment()).isEqualTo("the arrays");
        assertThat(guarded.isValid()).isTrue();
        assertThat(guarded.cancel()).isTrue();
    }

    @Test
    void aSocketStaysInTheSetWhenNothingIsAskedFor() throws Exception {
        IoRegistration guarded = guarded();
        guarded.submit(EpollIoOps.EPOLLIN);
        assertThat(guarded.submit(EpollIoOps.NONE)).isZero();
        guarded.submit(EpollIoOps.EPOLLIN);
        assertThat(submitted).containsExactly(EpollIoOps.EPOLLIN, EpollIoOps.EPOLLET, EpollIoOps.EPOLLIN);
    }

    @Test
    void aSocketThatNobodyHasWantedAnythingOfIsNotAdded() throws Exception {
        assertThat(guarded().submit(EpollIoOps.NONE)).isZero();
        assertThat(submitted).isEmpty();
    }

    @Test
    void aFailureIsThrownAsNettysChannelsExpectIt() throws Exception {
        IoRegistration guarded = guarded();
        failure = new IOException("No such file or directory");
        assertThatThrownBy(() -> guarded.submit(EpollIoOps.EPOLLIN)).isSameAs(failure);
    }
}
