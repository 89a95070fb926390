package io.asyncio4j.jfr;

import io.asyncio4j.TaskStatistics;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/// For the flight recorder: a task has ended. Its times are those of the loop's clock.
@Name("io.asyncio4j.TaskEnded")
@Label("Task Ended")
@Description("A task has a result, has failed or was cancelled")
@Category("asyncio4j")
@SuppressWarnings("UnusedVariable") // the flight recorder reads the fields
@StackTrace(false)
public final class TaskEndedEvent extends Event {
    private static final TaskEndedEvent PROBE = new TaskEndedEvent(0, 0, "", "", null);

    @Label("Loop")
    @Description("The number of the event loop in this process")
    private long loop;

    @Label("Task")
    @Description("The number of the task on its loop")
    private long task;

    @Label("Name")
    private String name = "";

    @Label("Outcome")
    @Description("finished, failed or cancelled")
    private String outcome = "";

    @Label("Failure")
    @Description("The class of the exception it failed with")
    private @Nullable String failure;

    @Label("Steps")
    @Description("How often it ran until it awaited something or ended")
    private long steps;

    @Label("Lifetime")
    @Description("Since it was created, or since the recording began")
    @Timespan(Timespan.NANOSECONDS)
    private long lifetime;

    @Label("Running")
    @Timespan(Timespan.NANOSECONDS)
    private long running;

    @Label("Ready")
    @Description("How long it waited for its turn")
    @Timespan(Timespan.NANOSECONDS)
    private long ready;

    @Label("Waiting")
    @Timespan(Timespan.NANOSECONDS)
    private long waiting;

    /// Creates an event, which [#with] completes.
    ///
    /// @param failure the exception it failed with, or null
    public TaskEndedEvent(long loop, long task, String name, String outcome, @Nullable Throwable failure) {
        this.loop = loop;
        this.task = task;
        this.name = name;
        this.outcome = outcome;
        this.failure = failure == null ? null : failure.getClass().getName();
    }

    public static boolean isWanted() {
        return PROBE.isEnabled();
    }

    /// Adds what the task has done.
    ///
    /// @param age how long ago the task was first seen, in nanoseconds
    public TaskEndedEvent with(TaskStatistics statistics, long age) {
        steps = statistics.steps();
        running = statistics.running().toNanos();
        ready = statistics.ready().toNanos();
        waiting = statistics.waiting().toNanos();
        lifetime = age;
        return this;
    }

    /// Commits it.
    ///
    /// @param mountsTasks as for [PrimerEvent#precede]
    public void commit(boolean mountsTasks) {
        PrimerEvent.precede(mountsTasks);
        commit();
    }
}
