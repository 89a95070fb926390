package io.asyncio4j.engine;

import io.asyncio4j.kernel.Caller;
import io.asyncio4j.kernel.Fiber;
import io.asyncio4j.kernel.Strand;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A thread that can hold the baton of a loop: a task's virtual thread, or the loop's own thread,
/// which has no task.
final class BatonStrand extends Strand implements Runnable {
    private static final VarHandle BATON;

    static {
        try {
            BATON = MethodHandles.lookup().findVarHandle(BatonStrand.class, "baton", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

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

    /// Why the task cannot wait where it does, if it was woken to be told so.
    @Nullable
    IllegalStateException refusal;

    /// Makes the strand of the calling thread.
    BatonStrand(BatonEngine engine) {
        super(engine.loop);
        this.engine = engine;
        this.thread = Thread.currentThread();
        this.started = true;
    }

    /// Makes the strand of a task.
    BatonStrand(BatonEngine engine, Fiber<?> task) {
        super(engine.loop);
        this.engine = engine;
        setTask(task);
        task.setStrand(this);
        this.thread = Thread.ofVirtual()
                .name(task.name())
                .inheritInheritableThreadLocals(false)
                .unstarted(this);
        thread.setContextClassLoader(loop.contextClassLoader());
    }

    @Override
    public Thread thread() {
        return thread;
    }

    @Override
    public void run() {
        engine.takeBaton(this);
        Fiber<?> mine = Objects.requireNonNull(task());
        try {
            Caller.LOOP.set(loop);
            mine.execute();
        } catch (Throwable unable) {
            mine.failed(unable);
        }
        mine.setStrand(null);
        setTask(null);
        engine.leave(this);
    }

    /// Gives this strand the baton. The giver has it no longer.
    void give() {
        baton = true;
        if (started) {
            LockSupport.unpark(thread);
        } else {
            started = true;
            try {
                thread.start();
            } catch (Throwable unable) {
                started = false;
                baton = false;
                throw unable;
            }
        }
    }

    /// Whether the baton was given to this strand and not taken yet. Any thread.
    boolean isGiven() {
        return baton;
    }

    @Override
    public boolean isStarved() {
        return baton;
    }

    /// Takes the baton away before this strand has taken it. Any thread.
    ///
    /// @return false if it has taken it
    boolean tryTakeAway() {
        return BATON.compareAndSet(this, true, false);
    }

    /// Whether the thread waits without leaving its carrier.
    boolean isPinned() {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("parkOnCarrierThread"));
    }

    /// Waits until this strand is given the baton.
    void take() {
        for (; ; ) {
            boolean interrupted = false;
            while (!BATON.compareAndSet(this, true, false)) {
                park();
                interrupted |= Thread.interrupted() && engine.isForTask(this);
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            Runnable action = errand;
            if (action == null) {
                return;
            }
            errand = null;
            try {
                action.run();
            } catch (Throwable thrown) {
                loop.problems.report("The event loop failed on its own thread", thrown);
            }
            giveBack();
        }
    }

    /// Waits for the baton, or for no reason. Without memory to wait in, the JDK throws; but nobody
    /// may go on who does not have the baton.
    private void park() {
        try {
            LockSupport.park(this);
        } catch (Throwable unable) {
            Thread.onSpinWait();
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
