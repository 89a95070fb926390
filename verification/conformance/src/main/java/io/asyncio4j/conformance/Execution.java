package io.asyncio4j.conformance;

import io.asyncio4j.Runner;
import io.asyncio4j.sync.Lock;
import io.asyncio4j.testing.VirtualClock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One run of one program: section 9 of the specification.
final class Execution {
    private final Program program;
    private final Trace trace;
    private final Runner runner;
    private final Interpreter interpreter;
    private boolean prepared;

    Execution(Program program) {
        this.program = program;
        Trace[] deadlocked = new Trace[1];
        VirtualClock clock = VirtualClock.stopping(() -> deadlocked[0].end("deadlock"));
        this.trace = new Trace(clock);
        deadlocked[0] = trace;
        this.runner = new Runner(clock);
        trace.of(runner.loop());
        this.interpreter = new Interpreter(program, trace, runner);
    }

    /// Runs the program.
    ///
    /// @return its trace
    List<List<@Nullable Object>> run() {
        interpreter.reports.open();
        interpreter.reports.setMode(program.handlerMode());
        if (program.eager()) {
            TaskOperations.setEager(runner.loop(), true);
        }
        try {
            for (int i = 0; i < program.mains().size() && !trace.isClosed(); i++) {
                runMain(Program.label(i), program.mains().get(i));
            }
            close();
            trace.end("ok");
        } finally {
            interpreter.reports.close();
        }
        return trace.events();
    }

    /// Gives up: the trace ends here.
    List<List<@Nullable Object>> abandon(String how) {
        trace.end(how);
        return trace.events();
    }

    private void runMain(String label, List<Statement> body) {
        List<@Nullable Object> outcome;
        try {
            Object value = runner.run(() -> {
                prepare();
                return interpreter.named(label, body).await();
            });
            outcome = Values.listOf("value", interpreter.exceptions.showValue(value));
        } catch (Throwable thrown) {
            outcome = Values.listOf("error", interpreter.exceptions.show(thrown));
        }
        trace.add("main", outcome);
    }

    private void close() {
        try {
            runner.close();
        } catch (Throwable thrown) {
            trace.addAtClose("close!", interpreter.exceptions.show(thrown));
        }
    }

    // ------------------------------------------------------------------ resources

    private void prepare() {
        if (!prepared) {
            prepared = true;
            program.resources().forEach((name, resource) -> interpreter.names.bind(name, make(name, resource)));
        }
    }

    private Object make(String name, JsonNode resource) {
        String type = resource.get("type").stringValue();
        return switch (type) {
            case "future" -> runner.loop().createFuture();
            case "contextvar" -> new Variable(name);
            case "cell" -> new Cell(resource.get("value").intValue());
            default -> {
                JsonNode lock = resource.get("lock");
                yield Primitives.make(
                        type, resource, lock == null ? null : interpreter.names.find(lock.stringValue(), Lock.class));
            }
        };
    }
}
