package io.asyncio4j.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.asyncio4j.Asyncio;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.streams.netty.IoKind;
import io.asyncio4j.streams.netty.NettyPoller;
import io.asyncio4j.streams.netty.SocketTransport;
import io.netty.channel.Channel;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Connections that something below ends, and not the peer: never a proper end.
final class CutConnectionTest {
    /// What only the transport has.
    private static Channel channel(StreamWriter writer) {
        try {
            Field channel = SocketTransport.class.getDeclaredField("channel");
            channel.setAccessible(true);
            return (Channel) channel.get(writer.output.transport());
        } catch (ReflectiveOperationException renamed) {
            throw new LinkageError("renamed", renamed);
        }
    }

    private static void onLoopsThread(Runnable action) {
        NettyPoller.current().execute(action);
    }

    @Test
    void aChannelThatIsClosedBelowIsCutOff() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                Channel channel = channel(ends.client().writer());
                onLoopsThread(() -> {
                    var _ = channel.close();
                });
                String text = "The connection with " + ends.client().peerAddress() + " was cut off";
                for (VoidCoroutine use : List.<VoidCoroutine>of(
                        () -> ends.client().reader().readAll(),
                        () -> ends.client().reader().readLine(),
                        () -> ends.client().reader().read(1),
                        () -> ends.client().writer().drain(),
                        () -> ends.client().waitClosed())) {
                    assertThatThrownBy(use::run)
                            .isExactlyInstanceOf(SocketException.class)
                            .hasMessage(text);
                }
            }
        });
    }

    @Test
    void whatNettyThrowsReachesTheReader() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                Channel channel = channel(ends.client().writer());
                IOException thrown = new IOException("epoll_ctl(..) failed with error(-2): No such file or directory");
                onLoopsThread(() -> channel.pipeline().fireExceptionCaught(thrown));
                assertThatThrownBy(() -> ends.client().reader().readAll())
                        .isExactlyInstanceOf(IOException.class)
                        .hasMessage(thrown.getMessage());
            }
        });
    }

    @Test
    void anErrorThatNettyThrowsReachesTheReader() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                Channel channel = channel(ends.client().writer());
                onLoopsThread(() -> channel.pipeline().fireExceptionCaught(new OutOfMemoryError("no memory")));
                assertThatThrownBy(() -> ends.client().reader().readAll())
                        .isExactlyInstanceOf(IOException.class)
                        .hasMessage("The connection with " + ends.client().peerAddress()
                                + " failed: java.lang.OutOfMemoryError: no memory");
            }
        });
    }

    /// io_uring ends what it has begun to send, and its readers may miss the reset.
    @Test
    void thePeerOfAConnectionThatFailsBeforeAllIsSentSeesAReset() {
        assumeTrue(IoKind.chosen() != IoKind.IO_URING);
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                TwoEnds.fill(ends.client().writer());
                Channel channel = channel(ends.client().writer());
                onLoopsThread(() -> channel.pipeline().fireExceptionCaught(new OutOfMemoryError("no memory")));
                assertThatThrownBy(() -> ends.served().reader().readAll())
                        .isExactlyInstanceOf(SocketException.class)
                        .hasMessage("The connection with " + ends.served().peerAddress() + " was reset by the peer");
            }
        });
    }

    @Test
    void aConnectionThatTheProgramClosesIsNotCutOff() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                ends.client().writer().close();
                ends.client().waitClosed();
                assertThat(ends.client().reader().readAll()).isEmpty();
                assertThat(ends.served().reader().readAll()).isEmpty();
            }
        });
    }

    @Test
    void theEndOfTheRunCutsNothingOff() throws IOException {
        Asyncio.run(() -> {
            Server server = ServerTest.start((reader, writer) -> reader.readAll(), ServerOptions.defaults());
            Connection client = ServerTest.connect(server);
            client.writer().write("unread");
            assertThat(client.writer().isClosing()).isFalse();
        });
    }
}
