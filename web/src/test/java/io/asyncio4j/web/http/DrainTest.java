package io.asyncio4j.web.http;

import static io.asyncio4j.Asyncio.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.streams.Connection;
import io.asyncio4j.testing.MemoryNetwork;
import io.asyncio4j.testing.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Clients that take what is written to them slowly.
final class DrainTest {
    private interface Script {
        void run(Connection connection) throws IOException;
    }

    /// Writes a MiB to a peer that reads nothing for two hours, and then all.
    private static Duration write(Script script) throws IOException {
        return VirtualTime.run(() -> {
                    MemoryNetwork network = new MemoryNetwork();
                    network.startServer(
                            (reader, _) -> {
                                Asyncio.sleep(Duration.ofHours(2));
                                reader.readAll();
                            },
                            "localhost",
                            80);
                    try (Connection connection = network.openConnection("localhost", 80)) {
                        connection.writer().write(new byte[1 << 20]);
                        script.run(connection);
                    }
                })
                .elapsed();
    }

    private static long minutes() {
        return Duration.ofNanos(Asyncio.runningLoop().time()).toMinutes();
    }

    @Test
    void aClientThatTakesNothingIsCutOff() throws IOException {
        Duration taken = write(connection -> assertThatThrownBy(() -> Drain.await(connection.writer(), seconds(60)))
                .isInstanceOf(ClientGoneException.class)
                .hasMessage("The client has taken nothing of the answer for PT1M"));
        assertThat(taken).as("in the first minute, the network takes some").isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void aClientThatTakesAByteNowAndThenIsCutOff() throws IOException {
        Duration taken = write(connection -> {
            long began = minutes();
            assertThatThrownBy(() -> Drain.await(
                            connection.writer(),
                            seconds(60),
                            () -> 1024 * Math.min(9, minutes() - began) + (minutes() - began)))
                    .isInstanceOf(ClientGoneException.class);
        });
        assertThat(taken).as("9 KiB and 10 bytes were taken").isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void aSlowClientIsWaitedFor() throws IOException {
        Duration taken = write(connection -> Drain.await(connection.writer(), seconds(60), () -> 1024 * minutes()));
        assertThat(taken).isEqualTo(Duration.ofHours(2));
    }
}
