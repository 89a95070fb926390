package io.asyncio4j.kernel;

import io.asyncio4j.EventLoop;
import io.asyncio4j.base.ProgramFrames;
import io.asyncio4j.base.Times;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A cancellation that was delivered to a task and may yet turn out to be swallowed: the task
/// catches the [CancelledError], does not `uncancel`, and goes on as if nothing had happened.
///
/// Debug mode notes it when a task is given the error. A task that cleans up and ends as cancelled,
/// or takes the cancellation back, is forgotten; one that ends with a result is reported, and so is
/// one that has gone on for long. Confined to the task.
final class DeliveredCancellation {
    /// How long a task may clean up, by the loop's time, before it is said to go on.
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Fiber<?> task;
    private final long when;

    /// Where the task waited.
    private final List<StackTraceElement> deliveredAt =
            ProgramFrames.ofCaller(true).frames();

    /// Where it waited next.
    private @Nullable List<StackTraceElement> awaitedNext;

    private int awaits;
    private boolean reported;

    DeliveredCancellation(Fiber<?> task) {
        this.task = task;
        this.when = task.loop.time();
    }

    /// The task, which was given the error, awaits something.
    void awaitsAgain() {
        awaits++;
        if (awaitedNext == null) {
            awaitedNext = ProgramFrames.ofCaller(true).frames();
        }
        if (task.loop.time() - when >= PATIENCE_NANOS) {
            report("goes on", "");
        }
    }

    /// The task has ended with a result.
    void ended() {
        report("swallowed it", " and ended with a result");
    }

    private void report(String what, String end) {
        if (reported) {
            return;
        }
        reported = true;
        String text = task.name() + "' was cancelled and " + what + ": the CancelledError was thrown" + at(deliveredAt)
                + catcher() + "; the task went on for " + Times.text(task.loop.time() - when)
                + (awaits == 1 ? " with 1 await" : " with " + awaits + " awaits") + end
                + ". Let a CancelledError pass on, or call uncancel() if the task is to go on";
        String created = task.place().toString();
        task.loop.report(new EventLoop.ExceptionContext(
                "Task '" + text + (created.isEmpty() ? "" : ". The task was " + created), null, task, null));
    }

    /// Tells who caught the error: the innermost method that was at work before and after, as far
    /// as that can be known.
    private String catcher() {
        List<StackTraceElement> next = awaitedNext;
        if (next == null) {
            return " and caught";
        }
        StackTraceElement found = null;
        int common = Math.min(deliveredAt.size(), next.size());
        for (int i = 1; i <= common; i++) {
            StackTraceElement before = deliveredAt.get(deliveredAt.size() - i);
            StackTraceElement after = next.get(next.size() - i);
            if (!isSameMethod(before, after)) {
                break;
            }
            found = after;
            if (before.getLineNumber() != after.getLineNumber()) {
                break;
            }
        }
        return found == null
                ? " and caught"
                : ", caught in " + found.getClassName() + "." + found.getMethodName() + ", which went on"
                        + at(List.of(found));
    }

    private static boolean isSameMethod(StackTraceElement one, StackTraceElement other) {
        return one.getClassName().equals(other.getClassName())
                && one.getMethodName().equals(other.getMethodName());
    }

    private static String at(List<StackTraceElement> frames) {
        return frames.isEmpty() ? "" : " at " + frames.getFirst();
    }
}
