package io.asyncio4j.kernel;

import io.asyncio4j.Context;
import io.asyncio4j.EventLoop;
import io.asyncio4j.base.Throwing;
import io.asyncio4j.queue.Node;
import org.jspecify.annotations.Nullable;

/// The way of a loop's problems that nobody waits for to the program: its exception handler, else
/// the log.
///
/// Nothing here throws: what cannot be reported, because the heap or the stack is full, is counted
/// and told later. Confined to the thread that holds the loop.
public final class Problems {
    /// How often in a row an iteration may fail before the run ends.
    private static final int MAX_FAILED_ITERATIONS = 100;

    private final Loop loop;
    private EventLoop.@Nullable ExceptionHandler handler;

    /// How many reports were lost, and what the first was about.
    private int lost;

    private @Nullable Throwable firstLost;

    private int failedIterations;

    /// The number of turns when an iteration last failed.
    private long turnsAtFailure = -1;

    /// What has ended the run.
    private @Nullable Throwable fatal;

    Problems(Loop loop) {
        this.loop = loop;
    }

    public void setHandler(EventLoop.@Nullable ExceptionHandler handler) {
        this.handler = handler;
    }

    public EventLoop.@Nullable ExceptionHandler handler() {
        return handler;
    }

    /// Hands `problem` to the exception handler, on the loop's thread or in the calling task.
    public void report(EventLoop.ExceptionContext problem) {
        report(problem, null);
    }

    /// Hands `problem` to the exception handler.
    ///
    /// @param context what the handler sees, where the problem names neither a task nor a callback
    public void report(EventLoop.ExceptionContext problem, @Nullable Context context) {
        try {
            ExceptionReports.report(loop, handler, problem, context);
        } catch (Throwable unable) {
            lose(problem.exception() == null ? unable : problem.exception());
        }
    }

    /// Reports what was thrown where nobody could catch it.
    public void report(String what, Throwable thrown) {
        try {
            report(new EventLoop.ExceptionContext(what, thrown, null, null));
        } catch (Throwable unable) {
            lose(thrown);
        }
    }

    /// Notes a problem that cannot be reported now.
    public void lose(Throwable thrown) {
        lost++;
        if (firstLost == null) {
            firstLost = thrown;
        }
    }

    boolean hasLost() {
        return lost > 0;
    }

    /// Tells of the reports that were lost, if that is possible by now.
    void tellLost() {
        try {
            var problem = new EventLoop.ExceptionContext(
                    "Memory or stack was exhausted, so that problems of the event loop could not be told when they"
                            + " came up: " + lost + ", of which this is the first",
                    firstLost,
                    null,
                    null);
            lost = 0;
            firstLost = null;
            report(problem);
        } catch (Throwable unable) {
            // still not possible: next time
        }
    }

    // ------------------------------------------------------------------ between two steps

    /// Takes what was thrown while the loop ran `node`, or began an iteration: it ends what the
    /// node stands for, and nothing else.
    ///
    /// @param node null if an iteration was to begin
    public void contain(@Nullable Node node, Throwable thrown) {
        if (node != null) {
            loop.owner.setCurrent(null);
            loop.setCallbackContext(null);
            if (!node.failed(thrown)) {
                report("A step of the event loop failed", thrown);
            }
            return;
        }
        if (turnsAtFailure != loop.ready.turns()) {
            turnsAtFailure = loop.ready.turns();
            failedIterations = 0;
        }
        if (++failedIterations <= MAX_FAILED_ITERATIONS) {
            report("The event loop failed between two steps; it goes on", thrown);
        } else {
            fatal = thrown;
            loop.stop();
        }
    }

    /// Throws what has ended the run, if something has.
    void throwFatal() {
        Throwable thrown = fatal;
        if (thrown != null) {
            fatal = null;
            failedIterations = 0;
            throw Throwing.sneaky(thrown);
        }
    }
}
