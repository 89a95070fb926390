package io.asyncio4j;

import io.asyncio4j.spi.Clock;
import io.asyncio4j.spi.ReadyOrder;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a [Runner] runs: `RunnerOptions.defaults().debug(true).throwDeadlocks(true)`. Immutable.
///
/// asyncio: the keyword arguments of `Runner`.
///
/// @param clock the clock of the loop, which no other loop uses, or null for real time
/// @param debug whether debug mode is on, or null for what the system property `asyncio4j.debug` or
///     the environment variable `ASYNCIO4J_DEBUG` says
/// @param throwDeadlocks whether a deadlock ends the run also if the program has got hold of the
///     [EventLoop], so that a thread unknown to the loop might still wake it; otherwise such a
///     finding is only logged
/// @param exceptionHandler takes the problems that nobody waits for, or null for the default
/// @param slowCallbackDuration how long a callback, or a task between two awaits, may run before it
///     is logged, zero for any time, or null for 5 s, and 100 ms in debug mode; see
///     [EventLoop#setSlowCallbackDuration]
/// @param readyOrder decides in which order what is ready at the same time comes, used by no
///     other loop, or null for FIFO
public record RunnerOptions(
        @Nullable Clock clock,
        @Nullable Boolean debug,
        boolean throwDeadlocks,
        EventLoop.@Nullable ExceptionHandler exceptionHandler,
        @Nullable Duration slowCallbackDuration,
        @Nullable ReadyOrder readyOrder) {
    private static final RunnerOptions DEFAULTS = new RunnerOptions(null, null, false, null, null, null);

    /// Returns options that ask for nothing in particular.
    public static RunnerOptions defaults() {
        return DEFAULTS;
    }

    /// Returns these options with a clock.
    public RunnerOptions clock(Clock clock) {
        return new RunnerOptions(
                Objects.requireNonNull(clock, "clock"),
                debug,
                throwDeadlocks,
                exceptionHandler,
                slowCallbackDuration,
                readyOrder);
    }

    /// Returns these options with debug mode on or off.
    public RunnerOptions debug(boolean debug) {
        return new RunnerOptions(clock, debug, throwDeadlocks, exceptionHandler, slowCallbackDuration, readyOrder);
    }

    /// Returns these options with every deadlock an error, or only those that are beyond doubt.
    public RunnerOptions throwDeadlocks(boolean always) {
        return new RunnerOptions(clock, debug, always, exceptionHandler, slowCallbackDuration, readyOrder);
    }

    /// Returns these options with an exception handler.
    public RunnerOptions exceptionHandler(EventLoop.ExceptionHandler handler) {
        return new RunnerOptions(
                clock,
                debug,
                throwDeadlocks,
                Objects.requireNonNull(handler, "handler"),
                slowCallbackDuration,
                readyOrder);
    }

    /// Returns these options with a limit for callbacks and for what tasks do between two awaits.
    public RunnerOptions slowCallbackDuration(Duration limit) {
        return new RunnerOptions(
                clock, debug, throwDeadlocks, exceptionHandler, Objects.requireNonNull(limit, "limit"), readyOrder);
    }

    /// Returns these options with an order of what is ready at the same time.
    public RunnerOptions readyOrder(ReadyOrder order) {
        return new RunnerOptions(
                clock,
                debug,
                throwDeadlocks,
                exceptionHandler,
                slowCallbackDuration,
                Objects.requireNonNull(order, "order"));
    }

    /// Makes a loop as these options say.
    Loop newLoop() {
        Loop loop = new Loop(clock == null ? Clock.system() : clock);
        if (debug != null) {
            loop.setDebug(debug);
        }
        loop.deadlocks.throwAlways = throwDeadlocks;
        loop.problems.setHandler(exceptionHandler);
        if (slowCallbackDuration != null) {
            loop.slowSteps.setLimit(slowCallbackDuration);
        }
        loop.ready.order = readyOrder;
        return loop;
    }
}
