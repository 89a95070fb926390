package io.asyncio4j.conformance;

import static io.asyncio4j.conformance.Operations.NOTHING;
import static io.asyncio4j.conformance.Values.listOf;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Context;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Task;
import io.asyncio4j.TaskFactory;
import io.asyncio4j.TaskGroup;
import io.asyncio4j.TaskOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The statements about tasks and the loop they run on.
final class TaskOperations {
    private final Interpreter interpreter;
    private final Names names;
    private final Trace trace;
    private final EventLoop loop;

    TaskOperations(Interpreter interpreter, EventLoop loop) {
        this.interpreter = interpreter;
        this.names = interpreter.names;
        this.trace = interpreter.trace;
        this.loop = loop;
    }

    void addTo(Operations operations) {
        operations.awaiting("sleep", s -> () -> sleep(s));
        operations.awaiting("call", s -> () -> listOf(show(interpreter.body(s.body("body")))));
        operations.immediate("log", s -> listOf(s.value("v")));
        operations.immediate("create_task", this::createTask);
        operations.immediate("tg_create_task", this::createChild);
        operations.immediate("cancel", this::cancel);
        operations.immediate("uncancel", s -> listOf(names.task(s).uncancel()));
        operations.immediate("cancelling", s -> listOf(names.task(s).cancelling()));
        operations.immediate("task_name", s -> listOf(currentName()));
        operations.immediate("set_name", s -> {
            names.task(s).setName(s.text("v"));
            return NOTHING;
        });
        operations.immediate("all_tasks", s -> listOf(Asyncio.allTasks().size()));
        operations.immediate("set_task_factory", s -> {
            setEager(loop, s.flag("eager"));
            return NOTHING;
        });
        operations.immediate("set_exception_handler", s -> {
            interpreter.reports.setMode(s.text("mode"));
            return NOTHING;
        });
        operations.immediate("call_exception_handler", s -> {
            interpreter.reports.call(s.text("msg"));
            return NOTHING;
        });
        operations.immediate("ticker", this::ticker);
    }

    private @Nullable Object show(@Nullable Object value) {
        return interpreter.exceptions.showValue(value);
    }

    private List<@Nullable Object> sleep(Statement statement) {
        Duration duration = Objects.requireNonNull(statement.duration("ms"));
        if (statement.has("v")) {
            return listOf(show(Asyncio.<@Nullable Object>sleep(duration, statement.value("v"))));
        }
        Asyncio.sleep(duration);
        return NOTHING;
    }

    private List<@Nullable Object> createTask(Statement statement) {
        TaskOptions options = options(statement);
        String name = statement.text("name");
        names.bind(name, Asyncio.createTask(options, interpreter.named(name, statement.body("body"))));
        return NOTHING;
    }

    private List<@Nullable Object> createChild(Statement statement) {
        TaskGroup group = names.find(statement.text("group"), TaskGroup.class);
        TaskOptions options = options(statement);
        String name = statement.text("name");
        names.bind(name, group.createTask(options, interpreter.named(name, statement.body("body"))));
        return NOTHING;
    }

    private TaskOptions options(Statement statement) {
        TaskOptions options = TaskOptions.named(statement.text("name"));
        if (statement.has("context")) {
            options = options.context(names.find(statement.text("context"), Context.class));
        }
        return statement.has("eager_start") ? options.eagerStart(statement.flag("eager_start")) : options;
    }

    private List<@Nullable Object> cancel(Statement statement) {
        var target = names.future(statement);
        return listOf(statement.has("msg") ? target.cancel(statement.textOrNull("msg")) : target.cancel());
    }

    private @Nullable Object currentName() {
        Task<?> task = trace.currentTask();
        if (task == null) {
            return null;
        }
        return task.name().startsWith("Task-") ? "Task-*" : task.name();
    }

    /// Makes the loop start tasks eagerly, or not.
    static void setEager(EventLoop loop, boolean eager) {
        loop.setTaskFactory(eager ? TaskFactory.eager() : null);
    }

    private List<@Nullable Object> ticker(Statement statement) {
        loop.callSoon(() -> tick(statement, 1));
        return NOTHING;
    }

    private void tick(Statement statement, int count) {
        trace.add("tick", statement.text("name"), count);
        if (count < statement.number("n")) {
            loop.callSoon(() -> tick(statement, count + 1));
        }
    }
}
