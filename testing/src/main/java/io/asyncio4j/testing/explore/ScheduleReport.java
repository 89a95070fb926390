package io.asyncio4j.testing.explore;

import io.asyncio4j.ExceptionGroup;
import io.asyncio4j.testing.ScheduleFailure;
import io.asyncio4j.testing.explore.Exploration.Attempt;
import io.asyncio4j.testing.outcome.FailureMaker;
import java.util.List;

/// The report on a schedule in which a program failed.
///
/// @param tried how many schedules were tried
/// @param schedules how many were to be tried
record ScheduleReport(int tried, int schedules) {
    /// The failure in an interleaving that can be repeated.
    ///
    /// @param runs how many more runs it took to find it
    AssertionError found(Seed seed, Attempt attempt, int runs) {
        int departures = Seed.departures(attempt.choices()).size();
        String what = departures == 0
                ? "It fails in FIFO order, as in any run: this is no matter of interleaving."
                : "Replay it with @Schedule(\"" + seed + "\") or Schedules.replay(\"" + seed + "\", main)." + nl()
                        + departuresText(departures, attempt.choices().size())
                        + (runs == 0
                                ? "."
                                : ", the fewest found in " + runs + (runs == 1 ? " more run." : " more runs."));
        return failure(seed, attempt, headline(attempt), what);
    }

    /// The failure in an interleaving that could not be repeated.
    AssertionError unrepeatable(Seed seed, Attempt attempt) {
        return failure(
                seed,
                attempt,
                headline(attempt),
                "When it was run in the same order again it did something else, so \"" + seed + "\" may not replay it."
                        + nl() + "What it does depends on threads, random numbers, the time of day or the like.");
    }

    /// The failure of a replay.
    static AssertionError replayed(Seed seed, Attempt attempt) {
        int departures = Seed.departures(attempt.choices()).size();
        return new ScheduleReport(1, 1)
                .failure(
                        seed,
                        attempt,
                        "Failed in the schedule \"" + seed + "\": " + text(attempt.requireFailure(), ""),
                        departuresText(departures, attempt.choices().size()) + ".");
    }

    private String headline(Attempt attempt) {
        return "Failed in schedule " + tried + " of " + schedules + ": " + text(attempt.requireFailure(), "");
    }

    private static String text(Throwable failure, String indent) {
        StringBuilder text = new StringBuilder(failure.toString().strip());
        if (failure instanceof ExceptionGroup group) {
            for (Throwable part : group.exceptions()) {
                text.append(nl()).append(indent).append("  - ").append(text(part, indent + "  "));
            }
        }
        return text.toString();
    }

    private static String departuresText(int departures, int choices) {
        return departures + " of " + choices + " choices " + (departures == 1 ? "departs" : "depart")
                + " from FIFO order";
    }

    private AssertionError failure(Seed seed, Attempt attempt, String headline, String what) {
        List<String> trace = new StepList(attempt.order().events()).lines();
        String message = headline + nl() + nl() + what + nl() + nl()
                + "The steps, with > where one came before its turn:" + nl()
                + String.join(nl(), trace) + nl();
        return FailureMaker.of(ScheduleFailure.class).make(message, seed.toString(), tried, attempt.requireFailure());
    }

    private static String nl() {
        return System.lineSeparator();
    }
}
