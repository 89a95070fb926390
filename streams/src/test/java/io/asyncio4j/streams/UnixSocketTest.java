package io.asyncio4j.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.streams.netty.UnixPath;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnixSocketTest {
    @TempDir
    Path folder;

    private static final ServerOptions KEEPING = ServerOptions.defaults().cleanUpSocket(false);

    private static void leaveSocket(Path path) throws IOException {
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(path));
        }
        assertThat(path).exists();
    }

    private static void answers(Path path) throws Exception {
        try (Connection client = Streams.openUnixConnection(path)) {
            client.writer().write("hello\n");
            assertThat(client.reader().readLine()).isEqualTo("hello");
        }
    }

    private static void end(Server server) {
        server.close();
        server.waitClosed();
        Bounded.settle();
    }

    @Test
    void bothEndsKnowTheServersPath() {
        Path path = folder.resolve("socket");
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.onUnixSocket(path, KEEPING, ConnectionOptions.defaults())) {
                UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
                assertThat(ends.client().peerAddress()).isEqualTo(address);
                assertThat(ends.client().localAddress()).isNull();
                assertThat(ends.served().peerAddress()).isNull();
                assertThat(ends.served().localAddress()).isEqualTo(address);
                assertThat(ends.server().addresses()).containsExactly(address);
                assertThatThrownBy(() -> ends.server().port()).hasMessage(ends.server() + " has no port");
            }
        });
    }

    @Test
    void aFileLeftByAnEarlierServerIsReplaced() throws IOException {
        Path path = folder.resolve("socket");
        leaveSocket(path);
        Bounded.run(() -> {
            Server server = Streams.startUnixServer(EchoTest::echo, path);
            answers(path);
            end(server);
        });
        assertThat(path).doesNotExist();
    }

    @Test
    void aFileThatIsNoSocketIsNotReplaced() throws Exception {
        Path path = Files.writeString(folder.resolve("file"), "precious");
        Bounded.run(() -> assertThatThrownBy(() -> Streams.startUnixServer(EchoTest::echo, path))
                .isExactlyInstanceOf(BindException.class)
                .hasMessage("Cannot listen on " + path + ": there is such a file already, which is not a socket"));
        assertThat(path).hasContent("precious");
    }

    @Test
    void aPipeIsNotReplaced() throws Exception {
        Path path = folder.resolve("pipe");
        int made = new ProcessBuilder("mkfifo", path.toString())
                .start()
                .onExit()
                .join()
                .exitValue();
        Assumptions.assumeTrue(made == 0, "mkfifo does not work here");
        Bounded.run(() -> assertThatThrownBy(() -> Streams.startUnixServer(EchoTest::echo, path))
                .isExactlyInstanceOf(BindException.class));
        assertThat(path).exists();
    }

    @Test
    void theFileIsKeptIfAskedFor() {
        Path path = folder.resolve("socket");
        Bounded.run(() -> end(Streams.startUnixServer(EchoTest::echo, path, KEEPING)));
        assertThat(path).exists();
    }

    @Test
    void theFileOfAnotherServerIsNotDeleted() {
        Path path = folder.resolve("socket");
        Bounded.run(() -> {
            Server first = Streams.startUnixServer(EchoTest::echo, path);
            Server second = Streams.startUnixServer(EchoTest::echo, path);
            end(first);
            assertThat(path).exists();
            answers(path);
            end(second);
        });
        assertThat(path).doesNotExist();
    }

    @Test
    void theFileIsDeletedWithTheLoopToo() {
        Path path = folder.resolve("socket");
        Bounded.run(() -> {
            Server server = Streams.startUnixServer(EchoTest::echo, path);
            assertThat(server.isServing()).isTrue();
        });
        assertThat(path).doesNotExist();
    }

    @Test
    void connectingToAPathWhereNothingIsFails() {
        Path path = folder.resolve("missing");
        Bounded.run(() -> assertThatThrownBy(() -> Streams.openUnixConnection(path))
                .isExactlyInstanceOf(ConnectException.class)
                .hasMessage("Cannot connect to " + path + ": there is no such socket"));
    }

    @Test
    void connectingToASocketWithoutAServerIsRefused() {
        Path path = folder.resolve("socket");
        Bounded.run(() -> {
            leaveSocket(path);
            assertThatThrownBy(() -> Streams.openUnixConnection(path))
                    .isExactlyInstanceOf(ConnectException.class)
                    .hasMessage("Cannot connect to " + path + ": nobody listens there (connection refused)");
        });
    }

    /// Returns a path of so many bytes.
    private Path ofBytes(int bytes, String unit) {
        int room = bytes - UnixPath.bytes(folder) - 1;
        int size = unit.getBytes(UTF_8).length;
        return folder.resolve("x".repeat(room % size) + unit.repeat(room / size));
    }

    private void worksWith(Path path) {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.onUnixSocket(path, ServerOptions.defaults(), ConnectionOptions.defaults())) {
                assertThat(ends.client().peerAddress()).isEqualTo(UnixDomainSocketAddress.of(path));
                assertThat(ends.served().localAddress()).isEqualTo(UnixDomainSocketAddress.of(path));
                ends.client().writer().write("hello\n");
                assertThat(ends.served().reader().readLine()).isEqualTo("hello");
            }
            Server server = Streams.startUnixServer(EchoTest::echo, path);
            assertThat(folder.toFile().list())
                    .containsExactly(path.getFileName().toString());
            answers(path);
            end(server);
        });
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aPathMayHaveAllTheBytesThatTheSystemHasRoomFor() {
        for (String unit : new String[] {"x", "é"}) {
            for (int less = 0; less < 12; less++) {
                worksWith(ofBytes(UnixPath.LIMIT - less, unit));
            }
        }
    }

    @Test
    void aShortNameInALongFolderWorks() throws IOException {
        folder = Files.createDirectory(ofBytes(UnixPath.LIMIT - 2, "x"));
        worksWith(folder.resolve("s"));
    }

    @Test
    void aRelativePathMayBeLongerWhenItIsAbsolute() throws IOException {
        folder = Files.createTempDirectory(Path.of("target"), "unix");
        Path path = ofBytes(UnixPath.LIMIT, "x");
        assertThat(UnixPath.isTooLong(path.toAbsolutePath())).isTrue();
        worksWith(path);
        Files.delete(folder);
    }

    @Test
    void nothingIsLeftOfALongPathThatCannotBeReached() {
        Path path = ofBytes(UnixPath.LIMIT, "x");
        Bounded.run(() -> assertThatThrownBy(() -> Streams.openUnixConnection(path))
                .isExactlyInstanceOf(ConnectException.class)
                .hasMessage("Cannot connect to " + path + ": there is no such socket"));
    }

    @Test
    void aPathThatIsTooLongIsRefused() {
        for (int more : new int[] {1, 2, 20}) {
            int bytes = UnixPath.LIMIT + more;
            Path path = ofBytes(bytes, "x");
            String why = "the path is too long for a socket: it has " + bytes + " bytes, and " + UnixPath.LIMIT
                    + " are the most; use a shorter one, such as one that begins at the working directory";
            Bounded.run(() -> {
                assertThatThrownBy(() -> Streams.startUnixServer(EchoTest::echo, path))
                        .isExactlyInstanceOf(BindException.class)
                        .hasMessage("Cannot listen on " + path + ": " + why);
                assertThatThrownBy(() -> Streams.openUnixConnection(path))
                        .isExactlyInstanceOf(java.net.SocketException.class)
                        .hasMessage("Cannot connect to " + path + ": " + why);
            });
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void theSystemHasRoomForNoMore() {
        Assumptions.assumeTrue(System.getProperty("os.name").startsWith("Linux"), "the limit is Linux's");
        assertThat(UnixPath.LIMIT).isEqualTo(107);
    }

    @Test
    void aPathInAFolderThatIsMissingIsRefused() {
        Path path = folder.resolve("missing").resolve("socket");
        Bounded.run(() -> assertThatThrownBy(() -> Streams.startUnixServer(EchoTest::echo, path))
                .isExactlyInstanceOf(BindException.class)
                .hasMessage("Cannot listen on " + path + ": its folder does not exist"));
    }

    @Test
    void whoHasEndedItsDirectionStillReadsTheAnswer() {
        TransportCondition.requireHalfClosedUnixSockets();
        Bounded.run(() -> {
            try (TwoEnds ends =
                    TwoEnds.onUnixSocket(folder.resolve("s"), ServerOptions.defaults(), ConnectionOptions.defaults())) {
                ends.client().writer().writeEof();
                assertThat(ends.served().reader().readLine()).isNull();
                ends.served().writer().write("answer");
                ends.served().close();
                assertThat(ends.client().reader().readAll()).isEqualTo("answer".getBytes(UTF_8));
            }
        });
    }

    @Test
    void muchArrivesWhole() {
        Bounded.run(() -> {
            try (TwoEnds ends =
                    TwoEnds.onUnixSocket(folder.resolve("s"), ServerOptions.defaults(), ConnectionOptions.defaults())) {
                ends.client().writer().write(new byte[2_000_000]);
                Asyncio.createTask(() -> ends.client().writer().writeEof());
                assertThat(ends.served().reader().readAll().length).isEqualTo(2_000_000);
            }
        });
    }
}
