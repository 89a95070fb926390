package io.asyncio4j.streams;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.gather;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.timeout;
import static io.asyncio4j.Asyncio.toThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.asyncio4j.Coroutine;
import io.asyncio4j.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Many connections, much data, for a long time: nothing hangs, nothing leaks.
@Tag("slow")
final class SoakTest {
    private static final Duration LIMIT = Duration.ofMinutes(12);
    private static final long MEBIBYTE = 1 << 20;

    private static void echo(StreamReader reader, StreamWriter writer) throws IOException {
        for (byte[] data = reader.read(65_536); data.length > 0; data = reader.read(65_536)) {
            writer.write(data);
            writer.drain();
        }
    }

    @Test
    void tenThousandConnectionsAreHeldOpenAndAnswered() throws Exception {
        int count = 10_000;
        Process client = run(() -> timeout(LIMIT, () -> {
            Server server = Streams.startServer(
                    SoakTest::echo, "127.0.0.1", 0, ServerOptions.defaults().backlog(1000));
            long before = usedHeap();
            Process holder = startHolder(server.port(), count);
            BufferedReader lines = holder.inputReader(StandardCharsets.UTF_8);
            assertThat(toThread(lines::readLine)).isEqualTo("open");
            while (server.connections() < count) {
                sleep(Duration.ofMillis(10));
            }
            long perConnection = (usedHeap() - before) / count;
            System.out.println("heap per idle connection: " + perConnection + " bytes");
            assertThat(perConnection).isLessThan(8 * 1024);
            PrintWriter go = new PrintWriter(holder.outputWriter(StandardCharsets.UTF_8), true);
            go.println("go");
            assertThat(toThread(lines::readLine)).isEqualTo("answered " + count);
            server.close();
            server.waitClosed();
            return holder;
        }));
        assertThat(client.waitFor()).isZero();
    }

    private static Process startHolder(int port, int count) throws IOException, URISyntaxException {
        Path script = Path.of(
                Objects.requireNonNull(SoakTest.class.getResource("/hold.py")).toURI());
        try {
            return new ProcessBuilder("python3", script.toString(), "" + port, "" + count)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException missing) {
            assumeTrue(false, "python3 is needed to hold the other ends: " + missing);
            throw missing;
        }
    }

    @Test
    void twoThousandConnectAtOnce() throws IOException {
        run(() -> {
            Server server = Streams.startServer(
                    SoakTest::echo, "127.0.0.1", 0, ServerOptions.defaults().backlog(2000));
            List<Coroutine<String>> clients = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                String text = "client " + i;
                clients.add(() -> {
                    try (Connection connection = Streams.openConnection("127.0.0.1", server.port())) {
                        connection.writer().write(text + "\n");
                        return Objects.requireNonNull(connection.reader().readLine());
                    }
                });
            }
            List<String> answers = timeout(LIMIT, () -> await(gather(clients)));
            assertThat(answers).hasSize(2000).doesNotHaveDuplicates();
            server.close();
            server.waitClosed();
        });
    }

    @Test
    void aGibibyteGoesThroughInBoundedMemory() throws IOException {
        long total = 1024 * MEBIBYTE;
        long[] most = {0, 0};
        run(() -> timeout(LIMIT, () -> {
            Server server = Streams.startServer(
                    (reader, writer) -> {
                        for (byte[] data = reader.read(65_536); data.length > 0; data = reader.read(65_536)) {
                            writer.write(data);
                            most[1] = Math.max(most[1], writer.pendingBytes());
                            writer.drain();
                        }
                    },
                    "127.0.0.1",
                    0);
            try (Connection connection = Streams.openConnection("127.0.0.1", server.port())) {
                Task<?> sender = createTask(() -> {
                    byte[] chunk = new byte[100_000];
                    for (long sent = 0; sent < total; sent += chunk.length) {
                        int length = (int) Math.min(chunk.length, total - sent);
                        connection.writer().write(chunk, 0, length);
                        most[0] = Math.max(most[0], connection.writer().pendingBytes());
                        connection.writer().drain();
                    }
                    connection.writer().writeEof();
                });
                long received = 0;
                for (byte[] data = connection.reader().read(262_144);
                        data.length > 0;
                        data = connection.reader().read(262_144)) {
                    received += data.length;
                }
                assertThat(received).isEqualTo(total);
                await(sender);
            }
            server.close();
            server.waitClosed();
        }));
        assertThat(most[0]).isLessThanOrEqualTo(65_536 + 100_000);
        assertThat(most[1]).isLessThanOrEqualTo(65_536 + 65_536);
    }

    @Test
    void twoHundredThousandShortConnectionsLeaveNothing() throws IOException {
        run(() -> {
            Server server =
                    Streams.startServer((reader, writer) -> writer.write(reader.readExactly(5)), "127.0.0.1", 0);
            shortConnections(server.port(), 20_000);
            long heap = usedHeap();
            long files = openFiles();
            shortConnections(server.port(), 200_000);
            assertThat(openFiles()).isLessThanOrEqualTo(files + 2);
            assertThat(usedHeap() - heap).isLessThan(4 * MEBIBYTE);
            server.close();
            server.waitClosed();
        });
    }

    private static void shortConnections(int port, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            try (Connection connection = Streams.openConnection("127.0.0.1", port)) {
                connection.writer().write("hello");
                assertThat(connection.reader().readAll()).hasSize(5);
            }
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long openFiles() throws IOException {
        Path folder = Path.of("/proc/self/fd");
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
