package io.asyncio4j.testing;

import io.asyncio4j.testing.outcome.FailureMaker;

/// Thrown by [Schedules] when a program fails in an interleaving: says in which, and how to run it
/// again. The cause is what the program failed with.
public final class ScheduleFailure extends AssertionError {
    private static final long serialVersionUID = 1L;

    static {
        FailureMaker.open(ScheduleFailure::new);
    }

    private final String seed;
    private final int tried;

    private ScheduleFailure(String message, String seed, int tried, Throwable cause) {
        super(message, cause);
        this.seed = seed;
        this.tried = tried;
    }

    /// Returns the text by which [Schedules#replay] and `@Schedule` run the interleaving again.
    public String seed() {
        return seed;
    }

    /// Returns how many schedules had been tried when the program failed, this one included.
    public int tried() {
        return tried;
    }
}
