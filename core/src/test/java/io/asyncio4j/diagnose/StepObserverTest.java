package io.asyncio4j.diagnose;

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Innards;
import io.asyncio4j.VirtualTime;
import io.asyncio4j.queue.ReadyQueue;
import java.util.List;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;

/// The times at which a loop is observed.
final class StepObserverTest {
    @Test
    void nobodyObservesALoopUnlessSomebodyWantsToKnow() {
        VirtualTime.runVirtually(() -> {
            sleep(ZERO);
            assertThat(Innards.running().ready.watch()).isNull();
        });
    }

    @Test
    void aRecordingThatBeginsWhileALoopRunsIsServedAndItsEndEndsTheObservation() {
        VirtualTime.runVirtually(() -> {
            ReadyQueue ready = Innards.running().ready;
            sleep(ZERO);
            assertThat(ready.watch()).isNull();
            try (Recording recording = new Recording()) {
                recording.enable("io.asyncio4j.Step");
                recording.start();
                sleep(ZERO);
                assertThat(ready.watch()).isNotNull();
                recording.stop();
                sleep(ZERO);
                assertThat(ready.watch()).isNull();
            }
        });
    }

    @Test
    void aRecordingOfOtherThingsCostsNoObserver() {
        VirtualTime.runVirtually(() -> {
            ReadyQueue ready = Innards.running().ready;
            try (Recording recording = new Recording()) {
                for (String event : List.of("Step", "Poll", "LoopIteration", "TaskEnded")) {
                    recording.disable("io.asyncio4j." + event);
                }
                recording.enable("jdk.GarbageCollection");
                recording.start();
                sleep(ZERO);
                assertThat(ready.watch()).isNull();
            }
        });
    }
}
