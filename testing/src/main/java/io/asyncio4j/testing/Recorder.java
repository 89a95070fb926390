package io.asyncio4j.testing;

import io.asyncio4j.Asyncio;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Task;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// Writes down what happens in which order, by which task and when: `events.add("connected")`, and
/// then `assertThat(events.list()).containsExactly("connecting", "connected")`.
///
/// Used by the tasks and callbacks of one loop; read by them, or when the loop is over.
public final class Recorder {
    private final List<Event> events = new ArrayList<>();

    /// Something that happened.
    ///
    /// @param what the text given
    /// @param task the name of the task that has added it; empty for a callback
    /// @param nanos the loop's time
    private record Event(String what, String task, long nanos) {
        String timed() {
            return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString() + "s " + what;
        }

        String named() {
            return task + ": " + what;
        }
    }

    /// Creates one without events.
    public Recorder() {}

    /// Adds an event.
    ///
    /// @param what turned into text now
    /// @throws IllegalStateException if no loop runs in the calling thread
    public void add(Object what) {
        Task<?> task = Asyncio.currentTask();
        events.add(new Event(
                String.valueOf(what),
                task == null ? "" : task.name(),
                EventLoop.access().time()));
    }

    /// Returns the events so far: `connected`.
    public List<String> list() {
        return events.stream().map(Event::what).toList();
    }

    /// Returns the events with the loop's time: `1.5s connected`. Virtual time starts at 0.
    public List<String> timed() {
        return events.stream().map(Event::timed).toList();
    }

    /// Returns the events with the names of the tasks: `client: connected`.
    public List<String> named() {
        return events.stream().map(Event::named).toList();
    }

    /// Forgets all events so far.
    public void clear() {
        events.clear();
    }

    /// Returns the events with time and task.
    @Override
    public String toString() {
        return "Recorder"
                + events.stream()
                        .map(e -> e.timed() + (e.task.isEmpty() ? "" : " (" + e.task + ")"))
                        .toList();
    }
}
