package io.asyncio4j.benchmarks;

import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.taskGroup;

import io.asyncio4j.sync.Queue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/// The cost of handing an item from one task to another through a queue for one item.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HandOffBenchmark {
    private static final int ITEMS = 500_000;

    /// One producer, one consumer.
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public void queueOfOne() {
        run(() -> {
            Queue<Integer> queue = new Queue<>(1);
            taskGroup(group -> {
                group.createTask(() -> {
                    for (int i = 0; i < ITEMS; i++) {
                        queue.put(1);
                    }
                });
                group.createTask(() -> {
                    for (int i = 0; i < ITEMS; i++) {
                        queue.get();
                    }
                });
            });
        });
    }
}
