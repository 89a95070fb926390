package io.asyncio4j.kernel;

import io.asyncio4j.EventLoop;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The failures of a loop's poller: each is contained, so that the run goes on, and some are
/// reported.
///
/// No task has caused them, and none could catch them: a library below has failed, or there was no
/// memory or no file descriptor left for what it does. That passes, or another part of the program
/// still works, so that this ends nothing, whatever was thrown.
///
/// Confined to the loop's own thread.
final class PollFailures {
    private static final long FIRST_SILENCE = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_SILENCE = TimeUnit.HOURS.toNanos(1);
    private static final long FIRST_REST = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int MOST_DOUBLINGS = 6;

    private final Loop loop;

    /// How many polls in a row have failed.
    private int inRow;

    /// How many failures were not reported since one was.
    private long unreported;

    /// For how long nothing is reported after a report; 0 before the first.
    private long silence;

    /// When something was last reported, in the loop's time.
    private long reportedAt;

    PollFailures(Loop loop) {
        this.loop = loop;
    }

    /// A poll has ended well.
    void none() {
        inRow = 0;
    }

    /// A poll has thrown something.
    void contain(Throwable thrown) {
        inRow++;
        try {
            report(thrown);
        } catch (Throwable unable) {
            unreported++; // no memory, most likely; told with the next one
        }
    }

    private void report(Throwable thrown) {
        long now = loop.time();
        if (silence > 0 && now - reportedAt < silence) {
            unreported++;
            return;
        }
        boolean calm = now - reportedAt >= 2 * silence;
        silence = silence == 0 || calm ? FIRST_SILENCE : Math.min(2 * silence, LONGEST_SILENCE);
        reportedAt = now;
        long more = unreported;
        unreported = 0;
        loop.report(new EventLoop.ExceptionContext(
                "The I/O of the event loop failed; it is tried again"
                        + (more == 0 ? "" : " (" + more + " more failures since the last report)"),
                thrown,
                null,
                null));
    }

    /// Closing the poller has thrown something.
    void containClose(Throwable thrown) {
        try {
            loop.report(new EventLoop.ExceptionContext(
                    "The I/O of the event loop could not be closed; sockets may stay open", thrown, null, null));
        } catch (Throwable unable) {
            inRow++; // nobody can be told
        }
    }

    /// Waits for a moment if polls fail again and again, so that they do not keep a processor busy.
    ///
    /// @param nanos how long the loop would have waited at most
    void rest(long nanos) {
        if (inRow > 1 && loop.io.mayBlock()) {
            LockSupport.parkNanos(this, Math.min(nanos, FIRST_REST << Math.min(inRow - 2, MOST_DOUBLINGS)));
        }
    }
}
