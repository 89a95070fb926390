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

/// The cost of a task from its creation to its end, in a group of many.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SpawnBenchmark {
    private static final int TASKS = 100_000;

    /// Tasks that do nothing.
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public void spawnAndJoin() {
        run(() -> {
            taskGroup(group -> {
                for (int i = 0; i < TASKS; i++) {
                    group.createTask(() -> {});
                }
            });
        });
    }

    /// Tasks that suspend once, so that all are alive at the same time.
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public void spawnSuspendAndJoin() {
        run(() -> {
            taskGroup(group -> {
                for (int i = 0; i < TASKS; i++) {
                    group.createTask(() -> sleep(Duration.ZERO));
                }
            });
        });
    }
}
