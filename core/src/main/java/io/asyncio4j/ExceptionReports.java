package io.asyncio4j;

import org.jspecify.annotations.Nullable;

/// How a problem that nobody waits for reaches the program: through its exception handler, or the
/// log.
final class ExceptionReports {
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
            loop.onOwnThread(() -> handle(handler, loop.facade(), problem, known == null ? context : known));
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
                context.runAnyway(() -> handler.handle(loop, problem));
            }
        } catch (Throwable thrown) {
            thrown.addSuppressed(
                    new IllegalStateException("While handling: " + problem.message(), problem.exception()));
            log(new EventLoop.ExceptionContext("Exception in the loop's exception handler", thrown, null, null));
        }
    }

    private static @Nullable Context contextOf(EventLoop.ExceptionContext problem) {
        if (problem.future() instanceof Task<?> task) {
            return task.context();
        }
        return problem.handle() == null ? null : problem.handle().context();
    }

    /// What happens where there is no handler. A logger that throws does not end the loop.
    static void log(EventLoop.ExceptionContext problem) {
        try {
            LOG.log(System.Logger.Level.ERROR, problem.message(), problem.exception());
        } catch (Throwable unable) {
            System.err.println("asyncio4j: " + problem.message() + "; the logger failed with " + unable.getClass());
        }
    }
}
