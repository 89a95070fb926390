package io.asyncio4j.engine;

import io.asyncio4j.kernel.Engine;
import io.asyncio4j.kernel.Fiber;
import io.asyncio4j.kernel.Loop;
import io.asyncio4j.queue.Callback;
import io.asyncio4j.queue.Node;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Runs tasks on ordinary virtual threads, one at a time: only the thread that holds the baton
/// runs.
///
/// A task that suspends runs the loop itself until it finds out whose turn it is, and hands the
/// baton straight to that one. A thread that blocks keeps the baton, so nobody else runs meanwhile.
final class BatonEngine extends Engine {
    /// More bytes than the JDK needs to unpark a thread.
    private static final int RESERVE = 128;

    final Loop loop;

    /// The thread that runs the loop: callbacks of the program run here.
    private BatonStrand home;

    /// Who holds the baton. Written by the holder.
    private BatonStrand holder;

    /// The strand the baton was last given to, and how often it was given. Written by the giver,
    /// read by the guard.
    private BatonStrand lastGiven;

    private long handovers;

    /// True while the loop's own thread does something for the kernel. Read by other threads.
    private boolean borrowed;

    @SuppressWarnings("UnusedVariable") // what counts is that it can be allocated
    private byte[] reserve = new byte[RESERVE];

    private final BatonGuard guard = new BatonGuard(this);

    static {
        rehearse();
    }

    /// Has a virtual thread park and go on. The JDK links what that takes when it is done first,
    /// which must not be when memory has run out.
    private static void rehearse() {
        CountDownLatch runs = new CountDownLatch(1);
        Thread thread = Thread.ofVirtual().inheritInheritableThreadLocals(false).start(() -> {
            runs.countDown();
            LockSupport.park();
        });
        try {
            var _ = runs.await(10, TimeUnit.MILLISECONDS); // it has parked soon after that, or never mind
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        LockSupport.unpark(thread);
    }

    BatonEngine(Loop loop) {
        this.loop = loop;
        this.home = new BatonStrand(this);
        this.holder = home;
        this.lastGiven = home;
    }

    @Override
    @Nullable
    public String refusal() {
        return null;
    }

    @Override
    public boolean mountsTasks() {
        return false;
    }

    @Override
    public boolean borrowsLoopThread() {
        return borrowed;
    }

    @Override
    public boolean isDisplaced() {
        return false;
    }

    @Override
    public void run() {
        home = new BatonStrand(this);
        holder = home;
        loop.tryBeginIteration();
        dispatch(home, false);
    }

    @Override
    public void suspend(Fiber<?> task) {
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
        loop.owner.setCurrent(null);
        for (; ; ) {
            Node node = null;
            BatonStrand next = null;
            try {
                node = loop.ready.poll();
                next = turn(self, node);
            } catch (Throwable thrown) {
                loop.problems.contain(node, thrown);
            }
            if (next == null) {
                continue;
            }
            if (next != self) {
                if (leaving) {
                    return;
                }
                takeBaton(self);
            }
            if (self != home || node == null) {
                return;
            }
            loop.owner.setCurrent(null);
        }
    }

    /// Runs `node`, or gives the baton to who has to hold it for that; begins an iteration if there
    /// is none.
    ///
    /// @return who has the baton now, if it was somebody's turn
    private @Nullable BatonStrand turn(BatonStrand self, @Nullable Node node) {
        if (node == null && !loop.isStopping() && mayBeginIteration(self)) {
            loop.beginIteration();
            return null;
        }
        BatonStrand next = nextHolder(self, node);
        if (next == null) {
            runHere(Objects.requireNonNull(node));
        } else if (next != self) {
            give(next);
        }
        return next;
    }

    private static void runHere(Node node) {
        if (node instanceof Callback callback) {
            callback.run();
        } else {
            ((Fiber<?>) node).tellOwner();
        }
    }

    /// A task's thread begins an iteration only where it need not wait. The JDK loses a virtual
    /// thread for good if memory runs out while it sets the timer of a wait with a limit.
    private boolean mayBeginIteration(BatonStrand self) {
        return self == home || (!loop.io.pollsInEveryIteration() && !loop.ready.isEmpty());
    }

    /// Returns who has to hold the baton for `node`, or null if the node can run right here. No
    /// node means that the run is over, or that the loop's own thread is to begin an iteration.
    private @Nullable BatonStrand nextHolder(BatonStrand self, @Nullable Node node) {
        if (node == null) {
            return home;
        }
        if (node instanceof Fiber<?> task && task.isLive()) {
            loop.owner.setCurrent(task);
            return strandOf(task);
        }
        if (node.runsUserCode() && self != home) {
            loop.ready.putBack(node);
            return home;
        }
        return null;
    }

    private BatonStrand strandOf(Fiber<?> task) {
        BatonStrand strand = (BatonStrand) task.strand();
        return strand == null ? new BatonStrand(this, task) : strand;
    }

    private void give(BatonStrand next) {
        awaitMemory();
        lastGiven = next;
        handovers++;
        next.give();
    }

    /// Waits, for a second at most, until there is memory for the little that the JDK allocates to
    /// unpark a virtual thread: without it the JDK may lose the thread. What was allocated here
    /// last is free by then.
    private void awaitMemory() {
        for (int tries = 0; tries < 100; tries++) {
            try {
                reserve = new byte[RESERVE];
                return;
            } catch (OutOfMemoryError full) {
                long until = System.nanoTime() + 10_000_000;
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    /// Waits, on the strand's thread, until it is given the baton.
    void takeBaton(BatonStrand self) {
        self.take();
        holder = self;
    }

    @Override
    public void stepNow(Fiber<?> task) {
        Fiber<?> outer = loop.owner.current();
        BatonStrand self =
                loop.owner.currentTask() == null ? new BatonStrand(this) : strandOf(Objects.requireNonNull(outer));
        BatonStrand strand = strandOf(task);
        strand.caller = self;
        loop.owner.setCurrent(task);
        try {
            give(strand);
        } catch (Throwable unable) {
            loop.owner.setCurrent(outer);
            task.setStrand(null);
            throw unable;
        }
        takeBaton(self);
        loop.owner.setCurrent(outer);
        throwRefusal(self);
    }

    @Override
    public void onLoopThread(Runnable action) {
        BatonStrand self = holder;
        if (Thread.currentThread() == home.thread()) {
            action.run();
            return;
        }
        home.errand = action;
        home.caller = self;
        borrowed = true;
        try {
            home.give();
            takeBaton(self);
        } finally {
            borrowed = false;
        }
    }

    /// The calling thread was interrupted while it waited for the baton. Returns whether that is
    /// the business of its task; an interrupt of the loop's own thread is dealt with here.
    boolean isForTask(BatonStrand strand) {
        if (strand == home) {
            loop.interruption.found();
            return false;
        }
        return true;
    }

    // ------------------------------------------------------------------ for the guard

    @Override
    public void guard(long passed) {
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
            loop.owner.setCurrent(caller.task());
            give(caller);
            return;
        }
        for (Fiber<?> task : loop.tasks.list()) {
            if (task.strand() instanceof BatonStrand strand && strand != starved && strand.isPinned()) {
                if (starved.task() != null) {
                    loop.ready.putBack(starved.task());
                }
                strand.refusal = new IllegalStateException(task.describe()
                        + " cannot wait here: a native frame or a class initialiser on its stack pins it to a"
                        + " carrier thread, and pinned tasks kept all carriers; await outside of that, or use"
                        + " the carrier engine");
                loop.owner.setCurrent(task);
                give(strand);
                return;
            }
        }
        starved.give();
    }
}
