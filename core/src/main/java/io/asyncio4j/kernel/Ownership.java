package io.asyncio4j.kernel;

import io.asyncio4j.base.StackRoom;
import org.jspecify.annotations.Nullable;

/// The holder of a loop: the thread that may touch it, which is the loop's own while it runs
/// callbacks, a task's while that runs, and any thread while the loop does not run.
///
/// The checks may be asked by any thread.
public final class Ownership {
    private final Loop loop;

    /// The loop's own thread while it runs.
    private volatile @Nullable Thread thread;

    /// The task that runs now; null while callbacks run.
    private @Nullable Fiber<?> current;

    Ownership(Loop loop) {
        this.loop = loop;
    }

    // ------------------------------------------------------------------ the holder

    /// Returns the loop's own thread, or null if it does not run.
    @Nullable
    public Thread thread() {
        return thread;
    }

    /// Notes the thread that runs the loop from now on.
    public void setThread(@Nullable Thread runs) {
        thread = runs;
    }

    /// Returns the task that runs now, in whatever thread the caller is; null while callbacks run.
    @Nullable
    public Fiber<?> current() {
        return current;
    }

    public void setCurrent(@Nullable Fiber<?> task) {
        current = task;
    }

    // ------------------------------------------------------------------ the checks

    /// Returns the task the calling thread carries, or null if it carries none of this loop.
    @Nullable
    public Fiber<?> currentTask() {
        Fiber<?> task = current;
        if (task == null) {
            return null;
        }
        Strand strand = task.strand();
        return strand != null && strand.thread() == Thread.currentThread() ? task : null;
    }

    /// Returns the calling task, which is about to await `future` of this loop.
    Fiber<?> requireTask(Promise<?> future) {
        Fiber<?> task = currentTask();
        if (task != null) {
            return task;
        }
        Loop other = Caller.requireLoop("await " + future);
        if (other != loop) {
            throw new IllegalStateException("Cannot await " + future
                    + ": it belongs to another event loop; use runCoroutineThreadsafe(...) there");
        }
        throw Caller.notInTask("await " + future);
    }

    /// Whether the calling thread may touch the loop.
    public boolean isHeld() {
        Thread runs = thread;
        return runs == null || runs == Thread.currentThread() || currentTask() != null;
    }

    /// Checks that the calling thread may touch the loop, and has the room on its stack to do so.
    public void requireHeld(String what) {
        StackRoom.require();
        if (!isHeld()) {
            throw notHeld(what);
        }
    }

    IllegalStateException notHeld(String what) {
        Thread runs = thread;
        return new IllegalStateException("Cannot " + what + " from " + Caller.describe() + ": the loop runs in "
                + (runs == null ? "another thread" : Caller.name(runs))
                + "; use callSoonThreadsafe(...) or runCoroutineThreadsafe(...)");
    }
}
