package io.asyncio4j.engine;

import io.asyncio4j.CancelledError;
import io.asyncio4j.kernel.Engine;
import io.asyncio4j.kernel.Fiber;
import io.asyncio4j.kernel.Loop;
import io.asyncio4j.queue.Callback;
import io.asyncio4j.queue.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Runs every task on the loop's own thread, by mounting the task's virtual thread on it.
final class CarrierEngine extends Engine {
    /// How many strands without a task are kept for the next.
    private static final int MAX_IDLE = 1024;

    /// How often a pinned task may refuse to end with the run.
    private static final int MAX_EVICTIONS = 100;

    final Loop loop;
    private @Nullable CarrierStrand idle;
    private int idleCount;

    /// A task that the one running wants stepped before it goes on itself.
    private @Nullable Fiber<?> requested;

    /// The thread that called `run`.
    private StandIn home;

    /// The thread that runs the loop now; others wait.
    private StandIn duty;

    /// The memory of interrupts of the thread that called `run`, during a run.
    private @Nullable InterruptHook interrupts;

    /// Threads that have handed over their duty.
    private final List<StandIn> spares = new ArrayList<>();

    /// Threads that a pinned task keeps.
    private final List<StandIn> buried = new ArrayList<>();

    CarrierEngine(Loop loop) {
        this.loop = loop;
        this.home = new StandIn(this, Thread.currentThread());
        this.duty = home;
    }

    @Override
    @Nullable
    public String refusal() {
        return Thread.currentThread().isVirtual()
                ? "it has run on a platform thread before and cannot go on on a virtual thread"
                : null;
    }

    @Override
    public boolean hearsInterrupts() {
        if (interrupts == null) {
            return false;
        }
        interrupts.ensure();
        return true;
    }

    @Override
    public boolean isNewInterrupt() {
        return interrupts == null || interrupts.isNews();
    }

    @Override
    public void leaveInterrupt() {
        if (interrupts == null) {
            super.leaveInterrupt();
        } else {
            interrupts.leave();
        }
    }

    @Override
    public boolean mountsTasks() {
        return true;
    }

    @Override
    public boolean isDisplaced() {
        return duty != home;
    }

    @Override
    public void run() {
        StandIn caller = new StandIn(this, Thread.currentThread());
        home = caller;
        duty = caller;
        interrupts = InterruptHook.install(loop);
        try {
            loop.tryBeginIteration();
            dispatch(caller);
        } finally {
            if (interrupts != null) {
                interrupts.remove();
                interrupts = null;
            }
            spares.forEach(StandIn::dismiss);
            spares.clear();
            dismissIdle();
        }
    }

    /// Runs the loop while `me`, the calling thread, is on duty.
    void dispatch(StandIn me) {
        while (duty == me) {
            Node node = null;
            try {
                node = loop.ready.poll();
                if (node instanceof Fiber<?> task && task.isLive()) {
                    step(task);
                } else if (node instanceof Callback callback) {
                    callback.run();
                } else if (node instanceof Fiber<?> ended) {
                    ended.tellOwner();
                } else if (!loop.isStopping()) {
                    loop.beginIteration();
                } else if (endsHere(me)) {
                    return;
                }
            } catch (Throwable thrown) {
                loop.problems.contain(node, thrown);
            }
        }
    }

    private void step(Fiber<?> task) {
        CarrierStrand strand = strandOf(task);
        loop.owner.setCurrent(task);
        if (strand.pinnedOn != null) {
            handOver(strand.pinnedOn);
            return;
        }
        if (Thread.interrupted()) { // the JDK clears the flag when it mounts the task
            loop.interruption.found();
        }
        strand.resume();
        while (requested != null) {
            Fiber<?> wanted = requested;
            requested = null;
            stepOnLoopThread(wanted);
            strand.resume();
        }
        loop.owner.setCurrent(null);
    }

    /// A step within another task's step or a callback.
    private void stepOnLoopThread(Fiber<?> task) {
        Fiber<?> outer = loop.owner.current();
        try {
            CarrierStrand strand = strandOf(task);
            strand.setNested(true);
            step(task);
            strand.setNested(false);
        } catch (Throwable thrown) {
            task.failed(thrown);
        } finally {
            loop.owner.setCurrent(outer);
        }
    }

    private CarrierStrand strandOf(Fiber<?> task) {
        CarrierStrand strand = (CarrierStrand) task.strand();
        if (strand == null) {
            strand = hire();
            strand.assign(task);
        }
        return strand;
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
    public void suspend(Fiber<?> task) {
        CarrierStrand strand = (CarrierStrand) Objects.requireNonNull(task.strand());
        if (strand.isNested() || !loop.takeIfNext(task)) {
            strand.suspend();
        }
    }

    @Override
    public void stepNow(Fiber<?> task) {
        if (task.strand() instanceof CarrierStrand strand && strand.pinnedOn != null) {
            throw new IllegalStateException(task.describe() + " is pinned and cannot take a step within another's");
        }
        Fiber<?> caller = loop.owner.currentTask();
        if (caller == null) {
            stepOnLoopThread(task);
            return;
        }
        requested = task;
        try {
            ((CarrierStrand) Objects.requireNonNull(caller.strand())).suspend();
        } finally {
            requested = null;
        }
    }

    @Override
    public void onLoopThread(Runnable action) {
        action.run();
    }

    /// Gives a strand whose task has ended the next task, if that is new and its turn has come.
    boolean takeFresh(CarrierStrand strand) {
        if (strand.isNested() || !(loop.ready.peek() instanceof Fiber<?> next) || !next.isFresh()) {
            return false;
        }
        loop.ready.poll();
        loop.owner.setCurrent(next);
        strand.assign(next);
        return true;
    }

    /// Takes back what [#retire] has just put into the pool.
    void unretire(CarrierStrand strand) {
        idle = strand.nextIdle;
        strand.nextIdle = null;
        idleCount--;
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

    // ------------------------------------------------------------------ pinned tasks

    /// The calling task, which is to be suspended, is pinned: it waits here for its turn, while
    /// another thread runs the loop.
    ///
    /// @throws IllegalStateException if the thread has a caller to return to, and so cannot be kept
    /// @throws CancelledError if the run ends first
    void pinned(CarrierStrand strand) {
        if (strand.isNested() || requested != null) {
            throw new IllegalStateException(
                    Objects.requireNonNull(strand.task()).describe()
                            + " cannot suspend here, in or around the first step of an eager task: a native frame or a"
                            + " class initialiser on its stack pins it; await outside of that, or start the task"
                            + " without eagerStart");
        }
        if (loop.io.pollsInEveryIteration()) {
            throw new IllegalStateException(
                    Objects.requireNonNull(strand.task()).describe()
                            + " cannot suspend here: a native frame or a class initialiser on its stack pins it to the"
                            + " loop's thread, which has I/O to do; await outside of that, or use the baton engine");
        }
        if (!loop.isStopping()) {
            bury(duty, strand);
        }
        if (loop.isStopping() && strand.evictions++ > MAX_EVICTIONS) {
            throw new IllegalStateException("The run has ended, and "
                    + Objects.requireNonNull(strand.task()).describe()
                    + " goes on awaiting although a native frame or a class initialiser pins it");
        }
        if (loop.isStopping()) {
            throw new CancelledError("the run ended while a native frame or a class initialiser pinned the task");
        }
    }

    /// Keeps the calling thread for a pinned task, until it is called back.
    private void bury(StandIn mine, CarrierStrand strand) {
        Fiber<?> pinned = loop.owner.current();
        StandIn next = spares.isEmpty() ? new StandIn(this) : spares.removeLast();
        buried.add(mine);
        mine.buriedUnder = strand;
        strand.pinnedOn = mine;
        loop.owner.setCurrent(null);
        try {
            putOnDuty(next);
        } catch (Throwable unable) { // no thread is to be had
            duty = mine;
            loop.owner.setThread(mine.thread());
            loop.owner.setCurrent(pinned);
            strand.pinnedOn = null;
            mine.buriedUnder = null;
            buried.remove(mine);
            throw unable;
        }
        mine.awaitCall();
    }

    /// Hands the duty of the calling thread to one that is buried or spare, until it is called
    /// back.
    private void handOver(StandIn next) {
        StandIn me = duty;
        spares.add(me);
        putOnDuty(next);
        me.awaitCall();
    }

    private void putOnDuty(StandIn next) {
        duty = next;
        loop.owner.setThread(next.thread());
        if (next.buriedUnder == null) {
            next.call(next.thread());
        } else {
            buried.remove(next);
            Thread pinned = next.buriedUnder.thread();
            next.buriedUnder.pinnedOn = null;
            next.buriedUnder = null;
            next.call(pinned);
        }
    }

    /// The run is to end. It ends on the thread that began it, when no thread is buried any longer.
    private boolean endsHere(StandIn me) {
        StandIn next = buried.isEmpty() ? home : buried.getFirst();
        if (next == me) {
            return true;
        }
        if (next.buriedUnder != null) {
            loop.owner.setCurrent(next.buriedUnder.task());
        }
        spares.remove(next);
        handOver(next);
        return false;
    }
}
