package io.asyncio4j.testing.usage;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.testing.Recorder;
import org.junit.jupiter.api.Test;

/// The record of events: their order, time and task.
final class RecorderTest {
    private final Recorder events = new Recorder();

    @AsyncTest
    void eventsAreReadPlainWithTheirTimesOrWithTheirTasks() {
        events.add("begins");
        runningLoop().callLater(ofMillis(500), () -> events.add("rings"));
        createTask("worker", () -> {
                    sleep(ofMillis(1250));
                    events.add(42);
                })
                .await();

        assertThat(events.list()).containsExactly("begins", "rings", "42");
        assertThat(events.timed()).containsExactly("0s begins", "0.5s rings", "1.25s 42");
        assertThat(events.named())
                .containsExactly("eventsAreReadPlainWithTheirTimesOrWithTheirTasks(): begins", ": rings", "worker: 42");
        assertThat(events)
                .hasToString("Recorder[0s begins (eventsAreReadPlainWithTheirTimesOrWithTheirTasks()),"
                        + " 0.5s rings, 1.25s 42 (worker)]");
    }

    @AsyncTest
    void itCanBeginAnew() {
        events.add("setting up");
        events.clear();
        events.add("test");

        assertThat(events.list()).containsExactly("test");
    }

    @Test
    void itNeedsALoop() {
        assertThatThrownBy(() -> events.add("late"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("start one with Asyncio.run(...)");
    }
}
