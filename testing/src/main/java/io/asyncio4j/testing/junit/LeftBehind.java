package io.asyncio4j.testing.junit;

import io.asyncio4j.EventLoop;
import io.asyncio4j.TaskSnapshot;
import java.util.ArrayList;
import java.util.List;

/// The rest of a test: tasks that have not ended, and problems that nobody has dealt with.
final class LeftBehind {
    private static final String NEW_LINE = System.lineSeparator();

    private final List<String> texts = new ArrayList<>();
    private final List<Throwable> exceptions = new ArrayList<>();

    synchronized void add(TaskSnapshot task) {
        texts.add(task.describe("  "));
    }

    synchronized void add(EventLoop.ExceptionContext problem) {
        Throwable exception = problem.exception();
        texts.add("  " + problem.message() + (exception == null ? "" : NEW_LINE + "      " + exception));
        if (exception != null) {
            exceptions.add(exception);
        }
    }

    /// @throws AssertionError if there is anything, with all of it
    synchronized void failIfAny(String test) {
        if (texts.isEmpty()) {
            return;
        }
        AssertionError error =
                new AssertionError("'" + test + "' has left behind:" + NEW_LINE + String.join(NEW_LINE, texts));
        exceptions.forEach(error::addSuppressed);
        throw error;
    }
}
