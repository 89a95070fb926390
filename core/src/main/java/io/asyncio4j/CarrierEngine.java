package io.asyncio4j;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Runs every task on the loop's own thread, by mounting the task's virtual thread on it.
final class CarrierEngine extends Engine {
    /// How many strands without a task are kept for the next.
    private static final int MAX_IDLE = 1024;

    final Loop loop;
    private @Nullable CarrierStrand idle;
    private int idleCount;

    /// A task that the one running wants stepped before it goes on itself.
    private @Nullable Task<?> requested;

    CarrierEngine(Loop loop) {
        this.loop = loop;
    }

    @Override
    @Nullable
    String refusal() {
        return Thread.currentThread().isVirtual()
                ? "it has run on a platform thread before and cannot go on on a virtual thread"
                : null;
    }

    @Override
    void run() {
        try {
            do {
                loop.beginIteration();
                for (Node node; (node = loop.ready.poll()) != null; ) {
                    if (node instanceof Task<?> task && task.isLive()) {
                        step(task);
                    } else {
                        node.run();
                    }
                }
            } while (!loop.stopping);
        } finally {
            dismissIdle();
        }
    }

    private void step(Task<?> task) {
        CarrierStrand strand = (CarrierStrand) task.strand;
        if (strand == null) {
            strand = hire();
            strand.assign(task);
        }
        loop.current = task;
        strand.resume();
        while (requested != null) {
            Task<?> wanted = requested;
            requested = null;
            stepOnLoopThread(wanted);
            strand.resume();
        }
        loop.current = null;
    }

    /// A step within another task's step or a callback.
    private void stepOnLoopThread(Task<?> task) {
        Task<?> outer = loop.current;
        CarrierStrand strand = (CarrierStrand) task.strand;
        if (strand == null) {
            strand = hire();
            strand.assign(task);
        }
        strand.nested = true;
        step(task);
        strand.nested = false;
        loop.current = outer;
    }

    private CarrierStrand hire() {
        CarrierStrand strand = idle;
        if (strand == null) {
            return new CarrierStrand(this);
        }
        idle = strand.nextIdle;
        strand.nextIdle = null;
        idleCount--;
        return strand;
    }

    private void dismissIdle() {
        while (idle != null) {
            hire().dismiss();
        }
    }

    // ------------------------------------------------------------------ on a task's thread

    @Override
    void suspend(Task<?> task) {
        CarrierStrand strand = (CarrierStrand) Objects.requireNonNull(task.strand);
        if (strand.nested || !loop.takeIfNext(task)) {
            strand.suspend();
        }
    }

    @Override
    void stepNow(Task<?> task) {
        Task<?> caller = loop.currentTask();
        if (caller == null) {
            stepOnLoopThread(task);
            return;
        }
        requested = task;
        try {
            ((CarrierStrand) Objects.requireNonNull(caller.strand)).suspend();
        } finally {
            requested = null;
        }
    }

    @Override
    void onLoopThread(Runnable action) {
        action.run();
    }

    /// Gives a strand whose task has ended the next task, if that is new and its turn has come.
    boolean takeFresh(CarrierStrand strand) {
        if (strand.nested || !(loop.ready.peek() instanceof Task<?> next) || !next.isFresh()) {
            return false;
        }
        loop.ready.poll();
        loop.current = next;
        strand.assign(next);
        return true;
    }

    /// Puts a strand without a task into the pool, if that has room.
    boolean retire(CarrierStrand strand) {
        if (idleCount == MAX_IDLE || loop.isClosed()) {
            return false;
        }
        strand.nextIdle = idle;
        idle = strand;
        idleCount++;
        return true;
    }

    void pinned(CarrierStrand strand) {
        throw new IllegalStateException("pinned");
    }
}
