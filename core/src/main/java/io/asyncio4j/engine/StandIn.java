package io.asyncio4j.engine;

import io.asyncio4j.kernel.Caller;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A platform thread that runs a loop of the carrier engine: the one that called `run`, or a
/// stand-in.
///
/// A task that suspends while a native frame or a class initialiser is on its stack cannot leave
/// the thread it is mounted on: it is pinned. So it keeps the thread, and another one takes the
/// loop over until the task's turn comes; then that thread goes on where the task is. One at a time
/// is on duty.
///
/// Fields are written by the thread on duty, except where said.
final class StandIn implements Runnable {
    private final CarrierEngine engine;
    private final Thread thread;

    /// The strand of the pinned task that waits on this thread.
    @Nullable
    CarrierStrand buriedUnder;

    private boolean started;

    /// Set by the thread that hands its duty to this one, cleared by this one.
    private volatile boolean called;

    private volatile boolean dismissed;

    /// Makes the record of a thread that runs already.
    StandIn(CarrierEngine engine, Thread running) {
        this.engine = engine;
        this.thread = running;
        this.started = true;
    }

    /// Makes a stand-in, which starts when it is first called.
    StandIn(CarrierEngine engine) {
        this.engine = engine;
        this.thread = Thread.ofPlatform().daemon().name("asyncio4j-stand-in").unstarted(this);
    }

    Thread thread() {
        return thread;
    }

    @Override
    public void run() {
        Caller.LOOP.set(engine.loop);
        engine.dispatch(this);
    }

    /// Has this thread go on.
    ///
    /// @param waiting the thread that waits in [#awaitCall]: this one, or the pinned task's
    void call(Thread waiting) {
        if (started) {
            called = true;
            LockSupport.unpark(waiting);
        } else {
            started = true;
            thread.start();
        }
    }

    /// Waits, on this thread or on the pinned task's, to be called or dismissed.
    void awaitCall() {
        boolean interrupted = false;
        while (!called && !dismissed) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        called = false;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Lets a stand-in end that waits and is not needed any longer.
    void dismiss() {
        dismissed = true;
        LockSupport.unpark(thread);
    }
}
