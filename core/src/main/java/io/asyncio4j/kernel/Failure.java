package io.asyncio4j.kernel;

import io.asyncio4j.CancelledError;
import io.asyncio4j.Context;
import io.asyncio4j.EventLoop;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/// The exception a future failed with, and whether anybody has asked for it.
///
/// Refers weakly to its future: once that is garbage and nobody has asked, nobody ever will.
final class Failure extends WeakReference<Promise<?>> {
    /// So that an exception that is awaited again and again does not grow without limit.
    private static final int MAX_TRACES = 8;

    final Throwable exception;
    private final Failures failures;
    private final String future;

    /// The context of the task that failed, else of whoever made the future fail.
    private final Context context;

    /// In which gathering something failed, and what; empty if this is of no gathering.
    private final String origin;

    /// Whether the future is a task or a gathering of tasks, which somebody should await.
    final boolean ofTask;

    /// When the future failed, as `System.nanoTime()` has it.
    final long when = System.nanoTime();

    // Those of the list, which its monitor guards.

    /// Which iteration it was.
    long iteration;

    boolean listed;

    @Nullable
    Failure previous;

    @Nullable
    Failure next;

    Failure(Promise<?> future, Throwable exception, Failures failures) {
        super(future, failures.collected);
        this.exception = exception;
        this.failures = failures;
        this.future = future.describeFully();
        this.context = future instanceof Fiber<?> task ? task.context() : Context.copyCurrent();
        this.ofTask = future instanceof Fiber<?> || future instanceof Compound<?>;
        Promise<?> culprit = future instanceof Compound<?> compound ? compound.origin() : null;
        this.origin = culprit == null ? "" : " in " + future.describe() + ", where " + culprit.describe() + " failed";
    }

    /// Returns the exception to somebody who takes care of it.
    Throwable observed() {
        failures.remove(this);
        return exception;
    }

    /// Returns the exception, which notes that `task` awaited it and where.
    Throwable awaitedBy(Fiber<?> task) {
        Throwable seen = observed();
        try {
            if (!(seen instanceof CancelledError) && seen.getSuppressed().length < MAX_TRACES) {
                seen.addSuppressed(new AwaitTrace("awaited by task '" + task.name() + "'" + origin));
            }
        } catch (VirtualMachineError unable) {
            // no memory for the note: the exception is what counts
        }
        return seen;
    }

    /// Hands this to the exception handler.
    void report() {
        failures.loop()
                .problems
                .report(
                        new EventLoop.ExceptionContext(
                                "The failure of " + future
                                        + " was not noticed: nobody awaited it or asked for its exception",
                                exception,
                                get(),
                                null),
                        context);
    }

    /// Says in a line that nobody has asked for it so far.
    String text() {
        String what = Character.toUpperCase(future.charAt(0)) + future.substring(1);
        String thrown = exception.toString();
        return what + " has failed, and nobody has awaited it so far: "
                + thrown.lines().findFirst().orElse("");
    }

    /// The place where a failed future was awaited: the other end of the failure's own stack trace.
    private static final class AwaitTrace extends Throwable {
        private static final long serialVersionUID = 1L;

        AwaitTrace(String what) {
            super(what, null, false, true);
        }

        @Override
        @SuppressWarnings({"NullAway", "OverrideThrowableToString"}) // always a message, and nothing but it
        public String toString() {
            return getMessage();
        }
    }
}
