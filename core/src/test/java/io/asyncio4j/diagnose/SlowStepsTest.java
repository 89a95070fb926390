package io.asyncio4j.diagnose;

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.EventLoop;
import io.asyncio4j.Innards;
import io.asyncio4j.Runner;
import io.asyncio4j.Task;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.spi.Poller;
import io.asyncio4j.testing.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The reports of debug mode about slow steps and callbacks.
final class SlowStepsTest {
    private static final String ADVICE = "; nothing else could run meanwhile."
            + " Use toThread(...) for what blocks, and sleep(Duration.ZERO) to let others run";

    private static final Logger LOGGER = Logger.getLogger("io.asyncio4j");

    private final List<String> warnings = new ArrayList<>();
    private final VirtualClock clock = new VirtualClock();
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            if (!entry.getMessage().startsWith("The loop runs on")
                    && !Thread.currentThread().getName().startsWith("asyncio4j-watchdog")) {
                warnings.add(entry.getLevel() + " " + entry.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void record() {
        LOGGER.addHandler(recorder);
        LOGGER.setUseParentHandlers(false);
    }

    @AfterEach
    void stopRecording() {
        LOGGER.removeHandler(recorder);
        LOGGER.setUseParentHandlers(true);
    }

    private void debug(VoidCoroutine main) {
        try (Runner runner = new Runner(clock)) {
            runner.loop().setDebug(true);
            runner.run(() -> {
                WatchdogLog.leaveAlone(Supervisor.of(Innards.running()).watch);
                currentTask().setName("main");
                main.execute();
            });
        }
    }

    private void compute() {
        clock.advance(ofMillis(150));
        sleep(ofMillis(500));
        clock.advance(ofMillis(50));
    }

    @Test
    void aSlowStepIsLoggedWithThePlaceWhereItStopped() {
        debug(this::compute);
        assertThat(warnings).hasSize(1);
        List<String> lines = warnings.getFirst().lines().toList();
        assertThat(lines.getFirst())
                .isEqualTo("WARNING Task 'main' ran for PT0.15S until it awaited something" + ADVICE);
        assertThat(lines.get(1)).startsWith("    at io.asyncio4j.kernel.Promise.await(Promise.java:");
        assertThat(lines).anyMatch(line -> line.startsWith("    at io.asyncio4j.diagnose.SlowStepsTest.compute("));
    }

    @Test
    void aSlowLastStepIsLogged() {
        debug(() -> {
            Task<Void> task = createTask("slow", () -> clock.advance(ofMillis(100)));
            createTask("next", () -> {});
            task.await();
        });
        assertThat(warnings).containsExactly("WARNING Task 'slow' ran for PT0.1S and ended" + ADVICE);
    }

    @Test
    void aTaskThatGoesOnAtOnceIsTimedAnew() {
        debug(() -> {
            clock.advance(ofMillis(60));
            sleep(ZERO);
            clock.advance(ofMillis(60));
            sleep(ZERO);
        });
        assertThat(warnings).isEmpty();
    }

    @Test
    void whatRanWhileDebugModeWasOffIsNot() {
        debug(() -> {
            runningLoop().setDebug(false);
            sleep(ofMillis(1));
            clock.advance(ofSeconds(10));
            sleep(ofMillis(1));
            runningLoop().setDebug(true);
            sleep(ofMillis(1));
        });
        assertThat(warnings).isEmpty();
    }

    @Test
    void aSlowCallbackIsLogged() {
        Runnable callback = new Runnable() {
            @Override
            public void run() {
                clock.advance(ofMillis(200));
            }

            @Override
            public String toString() {
                return "refresh";
            }
        };
        debug(() -> {
            runningLoop().callSoon(callback);
            sleep(ZERO);
        });
        assertThat(warnings).containsExactly("WARNING Callback Handle[refresh] ran for PT0.2S" + ADVICE);
    }

    @Test
    void theLimitCanBeSet() {
        debug(() -> {
            assertThat(runningLoop().slowCallbackDuration()).isEqualTo(ofMillis(100));
            runningLoop().setSlowCallbackDuration(ofMillis(300));
            clock.advance(ofMillis(200));
            sleep(ZERO);
            assertThatThrownBy(() -> runningLoop().setSlowCallbackDuration(ofMillis(-1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The slow callback duration must not be negative, but is PT-0.001S;"
                            + " zero turns the reports off");
        });
        assertThat(warnings).isEmpty();
    }

    @Test
    void aLimitOfZeroTurnsTheReportsOff() {
        debug(() -> {
            runningLoop().setSlowCallbackDuration(ZERO);
            clock.advance(ofSeconds(10));
            sleep(ZERO);
        });
        assertThat(warnings).isEmpty();
    }

    @Test
    void aPollThatTakesLongWithoutWaitingIsLogged() {
        debug(() -> {
            EventLoop.access().poller(SlowPoller.class, _ -> new SlowPoller());
            sleep(ZERO);
            runningLoop().setSlowCallbackDuration(ZERO);
        });
        assertThat(warnings)
                .containsExactly(
                        "WARNING The poller took PT0.3S to deliver what there was; nothing else could run meanwhile");
    }

    /// A poller whose handlers take long.
    private final class SlowPoller implements Poller {
        @Override
        public void poll(long nanos) {
            clock.advance(ofMillis(300));
        }

        @Override
        public void wakeup() {}

        @Override
        public void close() {}
    }

    @Test
    void withoutDebugModeNothingIsLogged() {
        debug(() -> {
            runningLoop().setDebug(false);
            compute();
            assertThat(runningLoop().isDebug()).isFalse();
        });
        assertThat(warnings).isEmpty();
    }
}
