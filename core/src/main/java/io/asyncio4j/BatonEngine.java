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

    BatonEngine(Loop loop) {
        this.loop = loop;
        this.home = new BatonStrand(this);
        this.holder = home;
    }

    @Override
    @Nullable
    String refusal() {
        return null;
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
            takeBack(self);
        } else {
            dispatch(self, false);
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
            if (node == null && !loop.stopping) {
                loop.beginIteration();
                continue;
            }
            BatonStrand next = nextHolder(self, node);
            if (next == null) {
                Objects.requireNonNull(node).run();
                continue;
            }
            if (next != self) {
                next.give();
                if (leaving) {
                    return;
                }
                takeBack(self);
            }
            if (self != home || node == null) {
                return;
            }
            loop.current = null;
        }
    }

    /// Returns who has to hold the baton for `node`, or null if the node can run right here. No
    /// node means that the run is over.
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

    /// The calling thread runs for the first time: it was given the baton by being started.
    void started(BatonStrand self) {
        holder = self;
    }

    private void takeBack(BatonStrand self) {
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
        strand.give();
        takeBack(self);
        loop.current = outer;
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
        takeBack(self);
    }

    /// A thread was interrupted while it waited for the baton.
    void interrupted(BatonStrand strand) {
        if (strand == home) {
            loop.interrupted();
        } else {
            Thread.currentThread().interrupt();
        }
    }
}
