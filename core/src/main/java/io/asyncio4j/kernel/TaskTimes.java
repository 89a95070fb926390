package io.asyncio4j.kernel;

import io.asyncio4j.TaskStatistics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The time of a task, divided by what it was spent on, as far as it was observed.
///
/// Told by the [StepObserver] whenever the task begins to run, to wait or to be ready; the time
/// since the last such moment is then that of what it did before. Confined to the thread that holds
/// the loop.
public final class TaskTimes {
    private static final int MAX_NAMES = 32;
    private static final String OTHER = "other";

    private enum Doing {
        /// Not known, or nothing of its own: another task makes a step within this one's.
        NOTHING,
        READY,
        RUNNING,
        WAITING
    }

    private final long firstSeen;
    private Doing doing = Doing.NOTHING;
    private long since;

    /// In which period of observation [#doing] was true; in a later one nothing is known of it.
    private int period;

    /// What the task waits for while it is [Doing#WAITING].
    private @Nullable Promise<?> awaited;

    private long running;
    private long ready;
    private long waiting;
    private final Map<String, Long> waits = new LinkedHashMap<>(0);

    public TaskTimes(long now) {
        this.firstSeen = now;
    }

    /// The task was put into the ready queue. It may be there already, or run still: then it will
    /// be ready when its step ends.
    public void becomesReady(long now, int inPeriod) {
        if (inPeriod != period || doing != Doing.RUNNING) {
            change(Doing.READY, now, inPeriod);
        }
    }

    public void begins(long now, int inPeriod) {
        change(Doing.RUNNING, now, inPeriod);
    }

    /// Another task makes a step within this one's.
    public void stepsAside(long now, int inPeriod) {
        change(Doing.NOTHING, now, inPeriod);
    }

    /// The task's step has ended.
    ///
    /// @param waiter what it waits for now; null if it is done or goes on by itself
    public void stops(@Nullable Promise<?> waiter, boolean done, long now, int inPeriod) {
        boolean waits = waiter != null && !waiter.isDone();
        change(done ? Doing.NOTHING : waits ? Doing.WAITING : Doing.READY, now, inPeriod);
        awaited = waits ? waiter : null;
    }

    private void change(Doing next, long now, int inPeriod) {
        long passed = inPeriod == period ? now - since : 0;
        switch (doing) {
            case RUNNING -> running += passed;
            case READY -> ready += passed;
            case WAITING -> {
                waiting += passed;
                add(waits, passed);
            }
            case NOTHING -> {}
        }
        doing = next;
        since = now;
        period = inPeriod;
    }

    private void add(Map<String, Long> known, long passed) {
        Promise<?> future = awaited;
        if (future != null && passed > 0) {
            String name = future.describe();
            boolean room = known.size() < MAX_NAMES || known.containsKey(name);
            known.merge(room ? name : OTHER, passed, Long::sum);
        }
    }

    /// How long ago the task was first seen, which is its age if it was created under observation.
    long age(long now) {
        return now - firstSeen;
    }

    /// Returns the times with what has passed since the last change.
    ///
    /// @param inPeriod the period of observation that goes on, or -1 if there is none
    public TaskStatistics statistics(long steps, long now, int inPeriod) {
        long passed = inPeriod == period ? now - since : 0;
        Map<String, Long> all = new LinkedHashMap<>(waits);
        if (doing == Doing.WAITING) {
            add(all, passed);
        }
        Map<String, Duration> durations = new LinkedHashMap<>();
        all.forEach((name, nanos) -> durations.put(name, Duration.ofNanos(nanos)));
        return new TaskStatistics(
                steps,
                Duration.ofNanos(running + (doing == Doing.RUNNING ? passed : 0)),
                Duration.ofNanos(ready + (doing == Doing.READY ? passed : 0)),
                Duration.ofNanos(waiting + (doing == Doing.WAITING ? passed : 0)),
                durations);
    }
}
