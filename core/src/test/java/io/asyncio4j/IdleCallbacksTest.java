package io.asyncio4j;

import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.VirtualTime.elapsed;
import static io.asyncio4j.VirtualTime.runVirtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Waiting until a loop has nothing to run.
final class IdleCallbacksTest {
    private final List<String> events = new ArrayList<>();

    @Test
    void itComesWhenNothingIsReadyAndBeforeTimePasses() {
        runVirtually(() -> {
            createTask(() -> {
                for (int i = 0; i < 3; i++) {
                    sleep(ZERO);
                    events.add("step " + i);
                }
                sleep(ofSeconds(1));
                events.add("later");
            });
            Future<String> quiet = createFuture("quiet");
            EventLoop.access().whenQuiet(ZERO, () -> quiet.setResult("quiet"));
            events.add(quiet.await() + " at " + elapsed());
            sleep(ofSeconds(2));
        });
        assertThat(events).containsExactly("step 0", "step 1", "step 2", "quiet at PT0S", "later");
    }

    @Test
    void itMayAskForAWhileInWhichNothingWasRun() {
        runVirtually(() -> {
            createTask(() -> {
                for (int i = 0; i < 3; i++) {
                    sleep(ofMillis(10));
                }
            });
            Future<String> quiet = createFuture("quiet");
            EventLoop.access().whenQuiet(ofMillis(20), () -> quiet.setResult("quiet"));
            events.add(quiet.await() + " at " + elapsed());
        });
        assertThat(events).containsExactly("quiet at PT0.05S");
    }
}
