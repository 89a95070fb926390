package io.asyncio4j.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// For the flight recorder: a task was created. Its stack trace says where.
@Name("io.asyncio4j.TaskCreated")
@Label("Task Created")
@Description("A task was created")
@Category("asyncio4j")
@SuppressWarnings("UnusedVariable") // the flight recorder reads the fields
@StackTrace
public final class TaskCreatedEvent extends Event {
    private static final TaskCreatedEvent PROBE = new TaskCreatedEvent();

    @Label("Loop")
    @Description("The number of the event loop in this process")
    private long loop;

    @Label("Task")
    @Description("The number of the task on its loop")
    private long task;

    @Label("Name")
    private String name = "";

    /// Commits an event if a recording wants it.
    ///
    /// @param mountsTasks as for [PrimerEvent#precede]
    public static void commit(long loop, long task, String name, boolean mountsTasks) {
        if (PROBE.isEnabled()) {
            TaskCreatedEvent event = new TaskCreatedEvent();
            event.loop = loop;
            event.task = task;
            event.name = name;
            PrimerEvent.precede(mountsTasks);
            event.commit();
        }
    }
}
