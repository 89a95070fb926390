package io.asyncio4j.testing.races;

import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.sync.Queue;
import java.util.ArrayList;
import java.util.List;

/// A worker says that a job is done when it takes it, not when it has done it; that somebody waits
/// a moment before looking at the results hides it.
final class DoneTooEarly implements Race {
    private abstract static class Workers {
        final Queue<Integer> jobs = new Queue<>("jobs");
        final List<Integer> results = new ArrayList<>();

        abstract void work();

        int square(int number) {
            sleep(ofMillis(5));
            return number * number;
        }
    }

    private static final class Broken extends Workers {
        @Override
        void work() {
            for (int job : jobs) {
                jobs.taskDone();
                results.add(square(job));
            }
        }
    }

    private static final class Corrected extends Workers {
        @Override
        void work() {
            for (int job : jobs) {
                results.add(square(job));
                jobs.taskDone();
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

    private static void scenario(Workers workers) {
        taskGroup(group -> {
            group.createTask("worker-1", workers::work);
            group.createTask("worker-2", workers::work);
            for (int job = 1; job <= 4; job++) {
                workers.jobs.put(job);
            }
            workers.jobs.join();
            sleep(ofMillis(5)); // for the last one
            assertThat(workers.results).containsExactlyInAnyOrder(1, 4, 9, 16);
            workers.jobs.shutdown();
        });
    }
}
