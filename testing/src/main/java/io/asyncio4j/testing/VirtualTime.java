package io.asyncio4j.testing;

import io.asyncio4j.Coroutine;
import io.asyncio4j.Runner;
import io.asyncio4j.RunnerOptions;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.spi.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Runs programs in virtual time: a day of sleeps takes milliseconds, and the program need not
/// know.
///
/// `var result = VirtualTime.run(() -> client.fetchWithRetries());` then `result.value()` is what
/// came of it, and `result.elapsed()` how long that would have taken. As long as nobody outside
/// has a hand in it, a program does the same in every run. See [VirtualClock].
public final class VirtualTime {
    private VirtualTime() {}

    /// What came of a program that was run in virtual time.
    ///
    /// @param value what its main coroutine returned
    /// @param elapsed the virtual time that passed until then
    /// @param <T> the type of the value
    public record Result<T extends @Nullable Object>(T value, Duration elapsed) {}

    /// Runs a coroutine as [run][io.asyncio4j.Asyncio#run] does, in virtual time. Throws what the
    /// coroutine throws, checked or not.
    ///
    /// Time stands still while something is ready, and while somebody outside is at work for the
    /// loop: a call in `toThread` or in an executor, an awaited `CompletionStage`.
    ///
    /// @throws io.asyncio4j.DeadlockException if the loop's tasks can never go on
    public static <T extends @Nullable Object> Result<T> run(Coroutine<T> main) {
        return run(RunnerOptions.defaults(), main);
    }

    /// Runs a coroutine without a result in virtual time.
    public static Result<@Nullable Void> run(VoidCoroutine main) {
        return run(RunnerOptions.defaults(), main);
    }

    /// Runs a coroutine without a result in virtual time, with options.
    public static Result<@Nullable Void> run(RunnerOptions options, VoidCoroutine main) {
        return run(options, Objects.requireNonNull(main, "main").returningNull());
    }

    /// Runs a coroutine in virtual time, with options.
    ///
    /// @throws IllegalArgumentException if the options have a clock that is not a [VirtualClock]
    public static <T extends @Nullable Object> Result<T> run(RunnerOptions options, Coroutine<T> main) {
        Objects.requireNonNull(main, "main");
        VirtualClock clock = clockOf(options);
        long start = clock.nanoTime();
        try (Runner runner = new Runner(options.clock(clock))) {
            T value = runner.run(main);
            return new Result<>(value, Duration.ofNanos(clock.nanoTime() - start));
        }
    }

    private static VirtualClock clockOf(RunnerOptions options) {
        Clock given = options.clock();
        if (given == null) {
            return new VirtualClock();
        }
        if (given instanceof VirtualClock clock) {
            return clock;
        }
        throw new IllegalArgumentException(
                "VirtualTime cannot run by the clock " + given + "; give it a VirtualClock, or none");
    }
}
