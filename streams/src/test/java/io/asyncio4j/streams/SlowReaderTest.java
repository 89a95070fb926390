package io.asyncio4j.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Future;
import io.asyncio4j.Task;
import io.asyncio4j.streams.netty.IoKind;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Readers that are held back while the peer sends all it has, and ends. Every byte arrives, and
/// then the end.
final class SlowReaderTest {
    /// More than a held-back reader takes, and no more than the system keeps for it.
    private static final int ALL = 200_000;

    /// More than the system keeps, so that its sender has to wait.
    private static final int BIG = 6_000_000;

    private static final int RUNS = 5;
    private static final int MANY_RUNS = 100;

    enum Kind {
        TCP,
        UNIX,
        TLS
    }

    @TempDir
    private Path folder;

    private Server listen(Kind kind, ConnectionHandler handler) throws IOException {
        return switch (kind) {
            case TCP -> Streams.startServer(handler, "127.0.0.1", 0);
            case UNIX -> Streams.startUnixServer(handler, folder.resolve("socket"));
            case TLS -> Streams.startServer(handler, "127.0.0.1", 0, TlsTest.serving());
        };
    }

    private Connection connect(Kind kind, Server server) throws IOException {
        return switch (kind) {
            case TCP -> ServerTest.connect(server);
            case UNIX -> Streams.openUnixConnection(folder.resolve("socket"));
            case TLS -> Streams.openConnection("localhost", server.port(), TlsTest.connecting());
        };
    }

    // ------------------------------------------------------------------ a peer that has closed

    @ParameterizedTest
    @EnumSource
    void whatAPeerHasSentBeforeItClosedIsRead(Kind kind) {
        readAfterTheClose(kind, RUNS);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void whatAPeerHasSentBeforeItClosedIsReadEachTime(Kind kind) {
        readAfterTheClose(kind, MANY_RUNS);
    }

    private void readAfterTheClose(Kind kind, int runs) {
        for (int i = 0; i < runs; i++) {
            Bounded.run(() -> readAfterTheClose(kind));
        }
    }

    private void readAfterTheClose(Kind kind) throws IOException {
        Future<@Nullable Void> sent = Asyncio.createFuture();
        Server server = listen(kind, (reader, writer) -> {
            writer.write(new byte[ALL]);
            writer.close();
            sent.setResult(null);
            try {
                writer.waitClosed();
            } catch (IOException late) {
                // a client with TLS that has closed meanwhile
            }
        });
        try (server;
                Connection client = connect(kind, server)) {
            sent.await();
            Asyncio.sleep(Duration.ofMillis(2)); // the end comes while nobody reads
            assertThat(readSlowly(client.reader(), 7_777)).isEqualTo(ALL);
            assertThat(client.reader().atEof()).isTrue();
        }
        server.waitClosed();
    }

    private static long readSlowly(StreamReader reader, int atOnce) throws IOException {
        long read = 0;
        for (byte[] bytes = reader.read(atOnce); bytes.length > 0; bytes = reader.read(atOnce)) {
            read += bytes.length;
            Asyncio.sleep(Duration.ZERO);
        }
        return read;
    }

    // ------------------------------------------------------------------ a peer that resets

    /// With io_uring, Netty may forget what it was told while the reader was held back.
    @Test
    void aResetReachesAReaderThatIsFarBehind() {
        assumeTrue(IoKind.chosen() != IoKind.IO_URING);
        for (int i = 0; i < RUNS; i++) {
            Bounded.run(this::readUntilTheReset);
        }
    }

    private void readUntilTheReset() throws Exception {
        try (RawPeer peer = new RawPeer();
                Connection client = Streams.openConnection("127.0.0.1", peer.port())) {
            Socket socket = peer.accept();
            Thread sending = Thread.ofPlatform().start(() -> {
                try {
                    socket.getOutputStream().write(new byte[20 * BIG]);
                } catch (IOException reset) {
                    // as it should be
                }
            });
            Asyncio.sleep(Duration.ofMillis(5)); // much is there
            Task<byte[]> reading = Asyncio.createTask(() -> client.reader().readAll());
            Bounded.settle();
            RawPeer.reset(socket);
            assertThat(Bounded.outcome(reading))
                    .isExactlyInstanceOf(SocketException.class)
                    .hasMessage("The connection with /127.0.0.1:" + peer.port() + " was reset by the peer");
            Asyncio.toThread(() -> sending.join());
        }
    }

    // ------------------------------------------------------------------ a client that has ended its direction

    @ParameterizedTest
    @EnumSource(names = {"TCP", "UNIX"})
    void aBigAnswerToAClientThatHasEndedItsDirectionIsRead(Kind kind) {
        answerAfterTheEnd(kind, 3);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(names = {"TCP", "UNIX"})
    void aBigAnswerToAClientThatHasEndedItsDirectionIsReadEachTime(Kind kind) {
        answerAfterTheEnd(kind, MANY_RUNS);
    }

    private void answerAfterTheEnd(Kind kind, int runs) {
        for (int i = 0; i < runs; i++) {
            Bounded.run(() -> answerAfterTheEnd(kind));
        }
    }

    private void answerAfterTheEnd(Kind kind) throws IOException {
        Future<@Nullable Void> asked = Asyncio.createFuture();
        Server server = listen(kind, (reader, writer) -> {
            assertThat(reader.readAll()).hasSize(4);
            Asyncio.sleep(Duration.ofMillis(2)); // the end is all that there is to tell of it
            writer.write(new byte[BIG]);
            asked.setResult(null);
            writer.drain();
        });
        try (server;
                Connection client = connect(kind, server)) {
            client.writer().write("GET\n");
            client.writer().writeEof();
            asked.await();
            Asyncio.sleep(Duration.ofMillis(2)); // the server has to wait
            assertThat(readSlowly(client.reader(), 50_000)).isEqualTo(BIG);
        }
        server.waitClosed();
    }

    // ------------------------------------------------------------------ both

    @ParameterizedTest
    @EnumSource(names = {"TCP", "UNIX"})
    void aHeldBackServerReadsAllOfAClientThatHasEndedItsDirection(Kind kind) {
        Bounded.run(() -> {
            Future<Long> counted = Asyncio.createFuture();
            Future<@Nullable Void> ended = Asyncio.createFuture();
            Server server = listen(kind, (reader, writer) -> {
                ended.await();
                Asyncio.sleep(Duration.ofMillis(2));
                counted.setResult(readSlowly(reader, 10_000));
                writer.write("thanks");
            });
            try (server;
                    Connection client = connect(kind, server)) {
                client.writer().write(new byte[ALL]);
                client.writer().writeEof();
                ended.setResult(null);
                assertThat(counted.await()).isEqualTo(ALL);
                assertThat(client.reader().readAll()).hasSize(6);
            }
            server.waitClosed();
        });
    }
}
