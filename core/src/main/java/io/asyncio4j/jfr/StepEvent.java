package io.asyncio4j.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/// For the flight recorder: a callback, or a task between two awaits, kept all others waiting.
@Name("io.asyncio4j.Step")
@Label("Step")
@Description("A callback, or a task between two awaits, ran and kept all others of its loop waiting")
@Category("asyncio4j")
@SuppressWarnings("UnusedVariable") // the flight recorder reads the fields
@StackTrace(false)
@Threshold("20 ms")
public final class StepEvent extends Event {
    private static final StepEvent PROBE = new StepEvent();

    @Label("Loop")
    @Description("The number of the event loop in this process")
    private long loop;

    @Label("Task")
    @Description("The number of the task on its loop, or 0 for a callback")
    private long task;

    @Label("Name")
    @Description("The name of the task, or what the callback is")
    private String name = "";

    @Label("Stopped At")
    @Description("Where in the program the task awaits something; nothing if it has ended")
    private @Nullable String stoppedAt;

    @Label("Nested")
    @Description("Whether this was part of another step: the first of an eager task, or that of a generator")
    private boolean nested;

    public static boolean isWanted() {
        return PROBE.isEnabled();
    }

    /// Says whose step it was.
    ///
    /// @param ofTask the task's number, or 0 for a callback
    public void describe(long ofLoop, long ofTask, String what, @Nullable String stopped, boolean isNested) {
        loop = ofLoop;
        task = ofTask;
        name = what;
        stoppedAt = stopped;
        nested = isNested;
    }
}
