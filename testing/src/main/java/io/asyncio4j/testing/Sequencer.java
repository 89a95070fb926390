package io.asyncio4j.testing;

import io.asyncio4j.Asyncio;
import io.asyncio4j.CancelledError;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import io.asyncio4j.Task;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.spi.Awaited;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Has blocks of code in several tasks run in a given order, whatever else these tasks do.
///
/// ```java
/// try (var _ = order.at(2)) { // in any task
///     // runs when the blocks of turns 0 and 1 are over
/// }
/// ```
///
/// Turns are numbered from 0 without gaps, and each is taken once. Used by tasks of one loop.
public final class Sequencer {
    /// Who has asked for which turn.
    private final Map<Integer, Task<?>> takers = new HashMap<>();

    /// Who waits for its turn.
    private final Map<Integer, Future<@Nullable Void>> waiting = new HashMap<>();

    /// The turn that is running or, if nobody has asked for it, comes next.
    private int current;

    /// Why no turn comes any more.
    private @Nullable String broken;

    private @Nullable Throwable brokenBy;

    /// Creates one whose turn 0 comes next.
    public Sequencer() {}

    /// Suspends until the turns before have ended, and not at all if they have. The turn lasts
    /// until the result is closed.
    ///
    /// A task that is cancelled while it waits breaks the sequence: its turn would never end.
    ///
    /// @param turn from 0
    /// @throws IllegalArgumentException if it is negative
    /// @throws IllegalStateException if the turn was taken before, if the sequence is or gets
    ///     broken, or if the caller is not a task
    public Turn at(int turn) {
        Task<?> me = take(turn);
        if (turn > current) {
            await(turn, me);
        }
        return new Turn(turn);
    }

    /// Runs `block` when the turns before have ended. If it fails, the sequence is broken.
    ///
    /// @param turn from 0
    /// @throws IllegalStateException as [#at(int)] does
    public void at(int turn, VoidCoroutine block) {
        Objects.requireNonNull(block, "block");
        Turn mine = at(turn);
        try {
            Asyncio.await(block);
        } catch (Throwable thrown) {
            breakAll("the block of turn " + turn + ", in " + name(takers.get(turn)) + ", failed", thrown);
            throw thrown;
        }
        mine.close();
    }

    private Task<?> take(int turn) {
        if (turn < 0) {
            throw new IllegalArgumentException("There is no turn " + turn + "; turns are numbered from 0");
        }
        Task<?> me = Asyncio.currentTask();
        if (me == null) {
            throw new IllegalStateException("Only a task can wait for turn " + turn + "; this is a callback");
        }
        requireWhole();
        Task<?> other = takers.putIfAbsent(turn, me);
        if (other != null) {
            throw new IllegalStateException(
                    "Turn " + turn + " was taken before, by " + name(other) + "; give each block a number of its own");
        }
        return me;
    }

    private void await(int turn, Task<?> me) {
        Future<@Nullable Void> myTurn = EventLoop.access().createFuture(new Awaited() {
            @Override
            public String name() {
                return "turn " + turn;
            }

            @Override
            public String state() {
                Task<?> holder = takers.get(current);
                return "as turn " + current
                        + (holder == null ? " was not taken" : " of " + Sequencer.name(holder) + " is not over");
            }

            @Override
            public List<Task<?>> holders() {
                Task<?> holder = takers.get(current);
                return holder == null ? List.of() : List.of(holder);
            }
        });
        waiting.put(turn, myTurn);
        try {
            myTurn.await();
        } catch (CancelledError cancelled) {
            breakAll(name(me) + " was cancelled while it waited for turn " + turn, cancelled);
            throw cancelled;
        }
        requireWhole();
    }

    private void requireWhole() {
        if (broken != null) {
            throw new IllegalStateException("The sequence is broken: " + broken, brokenBy);
        }
    }

    private void breakAll(String why, Throwable cause) {
        if (broken == null) {
            broken = why;
            brokenBy = cause;
        }
        waiting.values().forEach(Sequencer::wake);
        waiting.clear();
    }

    private static void wake(Future<@Nullable Void> future) {
        if (!future.isDone()) {
            future.setResult(null);
        }
    }

    private static String name(@Nullable Task<?> task) {
        return task == null ? "nobody" : "task '" + task.name() + "'";
    }

    /// Returns which turn it is.
    @Override
    public String toString() {
        return "Sequencer[turn " + current + (broken == null ? "" : ", broken: " + broken) + "]";
    }

    /// A turn that has come.
    public final class Turn implements AutoCloseable {
        private final int number;

        private Turn(int number) {
            this.number = number;
        }

        /// Ends the turn: the next comes. Closing twice is harmless.
        @Override
        public void close() {
            if (current != number || broken != null) {
                return;
            }
            current++;
            Future<@Nullable Void> next = waiting.remove(current);
            if (next != null) {
                wake(next);
            }
        }
    }
}
