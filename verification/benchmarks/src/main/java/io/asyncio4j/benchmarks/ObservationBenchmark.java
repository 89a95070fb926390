package io.asyncio4j.benchmarks;

import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;

import io.asyncio4j.Runner;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// The cost of keeping account of tasks, and of recording them: one `sleep(0)` of a thousand tasks
/// that take turns, as in [SwitchBenchmark], each switch being a step that is observed.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ObservationBenchmark {
    private static final int SWITCHES = 1_000_000;
    private static final int TASKS = 1000;

    /// A flight recording with the settings that it has by itself.
    @State(Scope.Benchmark)
    public static class Recorded {
        private final Recording recording = new Recording();

        /// Begins it.
        @Setup
        public void start() {
            recording.start();
        }

        /// Ends it, and drops what it has.
        @TearDown
        public void stop() {
            recording.close();
        }
    }

    /// Nobody wants to know.
    @Benchmark
    @OperationsPerInvocation(SWITCHES)
    public void off() {
        takeTurns(false);
    }

    /// The times of tasks are kept.
    @Benchmark
    @OperationsPerInvocation(SWITCHES)
    public void accounting() {
        takeTurns(true);
    }

    /// There is a flight recording.
    @Benchmark
    @OperationsPerInvocation(SWITCHES)
    public void recording(Recorded recorded) {
        takeTurns(false);
    }

    private static void takeTurns(boolean accounting) {
        try (Runner runner = new Runner()) {
            runner.loop().setAccounting(accounting);
            runner.run(() -> {
                taskGroup(group -> {
                    for (int i = 0; i < TASKS; i++) {
                        group.createTask(() -> {
                            for (int k = 0; k < SWITCHES / TASKS; k++) {
                                sleep(Duration.ZERO);
                            }
                        });
                    }
                });
            });
        }
    }
}
