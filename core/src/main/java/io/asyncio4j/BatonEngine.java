package io.asyncio4j;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Runs tasks on ordinary virtual threads, one at a time: only the thread that holds the baton
/// runs.
///
/// A task that suspends runs the loop itself until it finds out whose turn it is, and hands the
/// baton straight to that one. A thread that blocks keeps the baton, so nobody else runs meanwhile.
final class BatonEngine extends Engine {
    final Loop loop;

    /// The thread that runs the loop: callbacks of the program run here.
    private BatonStrand home;

    /// Who holds the baton. Written by the holder.
    private BatonStrand holder;

    /// The strand the baton was last given to, and how often it was given. Written by the giver,
    /// read by the guard.
    private BatonStrand lastGiven;

    private long handovers;

    private final BatonGuard guard = new BatonGuard(this);

    BatonEngine(Loop loop) {
        this.loop = loop;
        this.home = new BatonStrand(this);
        this.holder = home;
        this.lastGiven = home;
    }

    @Override
    @Nullable
    String refusal() {
        return null;
    }

    @Override
    boolean isDisplaced() {
        return false;
    }

    @Override
    void run() {
        home = new BatonStrand(this);
        holder = home;
        loop.beginIteration();
        dispatch(home, false);
    }

    @Override
    void suspend(Task<?> task) {
        BatonStrand self = strandOf(task);
        if (self.caller != null) {
            self.giveBack();
            takeBaton(self);
        } else {
            dispatch(self, false);
        }
        throwRefusal(self);
    }

    /// Throws what the guard has to say to a strand that it has given the baton.
    private static void throwRefusal(BatonStrand self) {
        IllegalStateException refusal = self.refusal;
        if (refusal != null) {
            self.refusal = null;
            refusal.fillInStackTrace();
            throw refusal;
        }
    }

    /// Ends a task's strand.
    void leave(BatonStrand self) {
        if (self.caller != null) {
            self.giveBack();
        } else {
            dispatch(self, true);
        }
    }

    /// Runs the loop on the calling thread until its own turn has come: the turn of its task or,
    /// for the loop's thread, the end of the run. A leaving thread only hands the baton on.
    private void dispatch(BatonStrand self, boolean leaving) {
        loop.current = null;
        for (; ; ) {
            Node node = loop.ready.poll();
            if (node == null && !loop.stopping && mayBeginIteration(self)) {
                loop.beginIteration();
                continue;
            }
            BatonStrand next = nextHolder(self, node);
            if (next == null) {
                Objects.requireNonNull(node).run();
                continue;
            }
            if (next != self) {
                give(next);
                if (leaving) {
                    return;
                }
                takeBaton(self);
            }
            if (self != home || node == null) {
                return;
            }
            loop.current = null;
        }
    }

    private boolean mayBeginIteration(BatonStrand self) {
        return self == home || !loop.io.pollsInEveryIteration();
    }

    /// Returns who has to hold the baton for `node`, or null if the node can run right here. No
    /// node means that the run is over, or that the loop's own thread is to begin an iteration.
    private @Nullable BatonStrand nextHolder(BatonStrand self, @Nullable Node node) {
        if (node == null) {
            return home;
        }
        if (node instanceof Task<?> task && task.isLive()) {
            loop.current = task;
            return strandOf(task);
        }
        if (node.runsUserCode() && self != home) {
            loop.ready.putBack(node);
            return home;
        }
        return null;
    }

    private BatonStrand strandOf(Task<?> task) {
        BatonStrand strand = (BatonStrand) task.strand;
        return strand == null ? new BatonStrand(this, task) : strand;
    }

    private void give(BatonStrand next) {
        lastGiven = next;
        handovers++;
        next.give();
    }

    /// Waits, on the strand's thread, until it is given the baton.
    void takeBaton(BatonStrand self) {
        self.take();
        holder = self;
    }

    @Override
    void stepNow(Task<?> task) {
        Task<?> outer = loop.current;
        BatonStrand self = loop.currentTask() == null ? new BatonStrand(this) : strandOf(Objects.requireNonNull(outer));
        BatonStrand strand = strandOf(task);
        strand.caller = self;
        loop.current = task;
        give(strand);
        takeBaton(self);
        loop.current = outer;
        throwRefusal(self);
    }

    @Override
    void onLoopThread(Runnable action) {
        BatonStrand self = holder;
        if (Thread.currentThread() == home.thread()) {
            action.run();
            return;
        }
        home.errand = action;
        home.caller = self;
        home.give();
        takeBaton(self);
    }

    /// The calling thread was interrupted while it waited for the baton. Returns whether that is
    /// the business of its task; an interrupt of the loop's own thread is dealt with here.
    boolean isForTask(BatonStrand strand) {
        if (strand == home) {
            loop.interrupted();
            return false;
        }
        return true;
    }

    // ------------------------------------------------------------------ for the guard

    @Override
    void guard(long passed) {
        guard.look(passed);
    }

    /// A baton on its way.
    ///
    /// @param to the strand it was given to
    /// @param number which one it is of all
    record Handover(@Nullable BatonStrand to, long number) {
        static final Handover NONE = new Handover(null, -1);
    }

    /// Returns the hand-over that is in progress. Called by the guard at any time.
    Handover handoverInProgress() {
        BatonStrand to = lastGiven;
        return to.isGiven() && to.thread().isVirtual() ? new Handover(to, handovers) : Handover.NONE;
    }

    /// Takes the baton from a strand that does not come to take it, and gives it to a pinned task
    /// with an error; if no task is pinned, gives it back. Called by the guard.
    void relievePinned(@Nullable BatonStrand starved) {
        if (starved == null || !starved.tryTakeAway()) {
            return; // it has come
        }
        BatonStrand caller = starved.caller;
        if (caller != null) {
            starved.caller = null;
            caller.refusal = new IllegalStateException(
                    "A task cannot take a step here: pinned tasks keep all carrier threads; await and start tasks"
                            + " outside of native frames and class initialisers, or use the carrier engine");
            loop.current = caller.task;
            give(caller);
            return;
        }
        for (Task<?> task : loop.tasks.list()) {
            if (task.strand instanceof BatonStrand strand && strand != starved && strand.isPinned()) {
                if (starved.task != null) {
                    loop.ready.putBack(starved.task);
                }
                strand.refusal = new IllegalStateException(task.describe()
                        + " cannot wait here: a native frame or a class initialiser on its stack pins it to a"
                        + " carrier thread, and pinned tasks kept all carriers; await outside of that, or use"
                        + " the carrier engine");
                loop.current = task;
                give(strand);
                return;
            }
        }
        starved.give();
    }
}
