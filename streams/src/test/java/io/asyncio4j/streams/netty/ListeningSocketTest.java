package io.asyncio4j.streams.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Asyncio;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A listening socket that cannot accept, as without file descriptors.
final class ListeningSocketTest {
    private final List<Throwable> told = new ArrayList<>();

    private void withListener(Scenario scenario) {
        Asyncio.run(() -> {
            ListeningSocket listener = new ListeningSocket(NettyPoller.current(), told::add);
            EmbeddedChannel channel = new EmbeddedChannel(listener);
            channel.freezeTime();
            listener.accept(10);
            scenario.run(listener, channel);
            channel.finishAndReleaseAll();
        });
    }

    private interface Scenario {
        void run(ListeningSocket listener, EmbeddedChannel channel);
    }

    private static void advance(EmbeddedChannel channel, long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runPendingTasks();
    }

    @Test
    void itPausesForASecondAndTellsOnce() {
        withListener((listener, channel) -> {
            IOException none = new IOException("Too many open files");
            channel.pipeline().fireExceptionCaught(none);
            channel.pipeline().fireExceptionCaught(new IOException("again"));
            assertThat(channel.config().isAutoRead()).isFalse();
            advance(channel, 999);
            assertThat(channel.config().isAutoRead()).isFalse();
            advance(channel, 1);
            assertThat(channel.config().isAutoRead()).isTrue();
            assertThat(told).containsExactly(none);
        });
    }

    @Test
    void roomThatIsMadeMeanwhileDoesNotEndThePause() {
        withListener((listener, channel) -> {
            channel.pipeline().fireExceptionCaught(new IOException("Too many open files"));
            listener.accept(5);
            assertThat(channel.config().isAutoRead()).isFalse();
            listener.accept(0);
            advance(channel, 1000);
            assertThat(channel.config().isAutoRead()).as("no room is left").isFalse();
            listener.accept(1);
            assertThat(channel.config().isAutoRead()).isTrue();
        });
    }

    @Test
    void theAttemptThatIoUringWouldMakeAtOnceIsTakenOnce() {
        withListener((listener, channel) -> {
            assertThat(AcceptPause.takeAttempt(channel)).isFalse();
            channel.pipeline().fireExceptionCaught(new IOException("Too many open files"));
            assertThat(AcceptPause.takeAttempt(channel)).isTrue();
            assertThat(AcceptPause.takeAttempt(channel)).isFalse();
            advance(channel, 1000);
            channel.pipeline().fireExceptionCaught(new IOException("Too many open files"));
            channel.runPendingTasks();
            assertThat(AcceptPause.takeAttempt(channel)).as("later").isFalse();
        });
    }
}
