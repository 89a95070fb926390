package io.asyncio4j;

import java.lang.ref.WeakReference;

/// The exception a future failed with, and whether anybody has asked for it.
///
/// Refers weakly to its future: once that is garbage and nobody has asked, nobody ever will.
final class Failure extends WeakReference<Future<?>> {
    /// So that an exception that is awaited again and again does not grow without limit.
    private static final int MAX_TRACES = 8;

    final Throwable exception;
    private final Failures failures;
    private final String future;

    Failure(Future<?> future, Throwable exception, Failures failures) {
        super(future, failures.collected);
        this.exception = exception;
        this.failures = failures;
        this.future = future.describeFully();
    }

    /// Returns the exception to somebody who takes care of it.
    Throwable observed() {
        failures.remove(this);
        return exception;
    }

    /// Returns the exception, which notes that `task` awaited it and where.
    Throwable awaitedBy(Task<?> task) {
        Throwable seen = observed();
        try {
            if (!(seen instanceof CancelledError) && seen.getSuppressed().length < MAX_TRACES) {
                seen.addSuppressed(new AwaitTrace(task));
            }
        } catch (VirtualMachineError unable) {
            // no memory for the note: the exception is what counts
        }
        return seen;
    }

    EventLoop.ExceptionContext report() {
        return new EventLoop.ExceptionContext(
                "The failure of " + future + " was not noticed: nobody awaited it or asked for its exception",
                exception,
                get(),
                null);
    }

    /// Where a failed future was awaited: the other end of the failure's own stack trace.
    private static final class AwaitTrace extends Throwable {
        private static final long serialVersionUID = 1L;

        AwaitTrace(Task<?> task) {
            super("awaited by task '" + task.name() + "'", null, false, true);
        }

        @Override
        @SuppressWarnings({"NullAway", "OverrideThrowableToString"}) // always a message, and nothing but it
        public String toString() {
            return getMessage();
        }
    }
}
