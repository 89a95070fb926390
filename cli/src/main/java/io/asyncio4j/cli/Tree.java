package io.asyncio4j.cli;

import io.asyncio4j.cli.LiveProgram.Loop;
import io.asyncio4j.cli.LiveProgram.Task;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Draws which task waits for which: from those that nobody waits for down to those that wait for
/// no other. Circles are named.
final class Tree {
    private final StringBuilder text = new StringBuilder();

    String of(LiveProgram program) {
        if (program.loops().isEmpty()) {
            text.append("No event loop is open in process ")
                    .append(program.pid())
                    .append(".\n");
        }
        program.loops().forEach(loop -> new OfLoop(loop).draw());
        return text.toString();
    }

    private final class OfLoop {
        private final Loop loop;
        private final Map<Long, Task> tasks;
        private final Set<Long> drawn = new HashSet<>();

        OfLoop(Loop loop) {
            this.loop = loop;
            this.tasks = loop.tasksById();
        }

        void draw() {
            Table.addHeading(loop, text);
            Set<Long> awaited = new HashSet<>();
            loop.tasks().forEach(task -> awaited.addAll(task.awaitedTasks()));
            for (Task task : loop.tasks()) {
                if (!awaited.contains(task.id())) {
                    drawRoot(task);
                }
            }
            for (Task task : loop.tasks()) {
                if (!drawn.contains(task.id())) {
                    drawRoot(task); // of a circle for which nobody else waits
                }
            }
            Table.addOmitted(loop, text);
            loop.circles().forEach(this::drawCircle);
        }

        private void drawRoot(Task task) {
            draw(task, "", "");
        }

        /// @param first begins the line of the task
        /// @param others begins the lines below
        private void draw(Task task, String first, String others) {
            text.append(first)
                    .append(task.name())
                    .append(" (")
                    .append(task.id())
                    .append(") ");
            if (!drawn.add(task.id())) {
                text.append("see above\n");
                return;
            }
            text.append(task.about()).append('\n');
            List<Task> below = task.awaitedTasks().stream()
                    .filter(tasks::containsKey)
                    .map(id -> Objects.requireNonNull(tasks.get(id)))
                    .toList();
            for (int i = 0; i < below.size(); i++) {
                boolean last = i == below.size() - 1;
                draw(below.get(i), others + (last ? "└── " : "├── "), others + (last ? "    " : "│   "));
            }
        }

        private void drawCircle(List<Long> ids) {
            text.append("Circle:\n");
            for (long id : ids) {
                Task task = tasks.get(id);
                text.append("  ").append(task == null ? "task " + id : "task '" + task.name() + "' " + task.about());
                text.append('\n');
            }
        }
    }
}
