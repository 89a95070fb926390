package io.asyncio4j;

import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;

/// For the flight recorder: something about a task.
abstract class TaskEvent extends Event {
    @Label("Loop")
    @Description("The number of the event loop in this process")
    long loop;

    @Label("Task")
    @Description("The number of the task on its loop")
    long task;

    @Label("Name")
    String name = "";

    /// Commits this, about `subject`.
    final void commitFor(Task<?> subject) {
        loop = subject.loop.id;
        task = subject.id;
        name = subject.name();
        PrimerEvent.precede(subject.loop);
        commit();
    }
}
