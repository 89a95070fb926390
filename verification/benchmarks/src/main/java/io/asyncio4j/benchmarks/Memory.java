package io.asyncio4j.benchmarks;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.sleep;

import java.time.Duration;
import java.util.Locale;

/// Prints how many bytes of heap a suspended task takes, everything included: task, future, timer,
/// thread, stack, and the lambda that is its body.
///
/// Run it with `java -cp benchmarks.jar`, the engine's flags and the heap of your choice.
public final class Memory {
    private static final int TASKS = 1_000_000;

    private Memory() {}

    /// Runs it.
    public static void main(String[] arguments) {
        run(() -> {
            long before = usedHeap();
            for (int i = 0; i < TASKS; i++) {
                createTask(() -> sleep(Duration.ofHours(1)));
            }
            sleep(Duration.ZERO);
            sleep(Duration.ZERO);
            long after = usedHeap();
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d bytes per suspended task%n",
                    System.getProperty("asyncio4j.engine"),
                    (after - before) / TASKS);
            Runtime.getRuntime().halt(0); // ending them all is not what is measured
        });
    }

    private static long usedHeap() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
