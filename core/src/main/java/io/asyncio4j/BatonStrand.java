package io.asyncio4j;

import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A thread that can hold the baton of a loop: a task's virtual thread, or the loop's own thread,
/// which has no task.
final class BatonStrand extends Strand implements Runnable {
    private final BatonEngine engine;
    private final Thread thread;

    private boolean started;

    /// Set by the thread that hands the baton on, cleared by this one.
    private volatile boolean baton;

    /// Whose step this task's step is part of; gets the baton back. Written by whoever holds the
    /// baton.
    @Nullable
    BatonStrand caller;

    /// What this thread is to do before it gives the baton back to [#caller], instead of going on.
    @Nullable
    Runnable errand;

    /// Makes the strand of the calling thread.
    BatonStrand(BatonEngine engine) {
        this.engine = engine;
        this.thread = Thread.currentThread();
        this.started = true;
    }

    /// Makes the strand of a task.
    BatonStrand(BatonEngine engine, Task<?> task) {
        this.engine = engine;
        this.task = task;
        task.strand = this;
        this.thread = Thread.ofVirtual()
                .name(task.threadName())
                .inheritInheritableThreadLocals(false)
                .unstarted(this);
        thread.setContextClassLoader(engine.loop.contextClassLoader);
    }

    @Override
    Thread thread() {
        return thread;
    }

    @Override
    public void run() {
        Loop.CURRENT.set(engine.loop);
        engine.started(this);
        Task<?> mine = Objects.requireNonNull(task);
        mine.execute();
        mine.strand = null;
        task = null;
        engine.leave(this);
    }

    /// Gives this strand the baton. The giver has it no longer.
    void give() {
        if (!started) {
            started = true;
            thread.start();
        } else {
            baton = true;
            LockSupport.unpark(thread);
        }
    }

    /// Waits until this strand is given the baton.
    void take() {
        for (; ; ) {
            boolean interrupted = false;
            while (!baton) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            baton = false;
            if (interrupted) {
                engine.interrupted(this);
            }
            Runnable action = errand;
            if (action == null) {
                return;
            }
            errand = null;
            action.run();
            giveBack();
        }
    }

    /// Gives the baton back to the strand that lent it.
    void giveBack() {
        BatonStrand lender = caller;
        caller = null;
        if (lender != null) {
            lender.give();
        }
    }
}
