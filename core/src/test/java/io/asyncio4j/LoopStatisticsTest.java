package io.asyncio4j;

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.testing.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `EventLoop.statistics`.
final class LoopStatisticsTest {
    private final VirtualClock clock = new VirtualClock();

    @Test
    void aNewLoopHasDoneNothing() {
        EventLoop loop = EventLoop.create(clock);
        assertThat(loop.statistics()).isEqualTo(new LoopStatistics(0, 0, 0, 0, 0, 0, 0, 0, ZERO, ZERO));
        loop.close();
    }

    @Test
    void tasksTimersAndWhatIsReadyAreCounted() {
        VirtualTime.runVirtually(() -> {
            EventLoop loop = runningLoop();
            createTask(() -> sleep(ofMillis(5)));
            createTask(() -> {}).await();
            LoopStatistics before = loop.statistics();
            assertThat(before.tasks()).isEqualTo(2);
            assertThat(before.tasksCreated()).isEqualTo(3);
            assertThat(before.tasksEnded()).isEqualTo(1);
            assertThat(before.timers()).isEqualTo(1);
            assertThat(before.ready()).isZero();
            TimerHandle timer = loop.callLater(ofMillis(9), () -> {});
            loop.callSoon(() -> {});
            loop.callSoon(() -> {});
            assertThat(loop.statistics().timers()).isEqualTo(2);
            assertThat(loop.statistics().ready()).isEqualTo(2);
            timer.cancel();
            assertThat(loop.statistics().timers()).isEqualTo(1);
        });
    }

    /// Also on the engine that takes a callback twice, to hand it to the loop's own thread.
    @Test
    void stepsAndIterationsAreCountedOnce() {
        VirtualTime.runVirtually(() -> {
            EventLoop loop = runningLoop();
            LoopStatistics before = loop.statistics();
            for (int i = 0; i < 5; i++) {
                loop.callSoon(() -> {});
            }
            sleep(ZERO);
            LoopStatistics after = loop.statistics();
            assertThat(after.steps() - before.steps()).isEqualTo(6);
            assertThat(after.iterations() - before.iterations()).isEqualTo(1);
        });
    }

    @Test
    void whatIsWokenAtOnceCountsAsReady() {
        VirtualTime.runVirtually(() -> {
            Future<String> future = createFuture();
            for (int i = 0; i < 3; i++) {
                createTask(() -> future.await());
            }
            sleep(ZERO);
            future.setResult("x");
            assertThat(runningLoop().statistics().ready()).isEqualTo(3);
        });
    }

    @Test
    void callsInOtherThreadsAndPollsAreCounted() {
        run(() -> {
            EventLoop loop = runningLoop();
            long before = loop.statistics().polls();
            List<LoopStatistics> seen = new ArrayList<>();
            toThread(() -> {
                while (loop.statistics().polls() == before) {
                    Thread.onSpinWait(); // until the loop waits for this thread
                }
                seen.add(loop.statistics());
            });
            assertThat(seen.getFirst().outsideCalls()).isEqualTo(1);
            assertThat(loop.statistics().outsideCalls()).isZero();
            assertThat(loop.statistics().polls()).isGreaterThan(before);
        });
    }

    @Test
    void busyAndIdleTimeAreKeptWhileAccountingIsOn() {
        try (Runner runner = new Runner(clock)) {
            EventLoop loop = runner.loop();
            runner.run(() -> {
                clock.advance(ofMillis(70));
                sleep(ofMillis(300));
            });
            assertThat(loop.statistics().busy()).isZero();
            assertThat(loop.statistics().idle()).isZero();
            loop.setAccounting(true);
            runner.run(() -> {
                clock.advance(ofMillis(70));
                createTask(TaskOptions.defaults().eagerStart(true), () -> clock.advance(ofMillis(5)));
                loop.callSoon(() -> clock.advance(ofMillis(20)));
                sleep(ofMillis(300));
            });
            assertThat(loop.statistics().busy()).isEqualTo(ofMillis(95));
            assertThat(loop.statistics().idle()).isEqualTo(ofMillis(280));
        }
    }
}
