package io.asyncio4j.kernel;

import io.asyncio4j.EventLoop;
import io.asyncio4j.queue.Inbox;
import io.asyncio4j.queue.Node;
import io.asyncio4j.spi.Clock;
import io.asyncio4j.spi.Poller;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The loop's connection to the outside: its inbox, where other threads leave callbacks, and its
/// [Poller].
///
/// Confined like [Loop], but for [#post].
public final class LoopIo {
    private final Loop loop;
    private final Inbox inbox = new Inbox();
    private final PollFailures failures;
    private Poller poller = new ParkingPoller(this);

    /// The thread that must call the poller, if a module has installed one; null for the loop's
    /// own, which any thread may call.
    private @Nullable Thread pollerThread;

    /// How often the poller was asked. Read by other threads, which may see an older number.
    private long polls;

    /// For how long the poller was last allowed to wait. Read as [#polls] is.
    private long waitNanos;

    /// Whether the poller may block, so that who posts must wake it.
    private volatile boolean waiting;

    LoopIo(Loop loop) {
        this.loop = loop;
        this.failures = new PollFailures(loop);
    }

    // ------------------------------------------------------------------ for the loop

    /// Whether iterations must begin on the loop's own thread, since a poller is called there.
    public boolean pollsInEveryIteration() {
        return pollerThread != null;
    }

    /// Returns why the calling thread cannot run the loop, or null if it can.
    @Nullable
    String refusal() {
        Thread owner = pollerThread;
        return owner == null || owner == Thread.currentThread()
                ? null
                : "its I/O was opened in " + Caller.name(owner) + ", which alone can go on with it";
    }

    /// Whether the poller may yet have something to deliver.
    boolean isWatching() {
        return poller.isWatching();
    }

    /// Whether the loop may be waiting for something from outside. Any thread.
    public boolean isWaiting() {
        return waiting;
    }

    public long polls() {
        return polls;
    }

    /// Whether the loop waits, rightly: nothing has come that it should wait for no longer. Any
    /// thread.
    ///
    /// @param waited for how long it has waited already, in real time
    public boolean isIdle(long waited) {
        return waiting && inbox.isEmpty() && (waitNanos == Clock.NEVER || waited < waitNanos);
    }

    /// Delivers what there is from outside.
    ///
    /// @param nanos how long to wait for something if there is nothing
    void poll(long nanos) {
        boolean told = loop.interruption.isHeard();
        if (nanos > 0) {
            await(nanos, told && pollerThread == null);
        } else if (pollerThread != null) {
            polls++;
            pollNow();
        }
        inbox.drainTo(loop.ready);
    }

    private void pollNow() {
        try {
            if (loop.isDebug()) {
                loop.observation.poll(poller);
            } else {
                poller.poll(0);
            }
            failures.none();
        } catch (Throwable thrown) {
            failures.contain(thrown);
        }
    }

    /// @param told whether the loop will be told of interrupts of its thread meanwhile
    private void await(long nanos, boolean told) {
        boolean taskInterrupted = clearInterrupt();
        if (taskInterrupted) {
            LockSupport.parkNanos(1); // takes the permit that an interrupt leaves: with it, no wait would wait
        }
        waitNanos = nanos;
        waiting = true;
        polls++;
        try {
            poller.poll(nanos);
            failures.none();
        } catch (Throwable thrown) {
            failures.contain(thrown);
            failures.rest(nanos);
        }
        waiting = false;
        if (told) {
            loop.interruption.leave();
        } else {
            taskInterrupted |= clearInterrupt();
        }
        if (taskInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Clears the interrupt flag of the calling thread, so that it can wait. Returns whether the
    /// interrupt is for a task whose thread minds the loop; one of the loop's own thread has been
    /// dealt with.
    boolean clearInterrupt() {
        if (!Thread.interrupted()) {
            return false;
        }
        if (Thread.currentThread() == loop.owner.thread()) {
            loop.interruption.found();
            return false;
        }
        return true;
    }

    void drainInbox() {
        inbox.drainTo(loop.ready);
    }

    /// Adds a node from any thread.
    ///
    /// @return false if the loop is closed and will never run it
    boolean post(Node node) {
        if (loop.isClosed()) {
            return false;
        }
        inbox.push(node);
        if (waiting) {
            poller.wakeup();
        }
        if (loop.isClosed()) {
            inbox.discard(); // it was closed meanwhile, and may not have seen the node
        }
        return true;
    }

    /// Ends what comes from outside. The loop is closed.
    void close() {
        loop.wakeSources.close();
        if (refusal() == null) {
            closePoller();
        } else {
            loop.report(new EventLoop.ExceptionContext("The event loop is closed in " + Caller.describe()
                    + ", so that its sockets stay open: " + refusal() + "; close the loop there"));
        }
        inbox.discard();
    }

    private void closePoller() {
        try {
            poller.close();
        } catch (Throwable thrown) {
            failures.containClose(thrown);
        }
    }

    public Poller poller() {
        return poller;
    }

    /// Has a poller of a module called from now on, by the thread that runs the loop.
    public void setPoller(Poller made, Thread owner) {
        poller = made;
        pollerThread = owner;
    }

    /// Whether nothing has come that the calling thread, which is to wait, should see first.
    public boolean mayBlock() {
        return inbox.isEmpty()
                && loop.ready.isEmpty()
                && !Thread.currentThread().isInterrupted();
    }
}
