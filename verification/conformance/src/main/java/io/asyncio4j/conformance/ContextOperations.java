package io.asyncio4j.conformance;

import static io.asyncio4j.conformance.Operations.NOTHING;
import static io.asyncio4j.conformance.Values.listOf;

import io.asyncio4j.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The statements about context variables, and about cells.
final class ContextOperations {
    private final Interpreter interpreter;
    private final Names names;

    ContextOperations(Interpreter interpreter) {
        this.interpreter = interpreter;
        this.names = interpreter.names;
    }

    void addTo(Operations operations) {
        operations.immediate("var_set", this::set);
        operations.immediate("var_get", s -> listOf(variable(s).get()));
        operations.immediate("var_reset", s -> {
            Variable variable = variable(s);
            variable.reset(names.find(s.text("token")));
            return NOTHING;
        });
        operations.immediate("copy_context", s -> {
            names.bind(s.text("name"), Context.copyCurrent());
            return NOTHING;
        });
        operations.immediate("ctx_run", s -> {
            names.target(s, Context.class).run(() -> interpreter.callback(s.body("body")));
            return NOTHING;
        });
        operations.immediate("ctx_get", s -> {
            Context context = names.target(s, Context.class);
            return listOf(names.find(s.text("var"), Variable.class).get(context));
        });
        operations.immediate("cell_set", s -> {
            cell(s).value = s.number("v");
            return listOf(s.number("v"));
        });
        operations.immediate("cell_add", s -> {
            Cell cell = cell(s);
            cell.value += s.number("v");
            return listOf(cell.value);
        });
        operations.immediate("cell_get", s -> listOf(cell(s).value));
    }

    private Variable variable(Statement statement) {
        return names.target(statement, Variable.class);
    }

    private Cell cell(Statement statement) {
        return names.target(statement, Cell.class);
    }

    private List<@Nullable Object> set(Statement statement) {
        Object token = variable(statement).set(statement.value("v"));
        String name = statement.textOrNull("token");
        if (name != null) {
            names.bind(name, token);
        }
        return listOf(statement.value("v"));
    }
}
