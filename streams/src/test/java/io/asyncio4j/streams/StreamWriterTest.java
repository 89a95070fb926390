package io.asyncio4j.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Task;
import io.asyncio4j.VoidCoroutine;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StreamWriterTest {
    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    // ------------------------------------------------------------------ writing

    @Test
    void whatIsWrittenArrivesInOrder() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                StreamWriter writer = ends.client().writer();
                writer.write("a");
                writer.write(new byte[] {'x', 'b', 'c', 'x'}, 1, 2);
                writer.write(new byte[0]);
                writer.writeAll(List.of("d".getBytes(UTF_8), "\u00e9".getBytes(UTF_8)));
                writer.close();
                assertThat(text(ends.served().reader().readAll())).isEqualTo("abcd\u00e9");
            }
        });
    }

    @Test
    void whatIsWrittenIsCopied() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                byte[] bytes = "before".getBytes(UTF_8);
                ends.client().writer().write(bytes);
                bytes[0] = '?';
                assertThat(text(ends.served().reader().readExactly(6))).isEqualTo("before");
            }
        });
    }

    @Test
    void muchArrivesWhole() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                byte[] sent = new byte[3_000_001];
                for (int i = 0; i < sent.length; i++) {
                    sent[i] = (byte) (i * 31 + (i >> 8));
                }
                Task<byte[]> received =
                        Asyncio.createTask(() -> ends.served().reader().readAll());
                ends.client().writer().write(sent);
                ends.client().writer().drain();
                ends.client().writer().writeEof();
                assertThat(received.await()).isEqualTo(sent);
            }
        });
    }

    @Test
    void writingOutOfBoundsIsRefused() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                assertThatThrownBy(() -> ends.client().writer().write(new byte[3], 2, 2))
                        .isExactlyInstanceOf(IndexOutOfBoundsException.class);
            }
        });
    }

    @Test
    void writingFromAnotherThreadIsRefused() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                StreamWriter writer = ends.client().writer();
                Map<String, VoidCoroutine> misuses = Map.of(
                        "write to", () -> writer.write("x"),
                        "drain", writer::drain,
                        "end", writer::writeEof,
                        "close", writer::close,
                        "abort", writer::abort);
                Asyncio.toThread(() -> misuses.forEach((what, misuse) -> assertThatThrownBy(misuse::run)
                        .isExactlyInstanceOf(IllegalStateException.class)
                        .hasMessage("Cannot " + what + " the connection with " + writer.peerAddress() + " from "
                                + Thread.currentThread()
                                + ": its event loop runs in another thread; use callSoonThreadsafe(...)")));
            }
        });
    }

    // ------------------------------------------------------------------ back pressure

    @Test
    void writingPastTheHardLimitTellsToDrain() {
        Bounded.run(() -> {
            ConnectionOptions options =
                    ConnectionOptions.defaults().highWaterMark(1000).writeLimit(2000);
            try (TwoEnds ends = TwoEnds.open(ServerOptions.defaults(), options)) {
                StreamWriter writer = ends.client().writer();
                writer.write(new byte[2000]);
                writer.write(new byte[1]);
                assertThatThrownBy(() -> writer.write(new byte[7]))
                        .isExactlyInstanceOf(IllegalStateException.class)
                        .hasMessage("Cannot write 7 more bytes to the connection with "
                                + writer.peerAddress() + ": 2001 are waiting to be sent, and the limit is 2000;"
                                + " call drain() after writing, which waits until the peer has taken them");
                assertThat(writer.pendingBytes()).isEqualTo(2001);
                writer.drain();
                assertThat(writer.pendingBytes()).isLessThanOrEqualTo(250);
                writer.write("more");
                assertThat(ends.served().reader().readExactly(2005)).hasSize(2005);
            }
        });
    }

    @Test
    void drainReturnsAtOnceUpToTheHighWaterMark() {
        Bounded.run(() -> {
            ConnectionOptions options = ConnectionOptions.defaults().highWaterMark(1000);
            try (TwoEnds ends = TwoEnds.open(ServerOptions.defaults(), options)) {
                StreamWriter writer = ends.client().writer();
                writer.write(new byte[1000]);
                writer.drain();
                assertThat(writer.pendingBytes()).isEqualTo(1000);
                writer.write(new byte[1]);
                writer.drain();
                assertThat(writer.pendingBytes()).isZero();
            }
        });
    }

    @Test
    void drainWaitsForAPeerThatDoesNotReadAndMayBeCancelled() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                StreamWriter writer = ends.client().writer();
                long written = TwoEnds.fill(writer);
                assertThat(writer.pendingBytes()).isPositive().isLessThan(1024 * 1024);
                List<Task<?>> drains = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    drains.add(Asyncio.createTask(() -> writer.drain()));
                }
                writer.writeEof();
                Bounded.settle();
                assertThat(drains).noneMatch(Task::isDone);
                assertThat(ends.served().reader().readAll()).hasSize(Math.toIntExact(written));
                for (Task<?> drain : drains) {
                    drain.await();
                }
            }
        });
    }

    @Test
    void aReaderThatIsSlowHoldsABoundedPartOfWhatWasSent() {
        Bounded.run(() -> {
            ServerOptions options = ServerOptions.defaults().readLimit(1000);
            try (TwoEnds ends = TwoEnds.open(options, ConnectionOptions.defaults())) {
                TwoEnds.fill(ends.client().writer());
                String held = ends.served().reader().toString().replaceAll("\\D", "");
                assertThat(Integer.parseInt(held)).isBetween(2000, 2_000_000);
            }
        });
    }

    // ------------------------------------------------------------------ ending one direction

    @Test
    void whoHasEndedItsDirectionStillReadsTheAnswer() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                StreamWriter writer = ends.client().writer();
                assertThat(writer.canWriteEof()).isTrue();
                writer.write("question");
                writer.writeEof();
                writer.writeEof();
                assertThat(text(ends.served().reader().readAll())).isEqualTo("question");
                ends.served().writer().write("answer");
                ends.served().writer().drain();
                ends.served().writer().write("!");
                ends.served().close();
                assertThat(text(ends.client().reader().readAll())).isEqualTo("answer!");
                assertThat(writer.isClosing()).isFalse();
            }
        });
    }

    @Test
    void writingAfterTheEndIsRefused() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                StreamWriter writer = ends.client().writer();
                writer.writeEof();
                assertThatThrownBy(() -> writer.write("x"))
                        .isExactlyInstanceOf(IllegalStateException.class)
                        .hasMessage("Cannot write to the connection with " + writer.peerAddress()
                                + ": writeEof() was called");
            }
        });
    }

    // ------------------------------------------------------------------ closing

    @Test
    void whatWasWrittenIsSentBeforeTheClose() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                StreamWriter writer = ends.client().writer();
                byte[] much = new byte[1_000_000];
                writer.write(much);
                writer.close();
                writer.close();
                assertThat(writer.isClosing()).isTrue();
                assertThat(ends.served().reader().readAll()).hasSize(much.length);
                writer.waitClosed();
                writer.waitClosed();
                assertThat(writer)
                        .hasToString("StreamWriter[the connection with " + writer.peerAddress()
                                + ", 0 bytes pending, closed]");
            }
        });
    }

    @Test
    void writingAfterCloseIsRefused() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                StreamWriter writer = ends.client().writer();
                writer.close();
                assertThatThrownBy(() -> writer.write("x"))
                        .isExactlyInstanceOf(IllegalStateException.class)
                        .hasMessage("Cannot write to the connection with " + writer.peerAddress() + ": it was closed");
                writer.writeEof();
                writer.waitClosed();
            }
        });
    }

    @Test
    void drainAfterTheConnectionIsClosedTellsSo() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                StreamWriter writer = ends.client().writer();
                writer.close();
                writer.waitClosed();
                assertThatThrownBy(writer::drain)
                        .isExactlyInstanceOf(SocketException.class)
                        .hasMessage(
                                "The connection was lost: the connection with " + writer.peerAddress() + " is closed");
            }
        });
    }

    @Test
    void closingWakesWhoReads() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                Task<byte[]> reading =
                        Asyncio.createTask(() -> ends.client().reader().read(1));
                Bounded.settle();
                ends.client().close();
                assertThat(reading.await()).isEmpty();
            }
        });
    }

    @Test
    void waitClosedMayBeCancelled() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                Task<?> waiting = Asyncio.createTask(() -> ends.client().waitClosed());
                Bounded.settle();
                waiting.cancel();
                Bounded.settle();
                assertThat(waiting.isCancelled()).isTrue();
                ends.client().writer().write("still open\n");
                assertThat(ends.served().reader().readLine()).isEqualTo("still open");
            }
        });
    }

    @Test
    void abortDropsWhatWasNotSent() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                StreamWriter writer = ends.client().writer();
                TwoEnds.fill(writer);
                Task<?> draining = Asyncio.createTask(() -> writer.drain());
                Bounded.settle();
                writer.abort();
                writer.abort();
                writer.waitClosed();
                assertThat(writer.pendingBytes()).isZero();
                assertThat(Bounded.outcome(draining)).isExactlyInstanceOf(SocketException.class);
            }
        });
    }

    // ------------------------------------------------------------------ the connection

    @Test
    void bothEndsKnowTheAddresses() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                SocketAddress client = ends.client().localAddress();
                SocketAddress server = ends.client().peerAddress();
                assertThat(client).isEqualTo(ends.served().peerAddress());
                assertThat(server).isEqualTo(ends.served().localAddress());
                assertThat(ends.server().addresses()).containsExactly(server);
                assertThat(server).hasToString("/127.0.0.1:" + ends.server().port());
                assertThat(ends.client())
                        .hasToString("Connection[StreamWriter[the connection with " + server + ", 0 bytes pending]]");
                ends.client().close();
                ends.client().waitClosed();
                assertThat(ends.client().localAddress()).isEqualTo(client);
                assertThat(ends.client().writer().tlsSession()).isNull();
                assertThat(ends.client().writer().applicationProtocol()).isNull();
            }
        });
    }
}
