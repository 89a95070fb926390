package io.asyncio4j.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Task;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SendFileTest {
    @TempDir
    Path folder;

    private final byte[] content = new byte[700_001];
    private Path file = Path.of("");

    /// Gives the two ends whose writer sends the file.
    private interface Opening {
        TwoEnds open() throws IOException;
    }

    @BeforeEach
    void write() throws IOException {
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31 + (i >> 8));
        }
        file = Files.write(folder.resolve("file"), content);
    }

    private void sends(Opening opening) {
        Bounded.run(() -> {
            try (TwoEnds ends = opening.open()) {
                StreamWriter writer = ends.client().writer();
                Task<byte[]> received =
                        Asyncio.createTask(() -> ends.served().reader().readAll());
                writer.write("before");
                assertThat(writer.sendFile(file)).isEqualTo(content.length);
                try (FileChannel channel = FileChannel.open(file)) {
                    assertThat(writer.sendFile(channel, 10, 20)).isEqualTo(20);
                    assertThat(writer.sendFile(channel, content.length - 5, 100))
                            .isEqualTo(5);
                    assertThat(writer.sendFile(channel, content.length + 5, 100))
                            .isZero();
                    assertThat(writer.sendFile(channel, 0, 0)).isZero();
                    assertThat(channel.isOpen()).isTrue();
                }
                writer.write("after");
                writer.close();
                byte[] all = received.await();
                int end = 6 + content.length;
                assertThat(new String(all, 0, 6, UTF_8)).isEqualTo("before");
                assertThat(Arrays.equals(Arrays.copyOfRange(all, 6, end), content))
                        .isTrue();
                assertThat(Arrays.copyOfRange(all, end, end + 20)).isEqualTo(Arrays.copyOfRange(content, 10, 30));
                assertThat(Arrays.copyOfRange(all, end + 20, end + 25))
                        .isEqualTo(Arrays.copyOfRange(content, content.length - 5, content.length));
                assertThat(new String(all, end + 25, all.length - end - 25, UTF_8))
                        .isEqualTo("after");
            }
        });
    }

    @Test
    void overTcp() {
        sends(TwoEnds::open);
    }

    @Test
    void overTls() {
        sends(() -> TwoEnds.open(TlsTest.serving(), TlsTest.connecting()));
    }

    @Test
    void overAUnixSocket() {
        sends(() ->
                TwoEnds.onUnixSocket(folder.resolve("socket"), ServerOptions.defaults(), ConnectionOptions.defaults()));
    }

    @Test
    void aFileThatIsMissingLeavesTheConnectionUsable() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                Path missing = folder.resolve("missing");
                assertThatThrownBy(() -> ends.client().writer().sendFile(missing))
                        .isExactlyInstanceOf(NoSuchFileException.class)
                        .hasMessage(missing.toString());
                FileChannel closed = FileChannel.open(file);
                closed.close();
                assertThatThrownBy(() -> ends.client().writer().sendFile(closed, 0, 1))
                        .isInstanceOf(ClosedChannelException.class);
                ends.client().writer().write("usable\n");
                assertThat(ends.served().reader().readLine()).isEqualTo("usable");
            }
        });
    }

    @Test
    void aRangeThatIsNoneIsRefused() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open();
                    FileChannel channel = FileChannel.open(file)) {
                assertThatThrownBy(() -> ends.client().writer().sendFile(channel, -1, 5))
                        .isExactlyInstanceOf(IllegalArgumentException.class)
                        .hasMessage("Position and count must not be negative, but are -1 and 5");
            }
        });
    }

    @Test
    void afterTheEndOfTheStreamItIsRefused() {
        Bounded.run(() -> {
            try (TwoEnds ends = TwoEnds.open()) {
                StreamWriter writer = ends.client().writer();
                writer.writeEof();
                assertThatThrownBy(() -> writer.sendFile(file))
                        .isExactlyInstanceOf(IllegalStateException.class)
                        .hasMessage("Cannot send a file on the connection with " + writer.peerAddress()
                                + ": writeEof() was called");
            }
        });
    }

    @Test
    @Tag("slow")
    void cancelledInTheMiddleItClosesTheConnection() {
        cancelled(TwoEnds::open);
        cancelled(() -> TwoEnds.open(TlsTest.serving(), TlsTest.connecting()));
    }

    private void cancelled(Opening opening) {
        Bounded.run(() -> {
            try (TwoEnds ends = opening.open()) {
                StreamWriter writer = ends.client().writer();
                TwoEnds.fill(writer);
                while (writer.pendingBytes() > 0) {
                    ends.served().reader().read(50_000);
                }
                try (FileChannel channel = FileChannel.open(file)) {
                    Task<?> sending = Asyncio.createTask(() -> {
                        while (true) {
                            writer.sendFile(channel, 0, content.length);
                        }
                    });
                    Asyncio.sleep(Duration.ofMillis(40));
                    sending.cancel();
                    Bounded.outcome(sending);
                    assertThat(sending.isCancelled()).isTrue();
                }
                assertThat(writer.isClosing()).isTrue();
                writer.waitClosed();
            }
        });
    }
}
