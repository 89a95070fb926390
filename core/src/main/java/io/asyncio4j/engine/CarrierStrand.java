package io.asyncio4j.engine;

import io.asyncio4j.base.CarrierAccess;
import io.asyncio4j.kernel.Fiber;
import io.asyncio4j.kernel.Strand;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A virtual thread that runs on its loop's thread only, and is its own scheduler: so the call by
/// which the JDK schedules a thread says which one is meant.
///
/// When a task ends, its strand takes the next one: at once if a new task stands first in the
/// queue, later from the engine's pool. No trace of one task is left for the next.
final class CarrierStrand extends Strand implements Runnable, Executor {
    /*
     * The loop's thread calls resume(), which mounts the virtual thread and returns when that unmounts. There
     * are two reasons for it to unmount. Either the task suspended: it set `suspended` and called
     * Thread.yield(). In the state YIELDED no unpark or interrupt can schedule the thread, so only the
     * loop goes on with it. Or it blocked, in a lock, a sleep or a read: then nobody else may run, and the
     * loop's thread waits until the JDK schedules the thread again, through execute().
     */

    private final CarrierEngine engine;
    private final Thread thread;

    /// What the JDK hands to [#execute] for this thread: mounts it and runs it until it unmounts.
    private @Nullable Runnable continuation;

    /// Set by the task before it suspends or ends, cleared by the loop before it resumes it.
    private boolean suspended;

    /// Set by any thread when this one blocked and can go on.
    private volatile boolean unblocked;

    /// The thread that waits in [#resume] for this one to unblock.
    private volatile @Nullable Thread waiter;

    private boolean quit;

    /// How often the task was told, pinned, that the run ends.
    int evictions;

    /// The thread that this one cannot leave, and waits on; null unless it is pinned.
    @Nullable
    StandIn pinnedOn;

    /// The next strand of the engine's pool.
    @Nullable
    CarrierStrand nextIdle;

    CarrierStrand(CarrierEngine engine) {
        super(engine.loop);
        this.engine = engine;
        this.thread = CarrierAccess.newThread(this, this);
    }

    @Override
    public Thread thread() {
        return thread;
    }

    @Override
    public void execute(Runnable scheduled) {
        if (continuation == null) {
            continuation = scheduled; // the start: resume() follows
        } else if (scheduled != continuation) {
            // A virtual thread made by the task inherits this scheduler; it belongs to the JDK's.
            CarrierAccess.defaultScheduler().execute(scheduled);
        } else if (!suspended) {
            unblocked = true;
            LockSupport.unpark(waiter);
        }
    }

    // ------------------------------------------------------------------ on the loop's thread

    /// Takes a task, which [#resume] will start.
    void assign(Fiber<?> newTask) {
        setTask(newTask);
        newTask.setStrand(this);
    }

    /// Runs the task until it suspends or ends; waits while it blocks.
    void resume() {
        if (continuation == null) {
            thread.start();
        }
        Runnable mount = Objects.requireNonNull(continuation);
        suspended = false;
        mount.run();
        while (!suspended) {
            if (!thread.isAlive()) {
                throw new IllegalStateException(
                        "A task's thread has died; run the loop where more of the stack is left");
            }
            waiter = Thread.currentThread();
            while (!unblocked) {
                loop.interruption.park(this);
            }
            waiter = null;
            unblocked = false;
            mount.run();
        }
    }

    /// Ends the thread of an idle strand.
    void dismiss() {
        quit = true;
        resume();
    }

    // ------------------------------------------------------------------ on the virtual thread

    @Override
    public void run() {
        try {
            do {
                runTask();
            } while (engine.takeFresh(this) || awaitTask());
        } finally {
            suspended = true;
        }
    }

    /// In a method of its own, so that an idle strand does not keep its last task.
    private void runTask() {
        Fiber<?> mine = Objects.requireNonNull(task());
        try {
            prepare(mine);
            mine.execute();
        } catch (Throwable unable) {
            mine.failed(unable);
        }
        mine.setStrand(null);
        setTask(null);
    }

    /// Makes the thread look new.
    private void prepare(Fiber<?> next) {
        CarrierAccess.clearLocals(thread);
        Thread.interrupted();
        if (thread.getContextClassLoader() != loop.contextClassLoader()) {
            thread.setContextClassLoader(loop.contextClassLoader());
        }
        CarrierAccess.setName(thread, next.name());
    }

    private boolean awaitTask() {
        if (!engine.retire(this)) {
            return false;
        }
        try {
            unmount();
        } catch (Throwable unable) {
            engine.unretire(this);
            return false;
        }
        return !quit;
    }

    /// Leaves the loop's thread to the loop until it resumes this strand. A strand that is pinned
    /// cannot leave, and waits on the thread.
    void suspend() {
        unmount();
        if (suspended) {
            suspended = false;
            engine.pinned(this);
        }
    }

    /// Returns when resumed, or at once if pinned.
    @SuppressWarnings("ThreadPriorityCheck") // what yield does here is not left to the JDK's scheduler
    private void unmount() {
        suspended = true;
        try {
            Thread.yield();
        } catch (Throwable unable) { // the JDK found no memory for the stack
            suspended = false;
            throw unable;
        }
    }
}
