package io.asyncio4j.conformance;

import io.asyncio4j.Asyncio;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Task;
import io.asyncio4j.testing.VirtualClock;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The trace of a program: its events, each with the time and the task it happened in.
///
/// It is closed by its last event. After that whatever the program still does leaves no trace and
/// ends with [Frozen].
final class Trace {
    private static final int MAX_EVENTS = 400;
    private static final int MAX_STATEMENTS = 100_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final List<List<@Nullable Object>> events = new ArrayList<>();
    private final IdentityHashMap<Task<?>, String> labels = new IdentityHashMap<>();
    private final VirtualClock clock;
    private @Nullable EventLoop loop;
    private int statements;

    /// Read by the thread that gives up a program that hangs.
    private volatile boolean closed;

    Trace(VirtualClock clock) {
        this.clock = clock;
    }

    /// Says of which loop the tasks are.
    void of(EventLoop traced) {
        loop = traced;
    }

    /// Returns the task that runs now; null in callbacks and outside of the loop.
    @Nullable
    Task<?> currentTask() {
        return loop != null && loop.isRunning() ? Asyncio.currentTask() : null;
    }

    /// Names the current task in the trace, unless it has a name already.
    void label(String label) {
        Task<?> task = currentTask();
        if (task != null) {
            labels.putIfAbsent(task, label);
        }
    }

    /// Adds an event of the current task.
    void add(String kind, @Nullable Object... details) {
        add(kind, Values.listOf(), Values.listOf(details));
    }

    /// Adds an event with the two parts of its details.
    void add(String kind, List<? extends @Nullable Object> identity, List<? extends @Nullable Object> details) {
        if (isOver()) {
            return;
        }
        Task<?> task = currentTask();
        record(task == null ? "-" : labels.getOrDefault(task, "?"), kind, identity, details);
        if (events.size() > MAX_EVENTS) {
            end("steplimit");
        }
    }

    private void record(
            String task,
            String kind,
            List<? extends @Nullable Object> identity,
            List<? extends @Nullable Object> rest) {
        List<@Nullable Object> event = new ArrayList<>();
        event.add(clock.nanoTime() / NANOS_PER_MILLI);
        event.add(task);
        event.add(kind);
        event.addAll(identity);
        event.addAll(rest);
        events.add(event);
    }

    /// Whether nothing counts any more: after the last event, and once the loop is closed, which
    /// ends tasks that CPython drops.
    private boolean isOver() {
        return closed || (loop != null && loop.isClosed());
    }

    /// Adds an event of nobody, in a loop that may be closed.
    void addAtClose(String kind, @Nullable Object... details) {
        if (!closed) {
            record("-", kind, List.of(), Values.listOf(details));
        }
    }

    /// Closes the trace with its last event, unless it is closed.
    synchronized void end(String how) {
        if (!closed) {
            record("-", "end", List.of(how), List.of());
            closed = true;
        }
    }

    boolean isClosed() {
        return closed;
    }

    /// Called before each statement.
    ///
    /// @throws Frozen if the program is not to do anything any more
    void step() {
        if (!closed && ++statements > MAX_STATEMENTS) {
            end("steplimit");
        }
        if (isOver()) {
            throw new Frozen();
        }
    }

    /// Returns the events, when closed.
    List<List<@Nullable Object>> events() {
        return events;
    }
}
