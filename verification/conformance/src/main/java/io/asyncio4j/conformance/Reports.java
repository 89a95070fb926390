package io.asyncio4j.conformance;

import io.asyncio4j.EventLoop;
import io.asyncio4j.EventLoop.ExceptionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Traces what the loop reports: to the exception handler of the program, or to the default one,
/// which logs.
final class Reports extends Handler {
    private static final Logger LOG = Logger.getLogger("io.asyncio4j");

    /// What the library's messages begin with or contain, by category. The rest is not traced.
    private static final List<Occasion> OCCASIONS = List.of(
            new Occasion("was not noticed", null),
            new Occasion("Exception in the loop's exception handler", "handler_error"),
            new Occasion("Exception in callback", "callback"),
            new Occasion("Exception in a done callback", "callback"),
            new Occasion("cannot end as that has", "callback"),
            new Occasion("reaches nobody: the shield", "shield"),
            new Occasion("failed while it was cancelled at the end of the run", "shutdown"),
            new Occasion("failed after the task that opened its group", "parent"));

    private record Occasion(String text, @Nullable String category) {}

    private final Interpreter interpreter;
    private final EventLoop loop;
    private final @Nullable String variable;
    private String mode = "trace";

    /// What `call_exception_handler` is being called with.
    private @Nullable String userMessage;

    Reports(Interpreter interpreter, EventLoop loop, @Nullable String variable) {
        this.interpreter = interpreter;
        this.loop = loop;
        this.variable = variable;
        setLevel(Level.SEVERE);
    }

    /// Begins to listen to the library's log.
    void open() {
        LOG.setUseParentHandlers(false);
        LOG.addHandler(this);
    }

    @Override
    public void close() {
        LOG.removeHandler(this);
    }

    @Override
    public void flush() {}

    /// Says what the exception handler does: `trace`, `raise`, or `none` for not having one.
    void setMode(String newMode) {
        mode = newMode;
        loop.setExceptionHandler(newMode.equals("none") ? null : this::handle);
    }

    /// Calls the loop's exception handler.
    void call(String message) {
        String outer = userMessage;
        userMessage = message;
        try {
            loop.callExceptionHandler(new ExceptionContext(message));
        } finally {
            userMessage = outer;
        }
    }

    /// The program's exception handler.
    private void handle(EventLoop reporting, ExceptionContext problem) {
        if (add("handler", problem.message(), problem.exception()) && mode.equals("raise")) {
            throw (IllegalStateException) interpreter.exceptions.make("RuntimeError", "handler");
        }
    }

    /// What the default handler logs.
    @Override
    public void publish(LogRecord logged) {
        if (isLoggable(logged)) {
            add("default_handler", logged.getMessage(), logged.getThrown());
        }
    }

    private boolean add(String kind, String message, @Nullable Throwable thrown) {
        boolean user = message.equals(userMessage);
        String category = user ? "user" : category(message);
        if (category == null || interpreter.trace.isClosed()) {
            return false;
        }
        List<@Nullable Object> details = new ArrayList<>();
        details.add(category);
        if (user) {
            details.add(message);
        } else {
            details.add(thrown == null ? null : interpreter.exceptions.show(thrown));
        }
        if (variable != null) {
            details.add(interpreter.names.find(variable, Variable.class).get());
        }
        interpreter.trace.add(kind, List.of(), details);
        return true;
    }

    private static @Nullable String category(String message) {
        for (Occasion occasion : OCCASIONS) {
            if (message.contains(occasion.text())) {
                return occasion.category();
            }
        }
        return "other: " + message;
    }
}
