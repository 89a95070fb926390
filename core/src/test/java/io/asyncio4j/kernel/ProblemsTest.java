package io.asyncio4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Innards;
import io.asyncio4j.Runner;
import io.asyncio4j.RunnerOptions;
import io.asyncio4j.spi.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Exceptions that are thrown where no task can catch them.
final class ProblemsTest {
    private final List<String> reports = new ArrayList<>();
    private final IllegalStateException broken = new IllegalStateException("broken");

    private final RunnerOptions options =
            RunnerOptions.defaults().exceptionHandler((_, problem) -> reports.add(problem.message()));

    /// A clock that cannot say how long to wait, so often.
    private Clock failing(int times) {
        return new Clock() {
            private int left = times;

            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public long idle(long deadline, boolean reportsBack) {
                if (left-- > 0) {
                    throw broken;
                }
                return deadline == NEVER ? NEVER : Math.max(1, deadline - nanoTime());
            }
        };
    }

    @Test
    void anIterationThatFailsIsTriedAgain() {
        try (Runner runner = new Runner(options.clock(failing(3)))) {
            runner.run(() -> Asyncio.sleep(Duration.ofNanos(1)));
        }
        assertThat(reports).containsOnly("The event loop failed between two steps; it goes on");
    }

    @Test
    void aLoopThatCannotGoOnEndsTheRun() {
        try (Runner runner = new Runner(options.clock(failing(101)))) {
            assertThatThrownBy(() -> runner.run(() -> Asyncio.sleep(Duration.ofHours(1))))
                    .isSameAs(broken);
        }
        assertThat(reports).hasSize(100);
    }

    @Test
    void aStepOfTheKernelThatFailsIsReportedAndEndsNothing() {
        try (Runner runner = new Runner(options)) {
            runner.run(() -> {
                Loop loop = Caller.requireLoop("test");
                loop.post(new KernelCallback(() -> {
                    throw broken;
                }));
                Asyncio.sleep(Duration.ofNanos(1));
            });
        }
        assertThat(reports).containsExactly("A step of the event loop failed");
    }

    @Test
    void aTaskThatTheLoopCannotRunFails() {
        try (Runner runner = new Runner(options)) {
            runner.run(() -> {
                Loop loop = Caller.requireLoop("test");
                Fiber<?> task = Innards.of(Asyncio.createTask(() -> Asyncio.sleep(Duration.ZERO)));
                loop.ready.remove(task);
                task.failed(broken);
                assertThatThrownBy(() -> Asyncio.await(task)).isSameAs(broken);
                task.failed(broken);
            });
        }
        assertThat(reports).containsExactly("A task has ended, and the event loop failed after that");
    }

    @Test
    void whatCouldNotBeReportedIsToldLater() {
        try (Runner runner = new Runner(options)) {
            runner.run(() -> {
                Loop loop = Caller.requireLoop("test");
                loop.problems.lose(broken);
                loop.problems.lose(new IllegalStateException("another"));
                Asyncio.sleep(Duration.ZERO);
                Asyncio.sleep(Duration.ZERO);
                assertThat(loop.problems.hasLost()).isFalse();
            });
        }
        assertThat(reports)
                .containsExactly(
                        "Memory or stack was exhausted, so that problems of the event loop could not be told when"
                                + " they came up: 2, of which this is the first");
    }
}
