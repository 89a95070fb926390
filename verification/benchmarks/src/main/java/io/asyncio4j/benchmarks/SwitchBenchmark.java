package io.asyncio4j.benchmarks;

import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/// The cost of suspending a task and resuming it: one `sleep(0)` of tasks that take turns.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SwitchBenchmark {
    private static final int SWITCHES = 1_000_000;

    /// A task alone, which need not be switched away from.
    @Benchmark
    @OperationsPerInvocation(SWITCHES)
    public void oneTask() {
        takeTurns(1);
    }

    /// Two tasks.
    @Benchmark
    @OperationsPerInvocation(SWITCHES)
    public void twoTasks() {
        takeTurns(2);
    }

    /// A thousand tasks.
    @Benchmark
    @OperationsPerInvocation(SWITCHES)
    public void thousandTasks() {
        takeTurns(1000);
    }

    private static void takeTurns(int tasks) {
        run(() -> {
            taskGroup(group -> {
                for (int i = 0; i < tasks; i++) {
                    group.createTask(() -> {
                        for (int k = 0; k < SWITCHES / tasks; k++) {
                            sleep(Duration.ZERO);
                        }
                    });
                }
            });
        });
    }
}
