package io.asyncio4j.testing;

import io.asyncio4j.Coroutine;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Runner;
import io.asyncio4j.RunnerOptions;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.testing.explore.Exploration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Looks for races: runs a program in many interleavings, in virtual time, until it fails in one.
///
/// A loop runs tasks that are ready at the same time in the order in which they became so, FIFO. A
/// program that is right does not depend on that. `Schedules.explore(1000, () -> { ... })` runs it
/// in FIFO order first, and then in others. In each, steps of different tasks that are ready at
/// the same time come in another order; callbacks and timers keep theirs. No interleaving is run
/// twice, and a program that has few is run in all of them.
///
/// The program fails if its main coroutine throws, if it comes to a deadlock, if a problem reaches
/// nobody, such as the failure of a task that is not awaited, or if it takes more steps than
/// [ScheduleOptions] allow. Then the shortest interleaving that can be found is reported, with a
/// text by which [#replay] runs it again.
///
/// Main is run many times, so it must make what it uses itself. It has to do the same in every run
/// with the same order: no random numbers without a fixed seed, no time of day. Other threads, as
/// with `toThread`, are allowed, but when they report back is not under control, so that a failure
/// may not be found again.
public final class Schedules {
    private Schedules() {}

    /// Runs `main` in so many interleavings, always the same ones.
    ///
    /// @return how many were run: fewer than asked for if there are no more
    /// @throws ScheduleFailure if it fails in one
    public static int explore(int schedules, VoidCoroutine main) {
        return explore(ScheduleOptions.of(schedules), main);
    }

    /// Runs `main` in so many interleavings, always the same ones. Its result does not matter.
    ///
    /// @return how many were run: fewer than asked for if there are no more
    /// @throws ScheduleFailure if it fails in one
    public static <T extends @Nullable Object> int explore(int schedules, Coroutine<T> main) {
        return explore(ScheduleOptions.of(schedules), main);
    }

    /// Runs `main` in many interleavings, as the options say.
    ///
    /// @return how many were run: fewer than asked for if there are no more
    /// @throws ScheduleFailure if it fails in one
    public static int explore(ScheduleOptions options, VoidCoroutine main) {
        return explore(options, requireMain(main).returningNull());
    }

    /// Runs `main` in many interleavings, as the options say. Its result does not matter.
    ///
    /// @return how many were run: fewer than asked for if there are no more
    /// @throws ScheduleFailure if it fails in one
    public static <T extends @Nullable Object> int explore(ScheduleOptions options, Coroutine<T> main) {
        return new Exploration(options, oneRun(main)).explore();
    }

    /// Runs `main` in the interleaving that a [ScheduleFailure] has named.
    ///
    /// @param seed its [seed][ScheduleFailure#seed]
    /// @throws ScheduleFailure if it fails
    /// @throws IllegalArgumentException if `seed` is malformed, or the program is another one now,
    ///     which has other choices to make
    public static void replay(String seed, VoidCoroutine main) {
        replay(seed, requireMain(main).returningNull());
    }

    /// Runs `main` in the interleaving that a [ScheduleFailure] has named. Its result does not
    /// matter.
    ///
    /// @param seed its [seed][ScheduleFailure#seed]
    /// @throws ScheduleFailure if it fails
    /// @throws IllegalArgumentException if `seed` is malformed, or the program is another one now,
    ///     which has other choices to make
    public static <T extends @Nullable Object> void replay(String seed, Coroutine<T> main) {
        Exploration.replay(seed, oneRun(main));
    }

    private static VoidCoroutine requireMain(VoidCoroutine main) {
        return Objects.requireNonNull(main, "main");
    }

    private static <T extends @Nullable Object> Exploration.OneRun oneRun(Coroutine<T> main) {
        Objects.requireNonNull(main, "main");
        return order -> {
            List<EventLoop.ExceptionContext> problems = new ArrayList<>();
            RunnerOptions options = order.applyTo(RunnerOptions.defaults()
                    .throwDeadlocks(true) // nobody outside has a say in the order, so nobody will wake the loop
                    .exceptionHandler((_, problem) -> problems.add(problem)));
            try (Runner runner = new Runner(options)) {
                try {
                    runner.run(main);
                } finally {
                    order.end();
                }
            }
            if (!problems.isEmpty()) {
                EventLoop.ExceptionContext problem = problems.getFirst();
                throw new AssertionError("A problem reached nobody: " + problem.message(), problem.exception());
            }
        };
    }
}
