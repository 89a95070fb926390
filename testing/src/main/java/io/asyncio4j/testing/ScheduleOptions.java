package io.asyncio4j.testing;

/// Options for [Schedules], which looks for a schedule in which a program fails:
/// `ScheduleOptions.of(1000).baseSeed(7)`. Immutable.
///
/// @param schedules how many schedules to try, at least 1
/// @param baseSeed what the schedules are derived from: the same ones for the same number
/// @param maxSteps how many steps a run may take before that counts as a failure, at least 1
public record ScheduleOptions(int schedules, long baseSeed, int maxSteps) {
    private static final long BASE_SEED = 1;
    private static final int MAX_STEPS = 100_000;

    /// Checks the numbers.
    ///
    /// @throws IllegalArgumentException if one is too small
    public ScheduleOptions {
        if (schedules < 1) {
            throw new IllegalArgumentException("Cannot try " + schedules + " schedules; give a number of at least 1");
        }
        if (maxSteps < 1) {
            throw new IllegalArgumentException("A run cannot take " + maxSteps + " steps; allow at least 1");
        }
    }

    /// Returns options to try so many schedules, always the same ones, of 100,000 steps at most.
    public static ScheduleOptions of(int schedules) {
        return new ScheduleOptions(schedules, BASE_SEED, MAX_STEPS);
    }

    /// Returns these options with another base seed, for other schedules.
    public ScheduleOptions baseSeed(long baseSeed) {
        return new ScheduleOptions(schedules, baseSeed, maxSteps);
    }

    /// Returns these options with another number of steps that a run may take.
    public ScheduleOptions maxSteps(int maxSteps) {
        return new ScheduleOptions(schedules, baseSeed, maxSteps);
    }
}
