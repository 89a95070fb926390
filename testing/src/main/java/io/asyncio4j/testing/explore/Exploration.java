package io.asyncio4j.testing.explore;

import io.asyncio4j.ExceptionGroup;
import io.asyncio4j.testing.ScheduleOptions;
import io.asyncio4j.testing.explore.ExploredOrder.Choice;
import io.asyncio4j.testing.outcome.OverdueError;
import io.asyncio4j.testing.outcome.Thrown;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Runs a program again and again, in another order each time, until it fails; then looks for the
/// shortest way to make it fail so.
///
/// It does not know what a run is: a coroutine for [Schedules][io.asyncio4j.testing.Schedules], or
/// a test for JUnit.
public final class Exploration {
    /// Runs the program once, from a fresh start.
    @FunctionalInterface
    public interface OneRun {
        /// Runs it on a loop whose options come from [ExploredOrder#applyTo], and calls
        /// [ExploredOrder#end] when the program is over and only its loop is to be closed.
        ///
        /// @throws Throwable what the program fails with
        void run(ExploredOrder order) throws Throwable;
    }

    /// A run that has ended.
    record Attempt(ExploredOrder order, @Nullable Throwable failure) {
        List<Choice> choices() {
            return order.choices();
        }

        Throwable requireFailure() {
            return Objects.requireNonNull(failure);
        }

        /// Whether this failed in the same way as `other`.
        boolean failedAs(Attempt other) {
            return failure != null && kind(failure).equals(kind(other.requireFailure()));
        }

        private static String kind(Throwable failure) {
            return failure instanceof ExceptionGroup group
                    ? group.exceptions().stream()
                            .map(Attempt::kind)
                            .sorted()
                            .toList()
                            .toString()
                    : failure.getClass().getName();
        }
    }

    private final ScheduleOptions options;
    private final OneRun program;

    public Exploration(ScheduleOptions options, OneRun program) {
        this.options = options;
        this.program = program;
    }

    /// Tries the schedules: each is another interleaving, until there are no more.
    ///
    /// @return how many there were
    /// @throws ScheduleFailure if the program fails in one
    public int explore() {
        Coverage coverage = new Coverage();
        int tried = 0;
        while (tried < options.schedules() && !coverage.isComplete()) {
            Coverage.Walk walk = coverage.walk(Strategy.of(options.baseSeed(), tried));
            Attempt attempt = attempt(walk);
            if (attempt.failure != null) {
                throw explain(tried, attempt, walk.isSteered());
            }
            walk.end();
            tried++;
        }
        return tried;
    }

    /// Runs the program in the interleaving that `text` stands for.
    ///
    /// @throws ScheduleFailure if the program fails in it
    /// @throws IllegalArgumentException if the text is not a seed, or the program makes other
    ///     choices than it did
    public static void replay(String text, OneRun program) {
        Seed seed = Seed.parse(text);
        Seed.Replay replay = seed.replay();
        ScheduleOptions options = ScheduleOptions.of(1);
        if (seed.maxSteps() > 0) {
            options = options.maxSteps(seed.maxSteps());
        }
        Attempt attempt = new Exploration(options, program).attempt(replay);
        String misfit = replay.misfit(attempt.choices());
        if (misfit != null) {
            throw new IllegalArgumentException(
                    "The program no longer fits the schedule '" + text + "': " + misfit + "; explore it again",
                    attempt.failure);
        }
        if (attempt.failure != null) {
            throw ScheduleReport.replayed(seed, attempt);
        }
    }

    /// Runs the program once.
    Attempt attempt(Strategy strategy) {
        ExploredOrder order = new ExploredOrder(strategy, options.maxSteps());
        Throwable failure = null;
        try {
            program.run(order);
        } catch (Throwable thrown) {
            failure = thrown;
        }
        if (failure instanceof OverdueError
                || failure instanceof InterruptedException
                || (failure != null && Thread.currentThread().isInterrupted())) {
            throw Thrown.<RuntimeException>sneaky(failure); // somebody wants all this to end
        }
        if (order.isExceeded()) {
            failure = new AssertionError(
                    "The program had not ended after " + options.maxSteps()
                            + " steps; if it is right to take more, allow that with ScheduleOptions.maxSteps(...)",
                    failure);
        }
        return new Attempt(order, failure);
    }

    private AssertionError explain(int index, Attempt found, boolean steered) {
        ScheduleReport report = new ScheduleReport(index + 1, options.schedules());
        Seed exact = seedOf(found);
        Seed inFull = exact.isLong() && !steered ? exact.ofSchedule(options.baseSeed(), index) : exact;
        Seed.Replay replay = exact.replay();
        Attempt again = attempt(replay);
        if (!again.failedAs(found) || replay.misfit(again.choices()) != null) {
            return report.unrepeatable(inFull, found);
        }
        Shrinking shrinking = new Shrinking(this, again);
        Attempt shortest = shrinking.shortest();
        if (seedOf(shortest).isLong()) {
            return report.found(inFull, again, 0);
        }
        return report.found(seedOf(shortest), shortest, shrinking.runs());
    }

    /// Returns a seed that has the attempt's choices in it.
    private Seed seedOf(Attempt attempt) {
        return Seed.of(attempt.choices(), attempt.order.isExceeded() ? options.maxSteps() : 0);
    }
}
