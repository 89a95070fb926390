package io.asyncio4j.benchmarks;

import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.taskGroup;

import io.asyncio4j.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/// What it costs to hand an item from one task to another through a queue for one item.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HandOffBenchmark {
    private static final int ITEMS = 500_000;

    /// One producer, one consumer.
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public void queueOfOne() {
        run(() -> {
            Slot slot = new Slot();
            taskGroup(group -> {
                group.createTask(() -> {
                    for (int i = 0; i < ITEMS; i++) {
                        slot.put(slot);
                    }
                });
                group.createTask(() -> {
                    for (int i = 0; i < ITEMS; i++) {
                        slot.get();
                    }
                });
            });
        });
    }

    /// A queue for one item, for one producer and one consumer.
    private static final class Slot {
        private Object item;
        private Future<Object> waiting;

        void put(Object newItem) {
            while (item != null) {
                await();
            }
            item = newItem;
            wake();
        }

        Object get() {
            while (item == null) {
                await();
            }
            Object taken = item;
            item = null;
            wake();
            return taken;
        }

        private void await() {
            waiting = createFuture();
            waiting.await();
        }

        private void wake() {
            Future<Object> waiter = waiting;
            waiting = null;
            if (waiter != null) {
                waiter.setResult(this);
            }
        }
    }
}
