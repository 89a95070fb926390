package io.asyncio4j;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// For the flight recorder: a task was created. Its stack trace says where.
@Name("io.asyncio4j.TaskCreated")
@Label("Task Created")
@Description("A task was created")
@Category("asyncio4j")
@StackTrace
final class TaskCreatedEvent extends TaskEvent {
    private static final TaskCreatedEvent PROBE = new TaskCreatedEvent();

    static void commit(Task<?> task) {
        if (PROBE.isEnabled()) {
            new TaskCreatedEvent().commitFor(task);
        }
    }
}
