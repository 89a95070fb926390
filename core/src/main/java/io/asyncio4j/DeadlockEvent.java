package io.asyncio4j;

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
@StackTrace(false)
final class DeadlockEvent extends Event {
    @Label("Loop")
    @Description("The number of the event loop in this process")
    long loop;

    @Label("Message")
    @Description("Which task waits for what, with the stacks")
    String message = "";

    static void commit(Loop loop, String message) {
        DeadlockEvent event = new DeadlockEvent();
        event.loop = loop.id;
        event.message = message;
        PrimerEvent.precede(loop);
        event.commit();
    }
}
