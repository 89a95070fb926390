package io.asyncio4j;

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
@StackTrace
final class TaskCreatedEvent extends Event {
    private static final TaskCreatedEvent PROBE = new TaskCreatedEvent();

    @Label("Loop")
    @Description("The number of the event loop in this process")
    long loop;

    @Label("Task")
    @Description("The number of the task on its loop")
    long task;

    @Label("Name")
    String name = "";

    static void commit(Task<?> task) {
        if (PROBE.isEnabled()) {
            TaskCreatedEvent event = new TaskCreatedEvent();
            event.loop = task.loop.id;
            event.task = task.id;
            event.name = task.name();
            PrimerEvent.precede(task.loop);
            event.commit();
        }
    }
}
