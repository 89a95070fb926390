package io.asyncio4j.testing;

import io.asyncio4j.testing.Exploration.Attempt;
import java.util.List;

/// What is said of a schedule in which a program failed.
///
/// @param tried how many schedules were tried
/// @param schedules how many were to be tried
record ScheduleReport(int tried, int schedules) {
    /// The failure in an interleaving that can be repeated.
    ///
    /// @param runs how many more runs it took to find it
    ScheduleFailure found(Seed seed, Attempt attempt, int runs) {
        Throwable failure = attempt.requireFailure();
        int departures = Seed.departures(attempt.choices()).size();
        String what = departures == 0
                ? "It fails in FIFO order, as in any run: this is no matter of interleaving."
                : "Replay it with @Schedule(\"" + seed + "\") or Schedules.replay(\"" + seed + "\", main)." + nl()
                        + departuresText(departures, attempt.choices().size())
                        + (runs == 0 ? "." : "; " + runs + " more runs have found none with fewer.");
        return failure(seed, attempt, failure, headline(failure), what);
    }

    /// The failure in an interleaving that could not be repeated.
    ScheduleFailure unrepeatable(Seed seed, Attempt attempt, Throwable failure) {
        return failure(
                seed,
                attempt,
                failure,
                headline(failure),
                "It did something else when it was run in the same order again, so that @Schedule(\"" + seed
                        + "\") may not replay it: what it does" + nl()
                        + "depends on threads, random numbers, the time of day or the like.");
    }

    /// The failure of a replay.
    static ScheduleFailure replayed(Seed seed, Attempt attempt) {
        Throwable failure = attempt.requireFailure();
        return new ScheduleReport(1, 1)
                .failure(
                        seed,
                        attempt,
                        failure,
                        "Failed again in schedule \"" + seed + "\": " + failure,
                        departuresText(
                                        Seed.departures(attempt.choices()).size(),
                                        attempt.choices().size()) + ".");
    }

    private String headline(Throwable failure) {
        return "Failed in schedule " + tried + " of " + schedules + ": " + failure;
    }

    private static String departuresText(int departures, int choices) {
        return departures + " of " + choices + " choices " + (departures == 1 ? "departs" : "depart") + " from FIFO order";
    }

    private ScheduleFailure failure(Seed seed, Attempt attempt, Throwable failure, String headline, String what) {
        List<String> trace = new StepList(attempt.order().events()).lines();
        String message = headline + nl() + what + nl() + nl()
                + "The steps, with > where one came before its turn:" + nl()
                + String.join(nl(), trace) + nl();
        return new ScheduleFailure(message, seed, tried, failure);
    }

    private static String nl() {
        return System.lineSeparator();
    }
}
