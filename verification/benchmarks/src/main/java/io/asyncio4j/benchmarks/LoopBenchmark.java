package io.asyncio4j.benchmarks;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.runningLoop;

import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/// The cost of the loop's own services: timers, callbacks from other threads, futures already done.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LoopBenchmark {
    private static final int TIMERS = 200_000;
    private static final int CALLS = 500_000;
    private static final int AWAITS = 5_000_000;

    /// Timers that are due within a millisecond, set and run.
    @Benchmark
    @OperationsPerInvocation(TIMERS)
    public void timerSetAndRun() {
        run(() -> {
            EventLoop loop = runningLoop();
            Future<Void> all = createFuture();
            int[] left = {TIMERS};
            Random random = new Random(1);
            long start = loop.time();
            for (int i = 0; i < TIMERS; i++) {
                loop.callAt(start + random.nextInt(1_000_000), () -> {
                    if (--left[0] == 0) {
                        all.setResult(null);
                    }
                });
            }
            await(all);
        });
    }

    /// Timers that are cancelled before they are due.
    @Benchmark
    @OperationsPerInvocation(TIMERS)
    public void timerSetAndCancelled() {
        run(() -> {
            EventLoop loop = runningLoop();
            long hourAway = loop.time() + TimeUnit.HOURS.toNanos(1);
            for (int i = 0; i < TIMERS; i++) {
                loop.callAt(hourAway + i, () -> {}).cancel();
            }
        });
    }

    /// Awaits of a future that is done.
    @Benchmark
    @OperationsPerInvocation(AWAITS)
    public int awaitDone() {
        return run(() -> {
            List<Future<Integer>> done = new ArrayList<>();
            for (int i = 0; i < 1024; i++) {
                Future<Integer> future = createFuture();
                future.setResult(i);
                done.add(future);
            }
            int sum = 0;
            for (int i = 0; i < AWAITS; i++) {
                sum += await(
                        done.get((sum + i) & 1023)); // which one depends on the last, or nothing is left to measure
            }
            return sum;
        });
    }

    /// Callbacks that another thread hands to the loop, as fast as it can.
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void callSoonThreadsafe() {
        run(() -> {
            EventLoop loop = runningLoop();
            Future<Void> all = createFuture();
            int[] left = {CALLS};
            Thread.ofPlatform().start(() -> {
                for (int i = 0; i < CALLS; i++) {
                    loop.callSoonThreadsafe(() -> {
                        if (--left[0] == 0) {
                            all.setResult(null);
                        }
                    });
                }
            });
            await(all);
        });
    }
}
