package io.asyncio4j.diagnose;

import io.asyncio4j.kernel.Fiber;
import io.asyncio4j.kernel.Loop;
import java.util.List;

/// Tells of the tasks that the end of a run cancels: usually the program has forgotten to await
/// them.
///
/// In debug mode, and where the system property `asyncio4j.reportUnfinishedTasks` is true, as the
/// launcher has it.
public final class UnfinishedTasks {
    private static final System.Logger LOG = System.getLogger("io.asyncio4j");

    private static final int MAX_TASKS = 10;

    private UnfinishedTasks() {}

    /// Logs those of the tasks, which are about to be cancelled, that the program has created.
    public static void report(Loop loop, List<Fiber<?>> left) {
        if (!loop.isDebug() && !Boolean.getBoolean("asyncio4j.reportUnfinishedTasks")) {
            return;
        }
        List<Fiber<?>> tasks = left.stream().filter(task -> !task.isOfModule()).toList();
        if (tasks.isEmpty()) {
            return;
        }
        try {
            LOG.log(System.Logger.Level.WARNING, text(tasks));
        } catch (Throwable unable) {
            System.err.println(
                    "asyncio4j: a run cancels tasks that are not done; the logger failed with " + unable.getClass());
        }
    }

    private static String text(List<Fiber<?>> tasks) {
        boolean one = tasks.size() == 1;
        StringBuilder text = new StringBuilder(one ? "1 task was" : tasks.size() + " tasks were")
                .append(" not done when the main task had ended, so the end of the run cancels ")
                .append(one ? "it:" : "them:");
        tasks.stream()
                .limit(MAX_TASKS)
                .forEach(task -> text.append(System.lineSeparator())
                        .append(task.snapshot(List.of(), List.of()).describe("  ")));
        if (tasks.size() > MAX_TASKS) {
            text.append(System.lineSeparator())
                    .append("  and ")
                    .append(tasks.size() - MAX_TASKS)
                    .append(" more");
        }
        return text.append(System.lineSeparator())
                .append("Await ")
                .append(one ? "it" : "them")
                .append(" in the main task, or create ")
                .append(one ? "it" : "them")
                .append(" in a task group, which waits for its tasks: taskGroup(group -> group.createTask(...)).")
                .toString();
    }
}
