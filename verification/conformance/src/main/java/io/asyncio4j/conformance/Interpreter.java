package io.asyncio4j.conformance;

import io.asyncio4j.Coroutine;
import io.asyncio4j.Runner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Executes the statements of one program in whatever task or callback calls it.
final class Interpreter {
    final Trace trace;
    final Names names;
    final Exceptions exceptions;
    final Conditions conditions;
    final Reports reports;
    final Primitives primitives;
    private final Operations operations = new Operations();
    private final Control control;

    Interpreter(Program program, Trace trace, Runner runner) {
        this.trace = trace;
        this.names = new Names(trace);
        this.exceptions = new Exceptions();
        this.conditions = new Conditions(names);
        this.reports = new Reports(this, runner.loop(), program.handlerVariable());
        this.primitives = new Primitives(this);
        this.control = new Control(this);
        new TaskOperations(this, runner.loop()).addTo(operations);
        new FutureOperations(this, runner.loop()).addTo(operations);
        new ContextOperations(this).addTo(operations);
        new Combinators(this).addTo(operations);
        primitives.addTo(operations);
    }

    // ------------------------------------------------------------------ bodies

    /// Returns the coroutine of a labelled body: `named` of the specification.
    Coroutine<@Nullable Object> named(String label, List<Statement> body) {
        return () -> {
            trace.label(label);
            trace.add("start", label);
            Object value;
            try {
                value = body(body);
            } catch (Throwable thrown) {
                trace.add("finish!", label, exceptions.show(thrown));
                throw thrown;
            }
            trace.add("finish", label, exceptions.showValue(value));
            return value;
        };
    }

    /// Executes a body and returns the value of its `return`, else null.
    @Nullable
    Object body(List<Statement> statements) throws Exception {
        Jump jump = block(statements, null);
        return jump == null ? null : jump.value();
    }

    /// Executes a callback's body, which waits for nothing. What leaves it leaves the callback.
    void callback(List<Statement> statements) {
        try {
            block(statements, null);
        } catch (Exception e) {
            throw Interpreter.<RuntimeException>unchecked(e);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // the cast is erased: callbacks throw what the program throws
    private static <E extends Exception> E unchecked(Exception thrown) throws E {
        throw (E) thrown;
    }

    // ------------------------------------------------------------------ statements

    /// Executes statements one after the other.
    ///
    /// @param caught what the handler around them has caught, for `reraise`
    /// @return how they ended, null for at their end
    @Nullable
    Jump block(List<Statement> statements, @Nullable Throwable caught) throws Exception {
        for (Statement statement : statements) {
            trace.step();
            Jump jump = execute(statement, caught);
            if (jump != null) {
                return jump;
            }
        }
        return null;
    }

    private @Nullable Jump execute(Statement statement, @Nullable Throwable caught) throws Exception {
        Operations.Immediate immediate = operations.findImmediate(statement.op());
        Operations.Awaiting awaiting = operations.findAwaiting(statement.op());
        if (immediate == null && awaiting == null) {
            return control.execute(statement, caught);
        }
        try {
            if (immediate != null) {
                finish(statement, () -> immediate.run(statement));
            } else if (awaiting != null) {
                Operations.Action action = awaiting.prepare(statement);
                trace.add(statement.op() + ">", statement.identity(), Operations.NOTHING);
                finish(statement, action);
            }
        } catch (Unbound unbound) {
            trace.add("unbound", unbound.name());
        }
        return null;
    }

    /// Does the operation of a statement and adds the event that says how it ended.
    private void finish(Statement statement, Operations.Action action) throws Exception {
        List<@Nullable Object> details;
        try {
            details = action.run();
        } catch (Unbound unbound) {
            throw unbound;
        } catch (Throwable thrown) {
            trace.add(statement.op() + "!", statement.identity(), Values.listOf(exceptions.show(thrown)));
            throw thrown;
        }
        trace.add(statement.op(), statement.identity(), details);
    }
}
