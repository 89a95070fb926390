package io.asyncio4j.testing.races;

import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.sync.Lock;

/// A lost connection is made anew by whoever notices first, and by whoever notices while that is
/// going on.
final class DoubleConnect implements Race {
    private abstract static class Client {
        boolean connected = true;
        int open = 1;

        abstract void send(String message);

        void connect() {
            sleep(ofMillis(200));
            open++;
            connected = true;
        }

        void lose() {
            connected = false;
            open--;
        }
    }

    private static final class Broken extends Client {
        @Override
        void send(String message) {
            if (!connected) {
                connect();
            }
        }
    }

    /// Looks again when it has the lock: somebody else may have connected.
    private static final class Corrected extends Client {
        private final Lock connecting = new Lock("connecting");

        @Override
        void send(String message) {
            if (!connected) {
                try (var _ = connecting.acquire()) {
                    if (!connected) {
                        connect();
                    }
                }
            }
        }
    }

    @Override
    public void broken() {
        scenario(new Broken());
    }

    @Override
    public void corrected() {
        scenario(new Corrected());
    }

    /// The heartbeat and a user's message are due at the very moment at which the connection is
    /// lost.
    private static void scenario(Client client) {
        taskGroup(group -> {
            group.createTask("heartbeat", () -> {
                for (int i = 0; i < 3; i++) {
                    sleep(ofSeconds(10));
                    client.send("ping");
                }
            });
            group.createTask("user", () -> {
                sleep(ofSeconds(20));
                client.send("hello");
            });
            group.createTask("network", () -> {
                sleep(ofSeconds(20));
                client.lose();
            });
        });
        assertThat(client.open).as("open connections").isEqualTo(1);
    }
}
