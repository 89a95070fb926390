package io.asyncio4j.conformance;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Timeout;
import io.asyncio4j.TimeoutBody;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Executes the statements that contain others, and those that leave them.
final class Control {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Interpreter interpreter;
    private final Trace trace;

    Control(Interpreter interpreter) {
        this.interpreter = interpreter;
        this.trace = interpreter.trace;
    }

    /// A body that ends with a jump or at its end.
    private interface Body {
        @Nullable
        Jump run() throws Exception;
    }

    @Nullable
    Jump execute(Statement statement, @Nullable Throwable caught) throws Exception {
        return switch (statement.op()) {
            case "raise" -> raise(interpreter.exceptions.make(statement.node("exc")));
            case "reraise" -> raise(caught == null ? new IllegalStateException("nothing to raise again") : caught);
            case "return" -> Jump.returning(statement.value("v"));
            case "break" -> Jump.BREAK;
            case "continue" -> Jump.CONTINUE;
            case "if" -> choose(statement, caught);
            case "loop" -> loop(statement, caught);
            case "try" -> tryStatement(statement, caught);
            case "taskgroup" -> taskGroup(statement, caught);
            case "timeout", "timeout_at" -> timeout(statement, caught);
            case "with" -> with(statement, caught);
            default -> throw new IllegalArgumentException("No such statement: " + statement.op());
        };
    }

    private static Jump raise(Throwable thrown) throws Exception {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (Exception) thrown;
    }

    private @Nullable Jump choose(Statement statement, @Nullable Throwable caught) throws Exception {
        boolean holds = interpreter.conditions.holds(statement.node("cond"));
        return interpreter.block(statement.body(holds ? "then" : "else"), caught);
    }

    private @Nullable Jump loop(Statement statement, @Nullable Throwable caught) throws Exception {
        for (int i = 0; i < statement.number("n"); i++) {
            Jump jump = interpreter.block(statement.body("body"), caught);
            if (jump == Jump.BREAK) {
                return null;
            }
            if (jump != null && jump != Jump.CONTINUE) {
                return jump;
            }
        }
        return null;
    }

    private @Nullable Jump tryStatement(Statement statement, @Nullable Throwable caught) throws Exception {
        try {
            return tryExcept(statement, caught);
        } finally {
            interpreter.block(statement.body("finally"), caught);
        }
    }

    private @Nullable Jump tryExcept(Statement statement, @Nullable Throwable caught) throws Exception {
        Jump jump;
        try {
            jump = interpreter.block(statement.body("body"), caught);
        } catch (Frozen frozen) {
            throw frozen;
        } catch (Throwable thrown) {
            JsonNode handler = handler(statement, thrown);
            if (handler == null) {
                throw thrown;
            }
            trace.add("caught", interpreter.exceptions.show(thrown));
            return interpreter.block(Statement.list(handler.get("body")), thrown);
        }
        return jump == null ? interpreter.block(statement.body("else"), caught) : jump;
    }

    private @Nullable JsonNode handler(Statement statement, Throwable thrown) {
        for (JsonNode handler : statement.nodes("except")) {
            for (JsonNode kind : handler.get("kinds")) {
                if (interpreter.exceptions.matches(thrown, kind.stringValue())) {
                    return handler;
                }
            }
        }
        return null;
    }

    // ------------------------------------------------------------------ with

    private @Nullable Jump taskGroup(Statement statement, @Nullable Throwable caught) throws Exception {
        String name = statement.text("name");
        return guarded(
                statement,
                name,
                () -> Asyncio.<@Nullable Jump>taskGroup(group -> {
                    interpreter.names.bind(name, group);
                    trace.add("taskgroup>", name);
                    return inside(statement, name, caught);
                }),
                null);
    }

    private @Nullable Jump timeout(Statement statement, @Nullable Throwable caught) throws Exception {
        String name = statement.text("name");
        Timeout[] entered = new Timeout[1];
        TimeoutBody<@Nullable Jump, Exception> body = timeout -> {
            entered[0] = timeout;
            interpreter.names.bind(name, timeout);
            trace.add(statement.op() + ">", name);
            return inside(statement, name, caught);
        };
        return guarded(statement, name, () -> open(statement, body), entered);
    }

    private static @Nullable Jump open(Statement statement, TimeoutBody<@Nullable Jump, Exception> body)
            throws Exception {
        if (statement.op().equals("timeout")) {
            return Asyncio.timeout(statement.duration("ms"), body);
        }
        Long when = statement.isNull("at") ? null : statement.number("at") * NANOS_PER_MILLI;
        return Asyncio.timeoutAt(when, body);
    }

    private @Nullable Jump with(Statement statement, @Nullable Throwable caught) throws Exception {
        String name = statement.text("target");
        Object target;
        try {
            target = interpreter.names.find(name);
        } catch (Unbound unbound) {
            trace.add("unbound", unbound.name());
            return null;
        }
        return guarded(
                statement,
                name,
                () -> {
                    trace.add("with>", name);
                    Primitives.Entered entered = interpreter.primitives.enter(target);
                    // Not a try with resources: what leaving throws counts, as in Python.
                    try {
                        trace.add("with=", name, entered.value());
                        return inside(statement, name, caught);
                    } finally {
                        entered.leave();
                    }
                },
                null);
    }

    /// Executes the body of a block statement and adds the event of its end.
    private @Nullable Jump inside(Statement statement, String name, @Nullable Throwable caught) throws Exception {
        try {
            return interpreter.block(statement.body("body"), caught);
        } finally {
            trace.add(statement.op() + "~", name);
        }
    }

    /// Runs a block statement and adds the event that says how it ended.
    private @Nullable Jump guarded(Statement statement, String name, Body body, Timeout @Nullable [] timeout)
            throws Exception {
        Jump jump;
        try {
            jump = body.run();
        } catch (Throwable thrown) {
            trace.add(statement.op() + "!", name, interpreter.exceptions.show(thrown));
            throw thrown;
        }
        List<@Nullable Object> details = timeout == null ? Operations.NOTHING : List.of(timeout[0].expired());
        trace.add(statement.op(), List.of(name), details);
        return jump;
    }
}
