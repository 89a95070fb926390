package io.asyncio4j.testing;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.runInExecutor;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.Asyncio.timeout;
import static io.asyncio4j.Asyncio.toThread;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.DeadlockException;
import io.asyncio4j.Runner;
import io.asyncio4j.RunnerOptions;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.spi.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class VirtualTimeTest {
    @Test
    void aDayOfSleepsTakesNoTime() {
        var result = VirtualTime.run(() -> {
            for (int hour = 0; hour < 24; hour++) {
                sleep(ofHours(1));
            }
            return "a day older";
        });

        assertThat(result).isEqualTo(new VirtualTime.Result<>("a day older", ofDays(1)));
    }

    @Test
    void whatIsWaitedForTogetherTakesAsLongAsTheLongest() {
        var result = VirtualTime.run(() -> taskGroup(group -> {
            for (int i = 1; i <= 100; i++) {
                Duration duration = ofSeconds(i);
                group.createTask(() -> sleep(duration));
            }
        }));

        assertThat(result.elapsed()).isEqualTo(ofSeconds(100));
    }

    @Test
    void theTimeIsThatOfTheMainCoroutine() {
        var result = VirtualTime.run(() -> {
            createTask(() -> {
                try {
                    sleep(ofDays(1));
                } finally {
                    sleep(ofHours(1));
                }
            });
            sleep(ofMillis(1));
        });

        assertThat(result.elapsed()).isEqualTo(ofMillis(1));
    }

    @Test
    void aTimeoutComesInVirtualTime() {
        assertThatThrownBy(() -> VirtualTime.run(() -> timeout(ofHours(1), () -> sleep(ofDays(1)))))
                .isInstanceOf(TimeoutException.class);
    }

    @Test
    void aDeadlockIsAnError() {
        assertThatThrownBy(() -> VirtualTime.run(() -> createFuture("a visitor").await()))
                .isInstanceOf(DeadlockException.class)
                .hasMessageContaining("Task 'Task-1' waits for future 'a visitor'");
    }

    @Test
    void timeStandsStillUntilAnotherThreadReportsBack() throws Exception {
        assertTimeStandsStillFor(await -> toThread(await));
    }

    @Test
    void timeStandsStillUntilAnExecutorReportsBack() throws Exception {
        assertTimeStandsStillFor(await -> await(runInExecutor(null, await)));
    }

    @Test
    void timeStandsStillUntilAnAwaitedStageIsDone() throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            assertTimeStandsStillFor(await -> await(CompletableFuture.runAsync(
                    () -> {
                        try {
                            await.run();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    executor)));
        }
    }

    private interface Outside {
        /// Has another thread run `work`, and awaits that.
        void run(VoidCoroutine work) throws Exception;
    }

    /// The work outside goes on until the loop has nothing to do, and has let time pass if it does
    /// so at all.
    private static void assertTimeStandsStillFor(Outside outside) throws Exception {
        VirtualClock clock = new VirtualClock();
        IdleCount idle = new IdleCount(clock);
        Duration[] seen = new Duration[1];

        try (var runner = new Runner(idle)) {
            runner.run(() -> {
                var sleeper = createTask(() -> sleep(ofHours(1)));
                outside.run(() -> {
                    while (idle.count.get() == 0) {
                        Thread.onSpinWait();
                    }
                    seen[0] = clock.elapsed();
                });
                assertThat(clock.elapsed()).isZero();
                sleeper.await();
            });
        }

        assertThat(seen).containsExactly(Duration.ZERO);
        assertThat(clock.elapsed()).isEqualTo(ofHours(1));
    }

    /// Counts how often the loop had nothing to do.
    private static final class IdleCount implements Clock {
        private final VirtualClock clock;
        private final AtomicInteger count = new AtomicInteger();

        private IdleCount(VirtualClock clock) {
            this.clock = clock;
        }

        @Override
        public long nanoTime() {
            return clock.nanoTime();
        }

        @Override
        public long idle(long deadline, boolean expectsReport) {
            long answer = clock.idle(deadline, expectsReport);
            count.incrementAndGet();
            return answer;
        }
    }

    @Test
    void runsByTheGivenVirtualClock() {
        VirtualClock clock = new VirtualClock();
        clock.advance(ofSeconds(5));

        var result = VirtualTime.run(RunnerOptions.defaults().clock(clock), () -> sleep(ofSeconds(2)));

        assertThat(result.elapsed()).isEqualTo(ofSeconds(2));
        assertThat(clock.elapsed()).isEqualTo(ofSeconds(7));
    }

    @Test
    void takesOptions() {
        List<String> problems = new ArrayList<>();
        RunnerOptions options =
                RunnerOptions.defaults().debug(true).exceptionHandler((_, problem) -> problems.add(problem.message()));

        var debug = VirtualTime.run(options, () -> {
            createTask("lost", () -> {
                throw new IllegalStateException();
            });
            sleep(ofSeconds(1));
            return runningLoop().isDebug();
        });

        assertThat(debug.value()).isTrue();
        assertThat(problems).hasSize(1);
    }

    @Test
    void refusesAClockOfRealTime() {
        Clock clock = new Clock() {
            @Override
            public long nanoTime() {
                return 0;
            }

            @Override
            public long idle(long deadline, boolean expectsReport) {
                return STOP;
            }

            @Override
            public String toString() {
                return "SundialClock";
            }
        };

        assertThatThrownBy(() -> VirtualTime.run(RunnerOptions.defaults().clock(clock), () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("VirtualTime cannot run by the clock SundialClock; give it a VirtualClock, or none");
    }

    @Test
    void throwsWhatMainThrows() {
        assertThatThrownBy(() -> VirtualTime.run(() -> {
                    throw new IOException("unplugged");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("unplugged");
    }
}
