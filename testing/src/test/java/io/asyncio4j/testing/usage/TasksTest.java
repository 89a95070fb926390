package io.asyncio4j.testing.usage;

import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.Asyncio.toThread;
import static io.asyncio4j.testing.Tasks.waitUntilAllBlocked;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Task;
import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.testing.Recorder;
import io.asyncio4j.testing.TestClock;
import io.asyncio4j.testing.VirtualClock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Waiting until nothing can run.
final class TasksTest {
    private final Recorder events = new Recorder();

    @AsyncTest(schedules = 50)
    void allThatCanRunHasRun(VirtualClock clock) {
        Task<?> sleeper = createTask(() -> {
            for (int i = 0; i < 5; i++) {
                sleep(ZERO);
            }
            events.add("sleeps");
            sleep(ofHours(1));
        });
        Task<?> waiter = createTask(() -> {
            runningLoop().callSoon(() -> events.add("callback"));
            createFuture().await();
        });
        waitUntilAllBlocked();

        assertThat(events.list()).containsExactlyInAnyOrder("callback", "sleeps");
        assertThat(clock.elapsed()).isZero();
        sleeper.cancel();
        waiter.cancel();
    }

    @AsyncTest
    void aTimerThatIsDueComesFirst() {
        runningLoop().callLater(ZERO, () -> events.add("timer"));
        waitUntilAllBlocked();

        assertThat(events.list()).containsExactly("timer");
    }

    @AsyncTest
    void severalMayWaitAtOnce() {
        taskGroup(tg -> {
            for (int i = 0; i < 3; i++) {
                tg.createTask(() -> {
                    waitUntilAllBlocked();
                    events.add("blocked");
                });
            }
        });

        assertThat(events.timed()).containsExactly("0s blocked", "0s blocked", "0s blocked");
    }

    @AsyncTest
    void aCallInAnotherThreadIsNotWaitedFor() {
        CountDownLatch go = new CountDownLatch(1);
        Task<?> call = createTask(() -> {
            toThread(() -> go.await());
            events.add("call");
        });
        waitUntilAllBlocked();
        assertThat(events.list()).isEmpty();
        go.countDown();
        call.await();

        assertThat(events.list()).containsExactly("call");
    }

    @AsyncTest
    void withACushionNothingMayRunForSoLong(VirtualClock clock) {
        Task<?> ticks = createTask(() -> {
            for (int i = 0; i < 4; i++) {
                sleep(ofSeconds(1));
            }
        });
        waitUntilAllBlocked(ofSeconds(2));

        assertThat(ticks.isDone()).isTrue();
        assertThat(clock.elapsed()).isEqualTo(ofSeconds(6));
    }

    @AsyncTest
    void otherTasksAreNotKeptFromTheirTimers(VirtualClock clock) {
        Task<?> sleeper = createTask(() -> {
            sleep(ofSeconds(1));
            events.add("woken");
        });
        Task<?> patient = createTask(() -> waitUntilAllBlocked(ofMinutes(30)));
        sleeper.await();
        waitUntilAllBlocked();
        assertThat(events.timed()).containsExactly("1s woken");
        patient.await();

        assertThat(clock.elapsed()).isEqualTo(ofMinutes(30).plusSeconds(1));
    }

    @AsyncTest(clock = TestClock.REAL)
    void inRealTimeACushionTakesItsTime() {
        long before = runningLoop().time();
        waitUntilAllBlocked();
        waitUntilAllBlocked(ofMillis(5));

        assertThat(runningLoop().time() - before).isGreaterThanOrEqualTo(5_000_000);
    }

    @AsyncTest
    void whoIsCancelledNoLongerWaits() {
        Task<?> waiter = createTask(() -> waitUntilAllBlocked(ofSeconds(1)));
        sleep(ZERO);
        waiter.cancel();
        sleep(ofSeconds(2));

        assertThat(waiter.isCancelled()).isTrue();
    }

    @Test
    void itIsForTasks() {
        assertThatThrownBy(() -> waitUntilAllBlocked())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Cannot ")
                .hasMessageEndingWith("start one with Asyncio.run(...)");
        assertThatThrownBy(() -> waitUntilAllBlocked(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Nothing runs for PT-0.000000001S? Give a duration that is not negative");
    }
}
