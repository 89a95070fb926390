package io.asyncio4j.testing.docs;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.timeout;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.TimeoutException;
import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.Server;
import io.asyncio4j.streams.StreamReader;
import io.asyncio4j.streams.StreamWriter;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.testing.MemoryNetwork;
import io.asyncio4j.testing.VirtualClock;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// The programs of the section on networks.
final class MemoryNetworkExampleTest {
    private Server server;

    private String ask(String question) throws IOException {
        while (true) {
            try (Connection connection = Streams.openConnection("shout.example", 7)) {
                return timeout(ofSeconds(30), () -> {
                    connection.writer().write(question + "\n");
                    return connection.reader().readLine();
                });
            } catch (IOException | TimeoutException failure) {
                sleep(ofSeconds(1));
            }
        }
    }

    private void shout(StreamReader reader, StreamWriter writer) throws IOException {
        String line = reader.readLine();
        sleep(ofSeconds(10));
        writer.write(line.toUpperCase(Locale.ROOT) + "\n");
    }

    private final MemoryNetwork network = new MemoryNetwork();

    @BeforeEach
    void startServer() throws IOException {
        network.install();
        network.latency(ofMillis(20));
        network.host("shout.example").run(() -> {
            server = Streams.startServer(this::shout, null, 7);
        });
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @AsyncTest
    void anAnswerIsThereAfterTenSeconds(VirtualClock clock) throws IOException {
        assertThat(ask("hello")).isEqualTo("HELLO");

        assertThat(clock.elapsed()).isEqualTo(ofSeconds(10).plusMillis(4 * 20));
    }

    @AsyncTest
    void aPartitionIsRiddenOut(VirtualClock clock) throws IOException {
        network.partition("localhost", "shout.example");
        createTask("repair", () -> {
            sleep(ofSeconds(40));
            network.heal("localhost", "shout.example");
        });

        assertThat(ask("hello")).isEqualTo("HELLO");

        assertThat(clock.elapsed()).isEqualTo(ofSeconds(40 + 10).plusMillis(4 * 20));
    }
}
