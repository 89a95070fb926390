package io.asyncio4j.kernel;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The failures of a loop that nobody has asked for yet.
///
/// Each is reported to the exception handler: when its future has become garbage, at the latest
/// when the loop is closed. That can be long after, so that the failure of a task is logged before:
/// at once in debug mode, else when it has been left alone for about a second.
///
/// Confined to the thread that holds the loop, but for [#look]. The monitor guards the list.
public final class Failures {
    /*
     * The list is in the order in which the futures failed. What has been logged is its beginning, up to
     * `firstUnlogged`.
     *
     * That nobody has asked for a failure means something only once all had their turn who were about to:
     * a waiting task is woken in the iteration after, and who waits for several tasks one later. So a failure
     * is not looked at before its third iteration has begun, or nothing was ready any longer. Iterations are
     * counted while there are failures only; no callback or timer is set.
     */

    /// How long after a failure it is logged, in real time. The watchdog looks four times a second
    /// or more often, so that it takes a second at most.
    static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(750);

    private static final int ITERATIONS = 3;

    private static final System.Logger LOG = System.getLogger("io.asyncio4j");

    final ReferenceQueue<Promise<?>> collected = new ReferenceQueue<>();
    private final Loop loop;

    /// [#PATIENCE_NANOS], except in tests.
    volatile long patienceNanos = PATIENCE_NANOS;

    private @Nullable Failure first;
    private @Nullable Failure last;
    private @Nullable Failure firstUnlogged;
    private long iterations;

    Failures(Loop loop) {
        this.loop = loop;
    }

    Loop loop() {
        return loop;
    }

    // ------------------------------------------------------------------ for the loop

    /// Returns what a future that fails keeps: the failure or, if there is no memory for one, the
    /// exception, which is then reported at once.
    Object add(Promise<?> future, Throwable exception) {
        try {
            Failure failure = new Failure(future, exception, this);
            append(failure);
            return failure;
        } catch (Throwable unable) {
            loop.problems.lose(exception);
            return exception;
        }
    }

    private synchronized void append(Failure failure) {
        failure.iteration = iterations;
        failure.listed = true;
        failure.previous = last;
        if (last == null) {
            first = failure;
        } else {
            last.next = failure;
        }
        last = failure;
        if (firstUnlogged == null) {
            firstUnlogged = failure;
        }
    }

    /// Returns whether it was there.
    synchronized boolean remove(Failure failure) {
        if (!failure.listed) {
            return false;
        }
        failure.listed = false;
        if (failure == firstUnlogged) {
            firstUnlogged = failure.next;
        }
        if (failure.previous == null) {
            first = failure.next;
        } else {
            failure.previous.next = failure.next;
        }
        if (failure.next == null) {
            last = failure.previous;
        } else {
            failure.next.previous = failure.previous;
        }
        failure.previous = null;
        failure.next = null;
        return true;
    }

    boolean isEmpty() {
        return first == null;
    }

    /// An iteration begins, and there are failures.
    void iterationBegins() {
        countIteration(loop.ready.isEmpty() ? ITERATIONS : 1);
        if (loop.ready.order() == null) { // what has an order is not to depend on the garbage collector
            scheduleCollected();
        }
        if (loop.isDebug()) {
            log(nextToLog(Long.MAX_VALUE));
        }
    }

    private synchronized void countIteration(int by) {
        iterations += by;
    }

    /// Schedules a report for each whose future nobody holds any longer.
    private void scheduleCollected() {
        for (Reference<?> garbage; (garbage = collected.poll()) != null; ) {
            if (garbage instanceof Failure failure) {
                loop.ready.add(new KernelCallback(() -> {
                    if (remove(failure)) {
                        failure.report();
                    }
                }));
            }
        }
    }

    /// Reports all that are left.
    void reportAll() {
        List<Failure> left = new ArrayList<>();
        for (Failure failure; (failure = first) != null; ) {
            remove(failure);
            left.add(failure);
        }
        left.forEach(Failure::report);
    }

    // ------------------------------------------------------------------ the log

    /// Logs the failures that have been left alone for long. Called by the watchdog, in its thread.
    ///
    /// @param now the time as `System.nanoTime()` has it
    public void look(long now) {
        if (!isEmpty()) {
            log(nextToLog(now));
        }
    }

    /// Takes what is to be logged now.
    ///
    /// @param now the time, or `Long.MAX_VALUE` for whatever time it is
    private synchronized List<Failure> nextToLog(long now) {
        List<Failure> found = new ArrayList<>(0);
        for (Failure failure; (failure = firstUnlogged) != null; firstUnlogged = failure.next) {
            boolean isNew = iterations - failure.iteration < ITERATIONS;
            if (isNew || (now != Long.MAX_VALUE && now - failure.when < patienceNanos)) {
                break;
            }
            if (failure.ofTask) {
                found.add(failure);
            }
        }
        return found;
    }

    /// Has them logged by a thread beside the loop.
    private void log(List<Failure> failures) {
        for (Failure failure : failures) {
            try {
                loop.supervision.report(() -> LOG.log(System.Logger.Level.WARNING, failure.text()));
            } catch (Throwable noThread) {
                // The exception handler is told all the same, later.
            }
        }
    }
}
