package io.asyncio4j.diagnose;

import io.asyncio4j.base.Times;
import io.asyncio4j.kernel.Fiber;
import io.asyncio4j.kernel.Loop;
import io.asyncio4j.queue.Node;
import io.asyncio4j.queue.ReadyQueue;
import io.asyncio4j.spi.Clock;
import io.asyncio4j.spi.Poller;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Debug mode's watch over callbacks and over what tasks do between two awaits: it logs, by name,
/// what kept all others waiting for long.
///
/// Told by the [StepObserver], in debug mode, what has ended and how long it took. Confined to the
/// thread that holds the loop.
public final class SlowSteps {
    private static final System.Logger LOG = System.getLogger("io.asyncio4j");
    private static final int MAX_FRAMES = 12;
    private static final Duration LIMIT =
            Duration.ofMillis(Math.max(0, Long.getLong("asyncio4j.slowCallbackMillis", 5000)));
    private static final Duration LIMIT_IN_DEBUG_MODE = Duration.ofMillis(100);

    private final Loop loop;

    /// Null for the default. Read by the watchdog.
    private volatile @Nullable Duration limit;

    /// How many were logged. Read by the watchdog.
    private volatile long logged;

    SlowSteps(Loop loop) {
        this.loop = loop;
    }

    private LoopWatch watch() {
        return Supervisor.of(loop).watch;
    }

    /// Returns how long a step may take, zero for any time. Any thread.
    public Duration limit() {
        Duration given = limit;
        return given != null ? given : loop.isDebug() ? LIMIT_IN_DEBUG_MODE : LIMIT;
    }

    public void setLimit(Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("The slow callback duration must not be negative, but is " + limit
                    + "; zero turns the reports off");
        }
        this.limit = limit;
        loop.supervision.limitChanged();
    }

    /// Returns how many steps were logged. Any thread.
    long logged() {
        return logged;
    }

    /// A callback, or a task's step, has ended.
    ///
    /// @param nanos how long it took
    /// @param progress the loop's progress meanwhile
    void ended(Node node, long nanos, long progress) {
        if (isSlow(nanos) && isSlow(nanos - loadingNanos(progress))) {
            report(node, Duration.ofNanos(nanos));
        }
    }

    /// Returns how much of a step's time went into loading classes: none of it where the loop's
    /// clock is not the real one.
    private long loadingNanos(long progress) {
        boolean real = Clock.system().getClass().isInstance(loop.clock);
        return real ? watch().loadingNanos(progress) : 0;
    }

    private boolean isSlow(long nanos) {
        long longest = Times.nanos(limit());
        return longest > 0 && nanos >= longest;
    }

    /// Has the poller deliver what there is, without waiting.
    void poll(Poller poller) {
        long before = loop.time();
        poller.poll(0);
        long took = loop.time() - before;
        if (isSlow(took)) {
            log("The poller took " + Duration.ofNanos(took) + " to deliver what there was; nothing else could run"
                    + " meanwhile");
        }
    }

    private void report(Node ended, Duration time) {
        StringBuilder text = new StringBuilder();
        if (ended instanceof Fiber<?> task) {
            text.append("Task '").append(task.name()).append("' ran for ").append(time);
            text.append(task.isDone() ? " and ended" : " until it awaited something");
        } else {
            text.append("Callback ").append(ended).append(" ran for ").append(time);
        }
        text.append("; nothing else could run meanwhile.");
        if (watch().hasReported()) {
            log(text.toString()); // with advice and the place, while it ran
            return;
        }
        text.append(" Use toThread(...) for what blocks, and sleep(Duration.ZERO) to let others run");
        if (ended instanceof Fiber<?> task) {
            for (StackTraceElement frame : place(task)) {
                text.append(System.lineSeparator()).append("    at ").append(frame);
            }
        }
        log(text.toString());
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time holds the loop
    private void log(String text) {
        logged++;
        LOG.log(System.Logger.Level.WARNING, text);
    }

    /// Where the task stopped: on its own thread this runs on top of that.
    private static List<StackTraceElement> place(Fiber<?> task) {
        return task.stack().stream()
                .dropWhile(frame -> frame.getClassName().equals(SlowSteps.class.getName())
                        || frame.getClassName().equals(StepObserver.class.getName())
                        || frame.getClassName().equals(ReadyQueue.class.getName()))
                .limit(MAX_FRAMES)
                .toList();
    }
}
