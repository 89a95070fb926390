package io.asyncio4j.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/// For the flight recorder: a loop looked for events from outside, or waited for them.
@Name("io.asyncio4j.Poll")
@Label("Poll")
@Description("An event loop waited for timers or for events from outside, or dealt with such events")
@Category("asyncio4j")
@SuppressWarnings("UnusedVariable") // the flight recorder reads the fields
@StackTrace(false)
@Threshold("20 ms")
public final class PollEvent extends Event {
    private static final PollEvent PROBE = new PollEvent();

    @Label("Loop")
    @Description("The number of the event loop in this process")
    private long loop;

    @Label("Waited")
    @Description("Whether nothing was ready, so that it could wait")
    private boolean waited;

    public static boolean isWanted() {
        return PROBE.isEnabled();
    }

    /// Says which poll it was.
    public void describe(long ofLoop, boolean hasWaited) {
        loop = ofLoop;
        waited = hasWaited;
    }
}
