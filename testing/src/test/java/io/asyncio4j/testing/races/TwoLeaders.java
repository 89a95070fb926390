package io.asyncio4j.testing.races;

import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Nobody leads, so each candidate asks the others; two who ask at a time both win.
final class TwoLeaders implements Race {
    private abstract static class Cluster {
        @Nullable
        String leader;

        final List<String> elected = new ArrayList<>();

        abstract void standForElection(String candidate);

        void askTheOthers() {
            sleep(ofMillis(100));
        }

        void win(String candidate) {
            leader = candidate;
            elected.add(candidate);
        }
    }

    private static final class Broken extends Cluster {
        @Override
        void standForElection(String candidate) {
            if (leader == null) {
                askTheOthers();
                win(candidate);
            }
        }
    }

    /// Whoever comes back second finds that there is a leader.
    private static final class Corrected extends Cluster {
        @Override
        void standForElection(String candidate) {
            if (leader == null) {
                askTheOthers();
                if (leader == null) {
                    win(candidate);
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

    /// The nodes notice one after the other that nobody leads, each in the moment in which the one
    /// before it would be elected.
    private static void scenario(Cluster cluster) {
        taskGroup(group -> {
            for (int i = 1; i <= 3; i++) {
                String node = "node-" + i;
                int patience = 10 + 2 * i;
                group.createTask(node, () -> {
                    for (int missed = 0; missed < patience; missed++) {
                        sleep(ofMillis(50)); // no heartbeat
                    }
                    cluster.standForElection(node);
                });
            }
        });
        assertThat(cluster.elected).hasSize(1);
    }
}
