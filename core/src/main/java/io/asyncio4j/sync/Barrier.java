package io.asyncio4j.sync;

import java.util.Locale;

/// A place where a fixed number of tasks wait for each other: the last to come lets all go on, and
/// the barrier can be used again. asyncio: `Barrier`.
public final class Barrier {
    /*
     * FILLING   -> DRAINING   the last party has come; all within go on
     *           -> RESETTING  reset() while some are within; all within fail
     *           -> BROKEN     abort()
     * DRAINING  -> FILLING    the last one within has left
     *           -> RESETTING  reset()
     *           -> BROKEN     abort()
     * RESETTING -> FILLING    the last one within has left
     *           -> BROKEN     abort()
     * BROKEN    -> FILLING    reset() while nobody is within
     *           -> RESETTING  reset() while some are
     *
     * Who comes while it drains or resets waits until it fills again.
     */
    private enum State {
        FILLING,
        DRAINING,
        RESETTING,
        BROKEN
    }

    private static final String WAIT = "wait at";

    private final LoopBinding home;
    private final int parties;

    /// Signalled whenever the state changes; its lock is held to change it.
    private final Condition changed;

    private State state = State.FILLING;

    /// How many tasks are within: they wait, or have been let go and have not run yet.
    private int count;

    /// Creates a barrier for `parties` tasks. Anywhere.
    ///
    /// @param parties 1 or more
    /// @throws IllegalArgumentException if `parties` is less than 1
    public Barrier(int parties) {
        this(new LoopBinding("barrier"), parties);
    }

    /// Creates a barrier for `parties` tasks with a name for diagnostics.
    ///
    /// @param parties 1 or more
    /// @throws IllegalArgumentException if `parties` is less than 1
    public Barrier(String name, int parties) {
        this(new LoopBinding("barrier", name), parties);
    }

    private Barrier(LoopBinding home, int parties) {
        if (parties < 1) {
            throw new IllegalArgumentException(
                    home.refusal("create", "the number of parties is " + parties + "; give 1 or more"));
        }
        this.home = home;
        this.parties = parties;
        this.changed = new Condition(home, () -> count + " of " + parties + " have come");
    }

    /// Suspends the calling task until as many tasks as there are parties have called this. The
    /// last one does not suspend. A task that is cancelled while it waits leaves; the others go on
    /// waiting. asyncio: `wait`.
    ///
    /// @return the task's place: 0 for the first to come, `parties() - 1` for the last
    /// @throws BrokenBarrierException if the barrier is broken, or is aborted or reset while the
    ///     task waits
    /// @throws io.asyncio4j.CancelledError if the task is cancelled while it waits
    /// @throws IllegalStateException if the caller is not a task, or the barrier belongs to another
    ///     loop
    public int await() {
        home.requireTask(WAIT);
        try (var _ = changed.acquire()) {
            waitUntilItFills();
            int index = count++;
            try {
                if (count == parties) {
                    state = State.DRAINING;
                    changed.signalAll();
                } else {
                    waitForOthers();
                }
                return index;
            } finally {
                count--;
                leave();
            }
        }
    }

    private void waitUntilItFills() {
        changed.awaitUntil(() -> state != State.DRAINING && state != State.RESETTING);
        if (state == State.BROKEN) {
            throw broken("it is broken; reset() it before it is used again");
        }
    }

    private void waitForOthers() {
        changed.awaitUntil(() -> state != State.FILLING);
        if (state == State.BROKEN) {
            throw broken("it was aborted meanwhile; reset() it before it is used again");
        }
        if (state == State.RESETTING) {
            throw broken("it was reset meanwhile; wait again with the others");
        }
    }

    private BrokenBarrierException broken(String why) {
        return new BrokenBarrierException(home.refusal(WAIT, why));
    }

    private void leave() {
        if (count > 0) {
            return;
        }
        if (state == State.RESETTING || state == State.DRAINING) {
            state = State.FILLING;
        }
        changed.signalAll();
    }

    /// Empties the barrier: tasks that wait get a [BrokenBarrierException], and it can be used
    /// again, also if it was broken. May suspend for a moment. asyncio: `reset`.
    ///
    /// @throws io.asyncio4j.CancelledError if the task is cancelled before it could do so
    /// @throws IllegalStateException if the caller is not a task, or the barrier belongs to another
    ///     loop
    public void reset() {
        home.requireTask("reset");
        try (var _ = changed.acquire()) {
            state = count > 0 ? State.RESETTING : State.FILLING;
            changed.signalAll();
        }
    }

    /// Breaks the barrier: tasks that wait, and all that come until it is reset, get a
    /// [BrokenBarrierException]. For when one of the parties will never come. May suspend for a
    /// moment. asyncio: `abort`.
    ///
    /// @throws io.asyncio4j.CancelledError if the task is cancelled before it could do so
    /// @throws IllegalStateException if the caller is not a task, or the barrier belongs to another
    ///     loop
    public void abort() {
        home.requireTask("abort");
        try (var _ = changed.acquire()) {
            state = State.BROKEN;
            changed.signalAll();
        }
    }

    /// Returns how many tasks have to come. asyncio: `parties`.
    public int parties() {
        return parties;
    }

    /// Returns how many tasks wait for others to come. asyncio: `n_waiting`.
    public int waiting() {
        return state == State.FILLING ? count : 0;
    }

    /// Returns whether the barrier was aborted and not reset since. asyncio: `broken`.
    public boolean isBroken() {
        return state == State.BROKEN;
    }

    /// Returns the name, the state, and how many of the tasks have come.
    @Override
    public String toString() {
        String come = state == State.BROKEN ? "" : waiting() + " of " + parties + " waiting";
        return home.toString("Barrier", state.name().toLowerCase(Locale.ROOT), come);
    }
}
