package io.asyncio4j.testing;

import io.asyncio4j.Body;
import io.asyncio4j.Runner;
import io.asyncio4j.RunnerOptions;
import io.asyncio4j.VoidBody;
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

    /// The outcome of a program that was run in virtual time.
    ///
    /// @param value what its main coroutine returned
    /// @param elapsed the virtual time that passed until then
    /// @param <T> the type of the value
    public record Result<T extends @Nullable Object>(T value, Duration elapsed) {}

    /// Runs a coroutine as [run][io.asyncio4j.Asyncio#run] does, in virtual time.
    ///
    /// Time stands still while something is ready, and while somebody outside is at work for the
    /// loop: a call in `toThread` or in an executor, an awaited `CompletionStage`.
    ///
    /// @throws X what the coroutine throws
    /// @throws io.asyncio4j.DeadlockException if the loop's tasks can never go on
    public static <T extends @Nullable Object, X extends Exception> Result<T> run(Body<T, X> main) throws X {
        return run(RunnerOptions.defaults(), main);
    }

    /// Runs a coroutine without a result in virtual time.
    ///
    /// @throws X what the coroutine throws
    public static <X extends Exception> Result<@Nullable Void> run(VoidBody<X> main) throws X {
        return run(RunnerOptions.defaults(), main);
    }

    /// Runs a coroutine without a result in virtual time, with options.
    ///
    /// @throws X what the coroutine throws
    public static <X extends Exception> Result<@Nullable Void> run(RunnerOptions options, VoidBody<X> main) throws X {
        return run(options, Objects.requireNonNull(main, "main").returningNull());
    }

    /// Runs a coroutine in virtual time, with options.
    ///
    /// @throws X what the coroutine throws
    /// @throws IllegalArgumentException if the options have a clock that is not a [VirtualClock]
    public static <T extends @Nullable Object, X extends Exception> Result<T> run(
            RunnerOptions options, Body<T, X> main) throws X {
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
