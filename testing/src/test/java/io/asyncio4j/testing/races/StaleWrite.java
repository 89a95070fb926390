package io.asyncio4j.testing.races;

import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

/// Answers are stored as they arrive: an old one that arrives last wins.
final class StaleWrite implements Race {
    private record Price(int value, int version) {}

    private abstract static class Board {
        private int published;
        Price shown = new Price(0, 0);

        void publish() {
            published++;
        }

        /// The server reads the price at once; the answer takes its time.
        Price fetch(int latency) {
            Price price = new Price(100 + published, published);
            sleep(ofMillis(latency));
            return price;
        }

        abstract void refresh(int latency);
    }

    private static final class Broken extends Board {
        @Override
        void refresh(int latency) {
            shown = fetch(latency);
        }
    }

    /// An answer that is older than what is shown is of no use.
    private static final class Corrected extends Board {
        @Override
        void refresh(int latency) {
            Price price = fetch(latency);
            if (price.version > shown.version) {
                shown = price;
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

    private static void scenario(Board board) {
        taskGroup(group -> {
            for (int i = 0; i < 3; i++) {
                int latency = 300 - 100 * i;
                board.publish();
                group.createTask("refresh-" + i, () -> board.refresh(latency));
                sleep(ofMillis(100));
            }
        });
        assertThat(board.shown).isEqualTo(new Price(103, 3));
    }
}
