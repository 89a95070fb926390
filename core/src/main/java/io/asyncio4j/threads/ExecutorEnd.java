package io.asyncio4j.threads;

import io.asyncio4j.base.Times;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/// The wait of a run's end for the default executor: reports what it waits for, and gives up at a
/// limit. Used by one thread, outside the loop.
public final class ExecutorEnd {
    private static final System.Logger LOG = System.getLogger("io.asyncio4j");

    private final ExecutorService executor;
    private final DefaultCalls calls;
    private final long limitNanos;

    /// How long calls may take before they are reported.
    private final long patienceNanos;

    /// Creates the wait for an executor.
    ///
    /// @param executor is shut down
    public ExecutorEnd(ExecutorService executor, DefaultCalls calls, Duration limit, Duration patience) {
        this.executor = executor;
        this.calls = calls;
        this.limitNanos = Times.nanos(limit);
        this.patienceNanos = Times.nanos(patience);
    }

    /// Waits until all calls have ended, or the limit is reached.
    public void await() throws InterruptedException {
        if (patienceNanos < limitNanos) {
            if (ends(patienceNanos)) {
                return;
            }
            log("The end of the run has waited for the default executor for " + Times.text(patienceNanos)
                    + ", and waits for " + Times.text(limitNanos) + " at most. "
                    + calls.describe("has not ended", "have not ended")
                    + System.lineSeparator()
                    + "Cancelling such a call interrupts its thread: have it end then."
                    + " RunnerOptions.executorShutdownTimeout(...) changes the limit.");
        }
        if (!ends(limitNanos - Math.min(patienceNanos, limitNanos))) {
            log("The end of the run has waited for the default executor for " + Times.text(limitNanos)
                    + ", and does not wait any longer. " + calls.describe("goes on", "go on"));
        }
    }

    /// Whether the executor has ended within a time. The common pool never ends: it says so early.
    private boolean ends(long nanos) throws InterruptedException {
        long start = System.nanoTime();
        return executor.awaitTermination(nanos, TimeUnit.NANOSECONDS)
                || (calls.isEmpty() && System.nanoTime() - start < nanos);
    }

    private static void log(String text) {
        try {
            LOG.log(System.Logger.Level.WARNING, text);
        } catch (Throwable unable) {
            System.err.println("asyncio4j: " + text + "; the logger failed with " + unable.getClass());
        }
    }
}
