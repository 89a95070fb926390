package io.asyncio4j.diagnose;

import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.currentTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.toThread;
import static io.asyncio4j.Asyncio.waitFor;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import io.asyncio4j.Innards;
import io.asyncio4j.Runner;
import io.asyncio4j.RunnerOptions;
import io.asyncio4j.Task;
import io.asyncio4j.TaskSnapshot;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.base.CoarseTime;
import io.asyncio4j.kernel.KernelCallback;
import io.asyncio4j.spi.Poller;
import io.asyncio4j.testing.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The moment when a loop counts as blocked. The watchdog's looks are made by the tests, so that
/// nothing
/// depends on how fast the machine is.
@Timeout(300)
final class LoopWatchTest {
    private final WatchdogLog log = new WatchdogLog();

    /// The time of the looks made by the test.
    private long now = System.nanoTime();

    @AfterEach
    void closeLog() {
        log.close();
    }

    private void runAs(String name, RunnerOptions options, VoidCoroutine main) {
        try (Runner runner = new Runner(options)) {
            runner.run(() -> {
                WatchdogLog.leaveAlone(watch());
                log.clear();
                currentTask().setName(name);
                main.execute();
            });
        }
    }

    private static LoopWatch watch() {
        return Supervisor.of(Innards.running()).watch;
    }

    private void look(LoopWatch watch, Duration passed) {
        now += passed.toNanos();
        watch.look(now, passed.toNanos());
    }

    private List<String> culprits() {
        return log.firstWords();
    }

    @Test
    void aStepMayTakeFiveSeconds() {
        runAs("five seconds", RunnerOptions.defaults().debug(false), () -> {
            look(watch(), ofSeconds(10)); // it may have begun just now
            look(watch(), ofMillis(4500));
            assertThat(culprits()).isEmpty();
            look(watch(), ofMillis(500));
            assertThat(culprits()).containsExactly("Task 'five seconds' blocks");
        });
    }

    @Test
    void inDebugModeAStepMayTakeATenthOfASecond() {
        runAs("a tenth", RunnerOptions.defaults().debug(true).clock(new VirtualClock()), () -> {
            sleep(ZERO);
            look(watch(), ofSeconds(10));
            look(watch(), ofMillis(100));
            assertThat(culprits()).containsExactly("Task 'a tenth' blocks");
        });
    }

    @Test
    void aStepIsReportedAgainAtGrowingIntervals() {
        runAs("forever", RunnerOptions.defaults(), () -> {
            look(watch(), ZERO);
            for (int seconds = 0; seconds < 79; seconds++) {
                look(watch(), ofSeconds(1));
            }
            assertThat(culprits())
                    .containsExactly(
                            "Task 'forever' blocks", // at 5 s
                            "Task 'forever' still blocks", // at 10 s
                            "Task 'forever' still blocks", // at 20 s
                            "Task 'forever' still blocks"); // at 40 s
            LoopWatch watch = watch();
            sleep(ZERO);
            look(watch, ZERO);
            assertThat(culprits()).hasSize(5).last().isEqualTo("Task 'forever' no longer blocks");
        });
    }

    @Test
    void theEndIsToldAlsoIfTheRunEndsWithIt() {
        runAs("last", RunnerOptions.defaults(), () -> {
            look(watch(), ZERO);
            look(watch(), ofSeconds(5));
            assertThat(culprits()).hasSize(1);
        });
        assertThat(culprits()).containsExactly("Task 'last' blocks", "Task 'last' no longer blocks");
    }

    @Test
    void manyShortStepsAreNotALongOne() {
        runAs("busy", RunnerOptions.defaults(), () -> {
            for (int i = 0; i < 100; i++) {
                look(watch(), ofSeconds(4));
                sleep(ZERO);
            }
            assertThat(culprits()).isEmpty();
        });
    }

    @Test
    void aLoopThatWaitsForAnotherThreadIsNotBlocked() {
        runAs("waiting", RunnerOptions.defaults(), () -> {
            LoopWatch watch = watch();
            toThread(() -> {
                lookTwiceOnceIdle(watch);
                return null;
            });
            assertThat(culprits()).isEmpty();
        });
    }

    @Test
    void aLoopThatWaitsForATimerIsNotBlocked() {
        runAs("sleeping", RunnerOptions.defaults(), () -> {
            LoopWatch watch = watch();
            Future<Object> looked = createFuture();
            createTask(() -> {
                toThread(() -> {
                    lookTwiceOnceIdle(watch);
                    return null;
                });
                looked.setResult("looked");
            });
            waitFor(looked, ofHours(1));
            assertThat(culprits()).isEmpty();
        });
    }

    private void lookTwiceOnceIdle(LoopWatch watch) {
        while (!watch.loop.io.isWaiting()) {
            Thread.onSpinWait();
        }
        look(watch, ofSeconds(60));
        look(watch, ofSeconds(60));
    }

    @Test
    void aPollerThatDoesNotReturnIsReportedOnceTheLoopHasSomethingToDo() {
        runAs("main", RunnerOptions.defaults(), () -> {
            LoopWatch watch = watch();
            StuckPoller poller = EventLoop.access().poller(StuckPoller.class, _ -> new StuckPoller());
            List<String> found = toThread(() -> {
                lookTwiceOnceIdle(watch);
                assertThat(culprits()).isEmpty();
                watch.loop.post(new KernelCallback(() -> {}));
                look(watch, ofSeconds(5));
                List<String> told = culprits();
                poller.release.countDown();
                return told;
            });
            assertThat(found).containsExactly("The poller blocks");
        });
    }

    /// A poller with a handler that blocks, whoever wakes it.
    private static final class StuckPoller implements Poller {
        final CountDownLatch release = new CountDownLatch(1);

        @Override
        public void poll(long nanos) {
            if (nanos == 0) {
                return;
            }
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void wakeup() {}

        @Override
        public void close() {}
    }

    @Test
    void zeroTurnsTheReportsOff() {
        runAs("unlimited", RunnerOptions.defaults().slowCallbackDuration(ZERO), () -> {
            look(watch(), ZERO);
            look(watch(), ofHours(1));
            assertThat(culprits()).isEmpty();
        });
    }

    @Test
    void inDebugModeTheEndIsToldOnce() {
        runAs("slow", RunnerOptions.defaults().debug(true), () -> {
            LoopWatch watch = watch();
            StepObserver.of(watch.loop).slowSteps.setLimit(ofMillis(1));
            look(watch, ZERO);
            look(watch, ofSeconds(1));
            assertThat(culprits()).hasSize(1);
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < 2_000_000) {
                Thread.onSpinWait();
            }
            sleep(ZERO);
            look(watch, ZERO);
            StepObserver.of(watch.loop).slowSteps.setLimit(ZERO);
            assertThat(culprits()).hasSize(2);
            assertThat(log.messages().get(1))
                    .matches("Task 'slow' ran for PT0\\.\\d+S until it awaited something; nothing else could run"
                            + " meanwhile\\.");
        });
    }

    @Test
    void aLoggerThatThrowsAndALoopThatEndsDoNoHarm() {
        runAs("survivor", RunnerOptions.defaults(), () -> {
            Watchdog.report(() -> {
                throw new OutOfMemoryError("of the test");
            });
            look(watch(), ZERO);
            look(watch(), ofSeconds(5));
            assertThat(culprits()).containsExactly("Task 'survivor' blocks");
        });
        LoopWatch ended = run(() -> watch());
        look(ended, ofSeconds(5));
        look(ended, ofSeconds(5));
        assertThat(culprits()).containsExactly("Task 'survivor' blocks", "Task 'survivor' no longer blocks");
    }

    @Test
    void howLongATaskWaitsIsKnown() {
        runAs("main", RunnerOptions.defaults(), () -> {
            Future<Object> never = createFuture();
            Task<Object> task = createTask(never::await);
            CoarseTime.update();
            long before = CoarseTime.nanos();
            sleep(ZERO);
            sleep(ZERO);
            long waits = System.nanoTime();
            while (System.nanoTime() - waits < 3_000_000) {
                Thread.onSpinWait();
            }
            TaskSnapshot waiting = Innards.of(task).snapshot(List.of(), List.of());
            assertThat(waiting.waited()).isBetween(ofMillis(3), Duration.ofNanos(System.nanoTime() - before));
            never.setResult("come");
            assertThat(Innards.of(task).snapshot(List.of(), List.of()).waited()).isZero();
        });
    }
}
