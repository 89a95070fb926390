package io.asyncio4j.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// For the flight recorder: the tasks of a loop can never go on.
@Name("io.asyncio4j.Deadlock")
@Label("Deadlock")
@Description("The tasks of an event loop can never go on, as far as the loop knows")
@Category("asyncio4j")
@SuppressWarnings("UnusedVariable") // the flight recorder reads the fields
@StackTrace(false)
public final class DeadlockEvent extends Event {
    @Label("Loop")
    @Description("The number of the event loop in this process")
    private long loop;

    @Label("Message")
    @Description("Which task waits for what, with the stacks")
    private String message = "";

    /// Commits an event.
    ///
    /// @param mountsTasks as for [PrimerEvent#precede]
    public static void commit(long loop, String message, boolean mountsTasks) {
        DeadlockEvent event = new DeadlockEvent();
        event.loop = loop;
        event.message = message;
        PrimerEvent.precede(mountsTasks);
        event.commit();
    }
}
