package io.asyncio4j.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// For the flight recorder: what was ready at one time was run. There are so many that a recording
/// has to ask for them.
@Name("io.asyncio4j.LoopIteration")
@Label("Loop Iteration")
@Description("An event loop ran what was ready at one time")
@Category("asyncio4j")
@SuppressWarnings("UnusedVariable") // the flight recorder reads the fields
@StackTrace(false)
@Enabled(false)
public final class LoopIterationEvent extends Event {
    private static final LoopIterationEvent PROBE = new LoopIterationEvent();

    @Label("Loop")
    @Description("The number of the event loop in this process")
    private long loop;

    @Label("Steps")
    @Description("How many steps of tasks and callbacks were run, the loop's own included")
    private long steps;

    public static boolean isWanted() {
        return PROBE.isEnabled();
    }

    /// Says which iteration it was.
    public void describe(long ofLoop, long stepsRun) {
        loop = ofLoop;
        steps = stepsRun;
    }
}
