package io.asyncio4j.kernel;

import io.asyncio4j.jfr.TaskCreatedEvent;
import io.asyncio4j.jfr.TaskEndedEvent;

/// Tells the flight recorder of the beginning and the end of tasks. Called only if
/// [JfrEvents#areOn].
final class TaskRecording {
    private TaskRecording() {}

    static void created(Fiber<?> task) {
        try {
            TaskCreatedEvent.commit(task.loop.id, task.id, task.name(), task.loop.mountsTasks());
        } catch (Throwable unable) {
            task.loop.problems.lose(unable);
        }
    }

    static void ended(Fiber<?> task) {
        try {
            if (TaskEndedEvent.isWanted()) {
                event(task).commit(task.loop.mountsTasks());
            }
        } catch (Throwable unable) {
            task.loop.problems.lose(unable);
        }
    }

    private static TaskEndedEvent event(Fiber<?> task) {
        Throwable thrown = task.failureUnnoticed();
        String outcome = task.isCancelled() ? "cancelled" : thrown == null ? "finished" : "failed";
        TaskTimes times = task.times();
        return new TaskEndedEvent(task.loop.id, task.id, task.name(), outcome, thrown)
                .with(task.loop.observation.statistics(task), times == null ? 0 : times.age(task.loop.time()));
    }
}
