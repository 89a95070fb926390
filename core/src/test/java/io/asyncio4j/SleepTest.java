package io.asyncio4j;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.VirtualTime.elapsed;
import static io.asyncio4j.VirtualTime.runVirtually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SleepTest {
    private final Trace trace = new Trace();

    @Test
    void sleepingTakesItsTime() {
        runVirtually(() -> {
            sleep(Duration.ofSeconds(1));
            assertThat(elapsed()).isEqualTo(Duration.ofSeconds(1));
            sleep(Duration.ofNanos(1));
            assertThat(elapsed()).isEqualTo(Duration.ofNanos(1_000_000_001));
        });
    }

    @Test
    void oneAfterTheOtherTheTimesAddUpAndAtOnceTheLongestCounts() {
        runVirtually(() -> {
            sleep(Duration.ofSeconds(1));
            sleep(Duration.ofSeconds(2));
            assertThat(elapsed()).isEqualTo(Duration.ofSeconds(3));
            Task<Void> one = createTask(() -> sleep(Duration.ofSeconds(1)));
            Task<Void> two = createTask(() -> sleep(Duration.ofSeconds(2)));
            two.await();
            one.await();
            assertThat(elapsed()).isEqualTo(Duration.ofSeconds(5));
        });
    }

    @Test
    void sleepingCanHaveAResult() {
        runVirtually(() -> {
            String result = sleep(Duration.ofSeconds(1), "value");
            assertThat(result).isEqualTo("value");
            assertThat(sleep(Duration.ZERO, 2)).isEqualTo(2);
            assertThat(elapsed()).isEqualTo(Duration.ofSeconds(1));
        });
    }

    @Test
    void zeroAndLessYieldOnceAndTakeNoTime() {
        runVirtually(() -> {
            for (Duration none : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(Long.MIN_VALUE))) {
                createTask(() -> {
                    trace.add("other1");
                    sleep(Duration.ZERO);
                    trace.add("other2");
                });
                sleep(none);
                trace.add("main");
                sleep(Duration.ZERO);
            }
            assertThat(elapsed()).isEqualTo(Duration.ZERO);
        });
        trace.assertIs("other1 main other2 other1 main other2 other1 main other2");
    }

    @Test
    void yieldingWithNothingElseReadyGoesOn() {
        runVirtually(() -> {
            for (int i = 0; i < 1000; i++) {
                sleep(Duration.ZERO);
            }
            assertThat(elapsed()).isEqualTo(Duration.ZERO);
        });
    }

    @Test
    void yieldingLetsTimersThatAreDueRun() {
        runVirtually(() -> {
            runningLoop().callLater(Duration.ofSeconds(-1), () -> trace.add("timer"));
            sleep(Duration.ZERO);
            trace.add("once");
            sleep(Duration.ZERO);
            trace.add("twice");
        });
        trace.assertIs("once timer twice");
    }

    @Test
    void thoseWhoWakeAtTheSameTimeGoOnInTheOrderTheyFellAsleep() {
        runVirtually(() -> {
            for (String name : List.of("a", "b", "c")) {
                createTask(() -> {
                    sleep(Duration.ofSeconds(1));
                    trace.add(name);
                });
            }
            sleep(Duration.ofSeconds(2));
        });
        trace.assertIs("a b c");
    }

    @Test
    void aDurationTooLongForNanosecondsNeverEnds() {
        runVirtually(() -> {
            Task<Void> forever = createTask(() -> sleep(Duration.ofSeconds(Long.MAX_VALUE)));
            Task<Void> almost = createTask(() -> sleep(Duration.ofNanos(Long.MAX_VALUE)));
            sleep(Duration.ofDays(365 * 290));
            assertThat(forever.isDone()).isFalse();
            assertThat(almost.isDone()).isFalse();
            forever.cancel();
            assertThatThrownBy(forever::await).isInstanceOf(CancelledError.class);
        });
    }

    @Test
    void aFinishedSleepLeavesNoTimer() {
        runVirtually(() -> {
            sleep(Duration.ofSeconds(1));
            assertThat(Innards.of(runningLoop()).timers.isEmpty()).isTrue();
        });
    }

    @Test
    void manyCancelledSleepsDoNotPileUp() {
        runVirtually(() -> {
            for (int i = 0; i < 500; i++) {
                Task<Void> sleeper = createTask(() -> sleep(Duration.ofDays(1)));
                sleep(Duration.ZERO);
                sleeper.cancel();
                sleep(Duration.ZERO);
                assertThat(sleeper.isCancelled()).isTrue();
            }
            sleep(Duration.ofSeconds(1));
            assertThat(elapsed()).isEqualTo(Duration.ofSeconds(1));
        });
    }
}
