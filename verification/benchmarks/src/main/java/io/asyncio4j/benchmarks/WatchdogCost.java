package io.asyncio4j.benchmarks;

import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// The watchdog's cost for a loop that does nothing but switch: loops with and without it take
/// turns in one JVM.
///
/// Prints, for one task that is suspended and resumed and for two that take turns, nanoseconds per
/// switch and how much each limit adds: the median over all rounds, each compared with the loop
/// without a limit beside it, and where that median lies with 95 % confidence. It is the processor
/// time of all Java threads, so the watchdog's own counts, and what else the machine does counts
/// little. On a busy machine the shortest limit may have something to report, on standard error.
/// Then it prints what share of a processor the watchdog's own thread took.
///
/// Argument: how many rounds.
public final class WatchdogCost {
    /// So many that it looks a few times even at a limit of 5 s: half a second.
    private static final int[] SWITCHES = {0, 10_000_000, 1_500_000};

    private static final int WARM_UP = 3;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /// Off; the default, with 4 looks a second; that of debug mode, with 40.
    private static final List<Duration> LIMITS = List.of(Duration.ZERO, Duration.ofSeconds(5), Duration.ofMillis(100));

    /// What the watchdog's thread used, by limit, and how long the loops ran: nanoseconds.
    private static final long[] WATCHDOG = new long[LIMITS.size()];

    private static final long[] ELAPSED = new long[LIMITS.size()];

    private WatchdogCost() {}

    /// Measures.
    public static void main(String[] arguments) {
        int rounds = arguments.length == 0 ? 60 : Integer.parseInt(arguments[0]);
        for (int tasks = 1; tasks <= 2; tasks++) {
            measure(tasks, rounds);
        }
        for (int i = 0; i < LIMITS.size(); i++) {
            double percent = 100.0 * WATCHDOG[i] / ELAPSED[i];
            System.out.printf(Locale.ROOT, "watchdog, limit %-6s  %8.4f %% of a processor%n", LIMITS.get(i), percent);
        }
        shortRuns(rounds);
    }

    private static void measure(int tasks, int rounds) {
        List<double[]> times = new ArrayList<>();
        for (int round = -WARM_UP; round < rounds; round++) {
            double[] nanos = new double[LIMITS.size()];
            for (int i = 0; i < nanos.length; i++) {
                int limit = (i + Math.abs(round)) % nanos.length; // each comes first as often as the others
                long began = System.nanoTime();
                long used = watchdogTime();
                nanos[limit] = nanosPerSwitch(tasks, LIMITS.get(limit));
                WATCHDOG[limit] += watchdogTime() - used;
                ELAPSED[limit] += System.nanoTime() - began;
            }
            if (round >= 0) {
                times.add(nanos);
            }
        }
        for (int i = 0; i < LIMITS.size(); i++) {
            int limit = i;
            double[] nanos = sorted(times, round -> round[limit]);
            double[] percent = sorted(times, round -> 100 * (round[limit] / round[0] - 1));
            System.out.printf(
                    Locale.ROOT,
                    "%d task(s), limit %-6s %8.1f ns   %+6.2f %% (%+.2f to %+.2f)%n",
                    tasks,
                    LIMITS.get(i),
                    median(nanos),
                    median(percent),
                    percent[lowerBound(rounds)],
                    percent[rounds - 1 - lowerBound(rounds)]);
        }
    }

    private static double nanosPerSwitch(int tasks, Duration limit) {
        int switches = SWITCHES[tasks];
        long start = processorTime();
        run(() -> {
            runningLoop().setSlowCallbackDuration(limit);
            taskGroup(group -> {
                for (int i = 0; i < tasks; i++) {
                    group.createTask(() -> {
                        for (int k = 0; k < switches / tasks; k++) {
                            sleep(Duration.ZERO);
                        }
                    });
                }
            });
        });
        return (double) (processorTime() - start) / switches;
    }

    private static long processorTime() {
        long sum = 0;
        for (long id : THREADS.getAllThreadIds()) {
            sum += Math.max(0, THREADS.getThreadCpuTime(id));
        }
        return sum;
    }

    private static long watchdogTime() {
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().equals("asyncio4j-watchdog")) {
                return Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return 0;
    }

    /// A loop that is made, runs next to nothing, and is closed: what it costs to tell the
    /// watchdog.
    private static void shortRuns(int rounds) {
        int runs = 2000;
        List<double[]> times = new ArrayList<>();
        for (int round = 0; round < rounds + WARM_UP; round++) {
            long start = processorTime();
            for (int i = 0; i < runs; i++) {
                run(() -> {});
            }
            times.add(new double[] {(double) (processorTime() - start) / runs});
        }
        double[] nanos = sorted(times.subList(WARM_UP, times.size()), round -> round[0]);
        System.out.printf(
                Locale.ROOT,
                "run(() -> {})         %8.1f ns   (%.1f to %.1f)%n",
                median(nanos),
                nanos[lowerBound(rounds)],
                nanos[rounds - 1 - lowerBound(rounds)]);
    }

    private static double[] sorted(List<double[]> rounds, ToDoubleFunction<double[]> value) {
        return rounds.stream().mapToDouble(value).sorted().toArray();
    }

    private static double median(double[] sorted) {
        return Arrays.stream(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1)
                .average()
                .orElseThrow();
    }

    /// The index up to which as few values may lie below the true median as chance allows, one time
    /// in forty.
    private static int lowerBound(int count) {
        return Math.max(0, (int) Math.floor(count / 2.0 - 0.98 * Math.sqrt(count)));
    }
}
