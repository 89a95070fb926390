package io.asyncio4j;

import io.asyncio4j.assembly.LoopAssembly;
import io.asyncio4j.diagnose.StepObserver;
import io.asyncio4j.diagnose.Supervisor;
import io.asyncio4j.kernel.Loop;
import io.asyncio4j.spi.Clock;
import io.asyncio4j.spi.ProcessSignals;
import io.asyncio4j.spi.ReadyOrder;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The options of a [Runner]: `RunnerOptions.defaults().debug(true).throwDeadlocks(true)`.
/// Immutable.
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
/// @param handleInterrupts whether Ctrl-C cancels the main task, or null for: only in the thread
///     that started `main`, and unless the program handles the signal `INT` itself
/// @param executorShutdownTimeout how long [Runner#close] waits for calls in the default executor,
///     or null for 300 s
public record RunnerOptions(
        @Nullable Clock clock,
        @Nullable Boolean debug,
        boolean throwDeadlocks,
        EventLoop.@Nullable ExceptionHandler exceptionHandler,
        @Nullable Duration slowCallbackDuration,
        @Nullable ReadyOrder readyOrder,
        @Nullable Boolean handleInterrupts,
        @Nullable Duration executorShutdownTimeout) {
    private static final RunnerOptions DEFAULTS = new RunnerOptions(null, null, false, null, null, null, null, null);

    /// The longest wait for the default executor where nothing else is said.
    private static final Duration EXECUTOR_SHUTDOWN_TIMEOUT = Duration.ofMinutes(5);

    /// Checks the limits.
    ///
    /// @throws IllegalArgumentException if `executorShutdownTimeout` is negative
    public RunnerOptions {
        if (executorShutdownTimeout != null && executorShutdownTimeout.isNegative()) {
            throw new IllegalArgumentException("The time to wait for the default executor must not be negative, but is "
                    + executorShutdownTimeout);
        }
    }

    /// Options that are being changed.
    private static final class Draft {
        @Nullable
        Clock clock;

        @Nullable
        Boolean debug;

        boolean throwDeadlocks;

        EventLoop.@Nullable ExceptionHandler exceptionHandler;

        @Nullable
        Duration slowCallbackDuration;

        @Nullable
        ReadyOrder readyOrder;

        @Nullable
        Boolean handleInterrupts;

        @Nullable
        Duration executorShutdownTimeout;
    }

    /// Returns a changed copy.
    private RunnerOptions with(Consumer<Draft> change) {
        Draft draft = new Draft();
        draft.clock = clock;
        draft.debug = debug;
        draft.throwDeadlocks = throwDeadlocks;
        draft.exceptionHandler = exceptionHandler;
        draft.slowCallbackDuration = slowCallbackDuration;
        draft.readyOrder = readyOrder;
        draft.handleInterrupts = handleInterrupts;
        draft.executorShutdownTimeout = executorShutdownTimeout;
        change.accept(draft);
        return new RunnerOptions(
                draft.clock,
                draft.debug,
                draft.throwDeadlocks,
                draft.exceptionHandler,
                draft.slowCallbackDuration,
                draft.readyOrder,
                draft.handleInterrupts,
                draft.executorShutdownTimeout);
    }

    /// Returns options that ask for nothing in particular.
    public static RunnerOptions defaults() {
        return DEFAULTS;
    }

    /// Returns these options with a clock.
    public RunnerOptions clock(Clock clock) {
        Objects.requireNonNull(clock, "clock");
        return with(draft -> draft.clock = clock);
    }

    /// Returns these options with debug mode on or off.
    public RunnerOptions debug(boolean debug) {
        return with(draft -> draft.debug = debug);
    }

    /// Returns these options with every deadlock an error, or only those that are beyond doubt.
    public RunnerOptions throwDeadlocks(boolean always) {
        return with(draft -> draft.throwDeadlocks = always);
    }

    /// Returns these options with an exception handler.
    public RunnerOptions exceptionHandler(EventLoop.ExceptionHandler handler) {
        Objects.requireNonNull(handler, "handler");
        return with(draft -> draft.exceptionHandler = handler);
    }

    /// Returns these options with a limit for callbacks and for what tasks do between two awaits.
    public RunnerOptions slowCallbackDuration(Duration limit) {
        Objects.requireNonNull(limit, "limit");
        return with(draft -> draft.slowCallbackDuration = limit);
    }

    /// Returns these options with an order of what is ready at the same time.
    public RunnerOptions readyOrder(ReadyOrder order) {
        Objects.requireNonNull(order, "order");
        return with(draft -> draft.readyOrder = order);
    }

    /// Returns these options with Ctrl-C cancelling the main task, in whatever thread that runs, or
    /// left alone. If not set, a runner handles Ctrl-C as asyncio's does: in the thread that
    /// started `main` only, and unless the program has a handler of the signal `INT` of its own.
    ///
    /// True is for a program whose loop runs in another thread; then it also comes before a handler
    /// that was there. False is for a loop inside an application that ends by other means.
    public RunnerOptions handleInterrupts(boolean handle) {
        return with(draft -> draft.handleInterrupts = handle);
    }

    /// Returns these options with a limit for how long [Runner#close] waits for calls in the
    /// default executor; 300 s if not set. Calls that have not ended by then are reported and left
    /// to themselves. Real time, whatever the clock. asyncio: the `timeout` of
    /// `loop.shutdown_default_executor`.
    ///
    /// @param limit zero for no wait
    /// @throws IllegalArgumentException if it is negative
    public RunnerOptions executorShutdownTimeout(Duration limit) {
        Objects.requireNonNull(limit, "limit");
        return with(draft -> draft.executorShutdownTimeout = limit);
    }

    /// Whether a runner handles Ctrl-C in the calling thread.
    boolean handlesInterrupts() {
        return handleInterrupts == null ? ProcessSignals.isMainThread() : handleInterrupts;
    }

    /// Returns how long to wait for the default executor.
    Duration executorLimit() {
        return executorShutdownTimeout == null ? EXECUTOR_SHUTDOWN_TIMEOUT : executorShutdownTimeout;
    }

    /// Makes a loop as these options say.
    Loop newLoop() {
        Loop loop = LoopAssembly.newLoop(clock == null ? Clock.system() : clock);
        if (debug != null) {
            loop.setDebug(debug);
        }
        Supervisor.of(loop).deadlocks.setThrowAlways(throwDeadlocks);
        loop.problems.setHandler(exceptionHandler);
        if (slowCallbackDuration != null) {
            StepObserver.of(loop).slowSteps.setLimit(slowCallbackDuration);
        }
        loop.ready.setOrder(readyOrder);
        return loop;
    }
}
