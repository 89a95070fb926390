package io.asyncio4j.conformance;

import static io.asyncio4j.conformance.Operations.NOTHING;
import static io.asyncio4j.conformance.Values.listOf;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Awaitable;
import io.asyncio4j.Completions;
import io.asyncio4j.Done;
import io.asyncio4j.Future;
import io.asyncio4j.ReturnWhen;
import io.asyncio4j.Timeout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The statements that wait for several awaitables at once, or for one in a special way.
final class Combinators {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Interpreter interpreter;
    private final Names names;

    Combinators(Interpreter interpreter) {
        this.interpreter = interpreter;
        this.names = interpreter.names;
    }

    void addTo(Operations operations) {
        operations.awaiting("gather", s -> {
            var inputs = awaitables(s);
            return () -> listOf(show(Asyncio.await(gather(s, inputs))));
        });
        operations.immediate("gather_future", s -> {
            names.bind(s.text("name"), gather(s, awaitables(s)));
            return NOTHING;
        });
        operations.awaiting("shield", s -> {
            var inner = awaitable(s.node("aw"));
            return () -> listOf(show(Asyncio.await(Asyncio.<@Nullable Object>shield(inner))));
        });
        operations.immediate("shield_future", s -> {
            names.bind(s.text("name"), Asyncio.shield(awaitable(s.node("aw"))));
            return NOTHING;
        });
        operations.awaiting("wait_for", s -> {
            var inner = awaitable(s.node("aw"));
            return () -> listOf(show(Asyncio.waitFor(inner, s.duration("timeout"))));
        });
        operations.awaiting("wait", this::prepareWait);
        operations.awaiting("as_completed", s -> {
            var inputs = awaitables(s);
            return () -> listOf(asCompleted(s, inputs));
        });
        addTimeoutsTo(operations);
    }

    private void addTimeoutsTo(Operations operations) {
        operations.immediate("reschedule", s -> {
            Timeout timeout = names.target(s, Timeout.class);
            reschedule(s, timeout);
            return NOTHING;
        });
        operations.immediate("when", s -> {
            Long when = names.target(s, Timeout.class).when();
            return listOf(when == null ? null : when / NANOS_PER_MILLI);
        });
        operations.immediate(
                "expired", s -> listOf(names.target(s, Timeout.class).expired()));
    }

    private static void reschedule(Statement statement, Timeout timeout) {
        if (statement.has("in")) {
            timeout.reschedule(Asyncio.runningLoop().time() + statement.number("in") * NANOS_PER_MILLI);
        } else {
            timeout.reschedule(statement.isNull("at") ? null : statement.number("at") * NANOS_PER_MILLI);
        }
    }

    private @Nullable Object show(@Nullable Object value) {
        return interpreter.exceptions.showValue(value);
    }

    // ------------------------------------------------------------------ awaitables

    private List<Awaitable<@Nullable Object>> awaitables(Statement statement) {
        List<Awaitable<@Nullable Object>> found = new ArrayList<>();
        for (JsonNode item : statement.nodes("aws")) {
            found.add(awaitable(item));
        }
        return found;
    }

    /// Returns what an item of a program stands for: what its name is bound to, or the coroutine of
    /// its body.
    @SuppressWarnings("unchecked") // every future of a program may have any value
    private Awaitable<@Nullable Object> awaitable(JsonNode item) {
        return item.isString()
                ? (Future<@Nullable Object>) names.find(item.stringValue())
                : interpreter.named(item.get("name").stringValue(), Statement.list(item.get("body")));
    }

    // ------------------------------------------------------------------ gather

    private Future<?> gather(Statement statement, List<Awaitable<@Nullable Object>> inputs) {
        return statement.flag("return_exceptions") ? Asyncio.gatherOutcomes(inputs) : Asyncio.gather(inputs);
    }

    // ------------------------------------------------------------------ wait

    private Operations.Action prepareWait(Statement statement) {
        List<Future<@Nullable Object>> futures = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (JsonNode item : statement.nodes("aws")) {
            labels.add(item.stringValue());
            futures.add((Future<@Nullable Object>) awaitable(item));
        }
        return () -> {
            Done<@Nullable Object> done =
                    Asyncio.waitAll(futures, statement.duration("timeout"), returnWhen(statement));
            return listOf(chosen(labels, futures, done.done()), chosen(labels, futures, done.pending()));
        };
    }

    private static ReturnWhen returnWhen(Statement statement) {
        return statement.has("return_when")
                ? ReturnWhen.valueOf(statement.text("return_when"))
                : ReturnWhen.ALL_COMPLETED;
    }

    private static List<String> chosen(
            List<String> labels, List<? extends Future<?>> futures, Collection<? extends Future<?>> chosen) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            if (chosen.contains(futures.get(i))) {
                found.add(labels.get(i));
            }
        }
        return found;
    }

    // ------------------------------------------------------------------ as_completed

    private int asCompleted(Statement statement, List<Awaitable<@Nullable Object>> inputs) throws Exception {
        Completions<@Nullable Object> completions = Asyncio.asCompleted(inputs, statement.duration("timeout"));
        boolean async = "async".equals(statement.textOrNull("style"));
        Iterator<? extends Awaitable<@Nullable Object>> next =
                async ? completions.iterator() : completions.coroutines().iterator();
        int limit = statement.number("break_after", Integer.MAX_VALUE);
        int count = 0;
        while (count < limit && next.hasNext()) {
            Awaitable<@Nullable Object> awaited = next.next();
            item(() -> Asyncio.await(awaited), async ? listOf(names.nameOf(awaited)) : NOTHING);
            count++;
        }
        return count;
    }

    /// Waits for one of the awaitables and adds its event; only what is no `Exception` goes on.
    private void item(Awaitable<@Nullable Object> awaited, List<@Nullable Object> which) throws Exception {
        Object value;
        try {
            value = awaited.await();
        } catch (Throwable thrown) {
            interpreter.trace.add("item!", which, listOf(interpreter.exceptions.show(thrown)));
            if (!interpreter.exceptions.isOrdinary(thrown)) {
                throw thrown;
            }
            return;
        }
        interpreter.trace.add("item", which, listOf(show(value)));
    }
}
