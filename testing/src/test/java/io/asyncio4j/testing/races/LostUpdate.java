package io.asyncio4j.testing.races;

import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.sync.Lock;

/// Read, wait, write: what others have written meanwhile is lost.
final class LostUpdate implements Race {
    private abstract static class Stock {
        int items = 100;

        abstract void take(int number);

        void log() {
            sleep(ofMillis(5));
        }
    }

    private static final class Broken extends Stock {
        @Override
        void take(int number) {
            int left = items - number;
            log();
            items = left;
        }
    }

    /// One at a time reads and writes.
    private static final class Corrected extends Stock {
        private final Lock lock = new Lock("stock");

        @Override
        void take(int number) {
            try (var _ = lock.acquire()) {
                int left = items - number;
                log();
                items = left;
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

    private static void scenario(Stock stock) {
        taskGroup(group -> {
            group.createTask("order-1", () -> stock.take(10));
            group.createTask("order-2", () -> {
                sleep(ofMillis(5));
                stock.take(10);
            });
            group.createTask("clock", () -> {
                for (int i = 0; i < 10; i++) {
                    sleep(ofMillis(1));
                }
            });
        });
        assertThat(stock.items).as("items left").isEqualTo(80);
    }
}
