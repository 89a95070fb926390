package io.asyncio4j.conformance;

import static io.asyncio4j.conformance.Operations.NOTHING;
import static io.asyncio4j.conformance.Values.listOf;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Context;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import io.asyncio4j.Handle;
import io.asyncio4j.TimerHandle;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The statements about futures and callbacks.
final class FutureOperations {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Interpreter interpreter;
    private final Names names;
    private final EventLoop loop;

    FutureOperations(Interpreter interpreter, EventLoop loop) {
        this.interpreter = interpreter;
        this.names = interpreter.names;
        this.loop = loop;
    }

    void addTo(Operations operations) {
        operations.awaiting("await", s -> {
            var future = names.future(s);
            return () -> listOf(show(Asyncio.await(future)));
        });
        operations.immediate("state", s -> state(names.future(s)));
        operations.immediate("result", s -> listOf(show(names.future(s).result())));
        operations.immediate("exception", s -> listOf(show(names.future(s).exception())));
        operations.immediate("set_result", s -> {
            names.future(s).setResult(s.value("v"));
            return NOTHING;
        });
        operations.immediate("set_exception", s -> {
            names.future(s).setException(interpreter.exceptions.make(s.node("exc")));
            return NOTHING;
        });
        operations.immediate("add_done_callback", this::addDoneCallback);
        operations.immediate("remove_done_callback", this::removeDoneCallback);
        addCallbacksTo(operations);
    }

    private void addCallbacksTo(Operations operations) {
        operations.immediate("call_soon", s -> {
            Context context = context(s);
            return bind(s, context == null ? loop.callSoon(callback(s)) : loop.callSoon(callback(s), context));
        });
        operations.immediate("call_later", s -> {
            Context context = context(s);
            Duration delay = Objects.requireNonNull(s.duration("ms"));
            return bind(
                    s,
                    context == null ? loop.callLater(delay, callback(s)) : loop.callLater(delay, callback(s), context));
        });
        operations.immediate("call_at", s -> {
            Context context = context(s);
            long when = s.number("at") * NANOS_PER_MILLI;
            return bind(s, context == null ? loop.callAt(when, callback(s)) : loop.callAt(when, callback(s), context));
        });
        operations.immediate("handle_cancel", s -> {
            names.target(s, Handle.class).cancel();
            return NOTHING;
        });
        operations.immediate(
                "handle_state", s -> listOf(names.target(s, Handle.class).isCancelled()));
        operations.immediate(
                "handle_when", s -> listOf(names.target(s, TimerHandle.class).when() / NANOS_PER_MILLI));
    }

    private @Nullable Object show(@Nullable Object value) {
        return interpreter.exceptions.showValue(value);
    }

    private List<@Nullable Object> state(Future<?> future) {
        if (!future.isDone()) {
            return listOf("pending");
        }
        if (future.isCancelled()) {
            return listOf("cancelled");
        }
        Throwable exception = future.exception();
        return exception == null
                ? listOf("value", show(future.result()))
                : listOf("error", interpreter.exceptions.show(exception));
    }

    // ------------------------------------------------------------------ callbacks

    private @Nullable Context context(Statement statement) {
        return statement.has("context") ? names.find(statement.text("context"), Context.class) : null;
    }

    private Runnable callback(Statement statement) {
        return () -> called(statement.text("name"), statement.body("body"));
    }

    private void called(String name, List<Statement> body) {
        interpreter.trace.add("cb", name);
        interpreter.callback(body);
    }

    private List<@Nullable Object> bind(Statement statement, Handle handle) {
        names.bind(statement.text("name"), handle);
        return NOTHING;
    }

    @SuppressWarnings("unchecked") // only the consumers made here are bound to names of callbacks
    private Consumer<Future<@Nullable Object>> known(String name) {
        return (Consumer<Future<@Nullable Object>>) names.find(name);
    }

    private List<@Nullable Object> addDoneCallback(Statement statement) {
        var future = names.future(statement);
        String name = statement.text("cb");
        Consumer<Future<@Nullable Object>> action =
                statement.has("body") ? done -> called(name, statement.body("body")) : known(name);
        Context context = context(statement);
        names.bind(name, action);
        if (context == null) {
            future.addDoneCallback(action);
        } else {
            future.addDoneCallback(action, context);
        }
        return listOf(name);
    }

    private List<@Nullable Object> removeDoneCallback(Statement statement) {
        String name = statement.text("cb");
        return listOf(name, names.future(statement).removeDoneCallback(known(name)));
    }
}
