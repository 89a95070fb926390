package io.asyncio4j.kernel;

import io.asyncio4j.Context;
import io.asyncio4j.EventLoop;
import io.asyncio4j.ExceptionGroup;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// The way of a problem that nobody waits for to the program: through its exception handler, or the
/// log.
public final class ExceptionReports {
    private static final System.Logger LOG = System.getLogger("io.asyncio4j");

    private ExceptionReports() {}

    /// Hands `problem` to the loop's exception handler if it has one, on the loop's thread or in
    /// the calling task.
    ///
    /// @param context what the handler sees, where the problem names neither a task nor a callback
    static void report(
            Loop loop,
            EventLoop.@Nullable ExceptionHandler handler,
            EventLoop.ExceptionContext problem,
            @Nullable Context context) {
        if (handler == null) {
            log(problem);
        } else {
            Context known = contextOf(problem);
            loop.onOwnThread(() -> handle(handler, loop.handle(), problem, known == null ? context : known));
        }
    }

    private static void handle(
            EventLoop.ExceptionHandler handler,
            EventLoop loop,
            EventLoop.ExceptionContext problem,
            @Nullable Context context) {
        try {
            if (context == null) {
                handler.handle(loop, problem);
            } else {
                Caller.runIn(context, () -> handler.handle(loop, problem));
            }
        } catch (Throwable thrown) {
            thrown.addSuppressed(
                    new IllegalStateException("While handling: " + problem.message(), problem.exception()));
            log(new EventLoop.ExceptionContext("Exception in the loop's exception handler", thrown, null, null));
        }
    }

    private static @Nullable Context contextOf(EventLoop.ExceptionContext problem) {
        if (problem.future() instanceof Fiber<?> task) {
            return task.context();
        }
        return problem.handle() == null ? null : problem.handle().context();
    }

    /// What happens where there is no handler. A logger that throws does not end the loop.
    public static void log(EventLoop.ExceptionContext problem) {
        log(System.Logger.Level.ERROR, problem, true);
    }

    /// What happens with a problem that is no fault of the program: one line.
    ///
    /// @param withTrace whether the stack trace follows it
    public static void logMinor(EventLoop.ExceptionContext problem, boolean withTrace) {
        Throwable cause = problem.exception();
        String text = problem.message() + (cause == null ? "" : ": " + firstLine(cause));
        log(System.Logger.Level.INFO, new EventLoop.ExceptionContext(text, cause, null, null), withTrace);
    }

    /// Returns what happened in the first place: what is wrapped, and the first of a group.
    private static String firstLine(Throwable problem) {
        Throwable cause = problem;
        while (true) {
            if (cause instanceof ExceptionGroup group) {
                cause = group.exceptions().getFirst();
            } else if (cause instanceof UncheckedIOException wrapper && wrapper.getCause() != null) {
                cause = wrapper.getCause();
            } else {
                break;
            }
        }
        String message = cause.getMessage();
        return message == null || message.isBlank()
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElseThrow();
    }

    private static void log(System.Logger.Level level, EventLoop.ExceptionContext problem, boolean withTrace) {
        try {
            if (withTrace) {
                LOG.log(level, problem.message(), problem.exception());
            } else {
                LOG.log(level, problem.message());
            }
        } catch (Throwable unable) {
            System.err.println("asyncio4j: " + problem.message() + "; the logger failed with " + unable.getClass());
        }
    }
}
