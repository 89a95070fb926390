package io.asyncio4j.streams;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Runner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Connections and servers that are open when the run ends are closed with the loop.
final class EndOfRunTest {
    @Test
    void thePeerOfAConnectionReadsTheEnd() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            run(() -> {
                Connection connection = Streams.openConnection("127.0.0.1", server.getLocalPort());
                connection.writer().write("good bye");
            });
            try (Socket accepted = server.accept()) {
                assertThat(accepted.getInputStream().readAllBytes()).asString().isEqualTo("good bye");
            }
        }
    }

    @Test
    void aServerNoLongerListens() throws IOException {
        int port = run(() -> Streams.startServer((_, _) -> {}, "127.0.0.1", 0).port());
        assertThatThrownBy(() -> {
                    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                        assertThat(socket).isNull();
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void aHandlerIsCancelledAndCanCleanUp() throws IOException {
        List<String> seen = new ArrayList<>();
        run(() -> {
            Server server = Streams.startServer(
                    (reader, writer) -> {
                        seen.add("begins");
                        try {
                            sleep(Duration.ofDays(1));
                        } finally {
                            seen.add("ends");
                        }
                    },
                    "127.0.0.1",
                    0);
            Connection connection = Streams.openConnection("127.0.0.1", server.port());
            connection.writer().write("hello");
            while (seen.isEmpty()) {
                sleep(Duration.ofMillis(1));
            }
        });
        assertThat(seen).containsExactly("begins", "ends");
    }

    @Test
    void aTaskThatIsEndedLateMayStillClose() throws IOException {
        List<String> seen = new ArrayList<>();
        try (Runner runner = new Runner()) {
            runner.run(() -> {
                Server server = Streams.startServer((reader, writer) -> reader.readAll(), "127.0.0.1", 0);
                Connection connection = Streams.openConnection("127.0.0.1", server.port());
                createTask(() -> {
                    try (connection) {
                        connection.reader().readAll();
                    } finally {
                        seen.add(connection.toString());
                    }
                });
                sleep(Duration.ZERO);
            });
        }
        assertThat(seen).hasSize(1);
        assertThat(seen.getFirst()).contains("closing");
    }

    @Test
    void aHundredRunsLeaveNoFileOpen() throws IOException {
        runThatLeavesEverythingOpen();
        long before = openFiles();
        for (int i = 0; i < 100; i++) {
            runThatLeavesEverythingOpen();
        }
        assertThat(openFiles()).isLessThanOrEqualTo(before + 1);
    }

    private static void runThatLeavesEverythingOpen() throws IOException {
        run(() -> {
            Server server = Streams.startServer((reader, writer) -> reader.readAll(), "127.0.0.1", 0);
            Connection connection = Streams.openConnection("127.0.0.1", server.port());
            connection.writer().write("x");
            Objects.requireNonNull(Streams.openConnection("127.0.0.1", server.port()));
        });
    }

    private static long openFiles() throws IOException {
        Path folder = Path.of("/proc/self/fd");
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(EndOfRunTest::isSocket).count();
        }
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException gone) {
            return false;
        }
    }
}
