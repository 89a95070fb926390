package io.asyncio4j;

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
@StackTrace(false)
final class TaskEndedEvent extends Event {
    private static final TaskEndedEvent PROBE = new TaskEndedEvent();

    @Label("Loop")
    @Description("The number of the event loop in this process")
    long loop;

    @Label("Task")
    @Description("The number of the task on its loop")
    long task;

    @Label("Name")
    String name = "";

    @Label("Outcome")
    @Description("finished, failed or cancelled")
    String outcome = "";

    @Label("Failure")
    @Description("The class of the exception it failed with")
    @Nullable
    String failure;

    @Label("Steps")
    @Description("How often it ran until it awaited something or ended")
    long steps;

    @Label("Lifetime")
    @Description("Since it was created, or since the recording began")
    @Timespan(Timespan.NANOSECONDS)
    long lifetime;

    @Label("Running")
    @Timespan(Timespan.NANOSECONDS)
    long running;

    @Label("Ready")
    @Description("How long it waited for its turn")
    @Timespan(Timespan.NANOSECONDS)
    long ready;

    @Label("Waiting")
    @Timespan(Timespan.NANOSECONDS)
    long waiting;

    static boolean isWanted() {
        return PROBE.isEnabled();
    }

    static void commit(Task<?> task) {
        if (PROBE.isEnabled()) {
            TaskEndedEvent event = new TaskEndedEvent();
            event.fill(task);
            PrimerEvent.precede(task.loop);
            event.commit();
        }
    }

    private void fill(Task<?> ended) {
        loop = ended.loop.id;
        task = ended.id;
        name = ended.name();
        Throwable thrown = ended.failureUnnoticed();
        outcome = ended.isCancelled() ? "cancelled" : thrown == null ? "finished" : "failed";
        failure = thrown == null ? null : thrown.getClass().getName();
        TaskStatistics statistics = ended.loop.observer.statistics(ended);
        steps = statistics.steps();
        running = statistics.running().toNanos();
        ready = statistics.ready().toNanos();
        waiting = statistics.waiting().toNanos();
        TaskTimes times = ended.times;
        lifetime = times == null ? 0 : times.age(ended.loop.time());
    }
}
