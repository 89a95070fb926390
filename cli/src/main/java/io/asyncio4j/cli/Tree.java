package io.asyncio4j.cli;

import io.asyncio4j.cli.LiveProgram.Loop;
import io.asyncio4j.cli.LiveProgram.Task;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;

/// Draws which task waits for which: from those that nobody waits for down to those that wait for
/// no other. Circles are named.
final class Tree {
    /// Trees deeper than this leave the screen.
    private static final int MAX_DEPTH = 50;

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

        /// Tasks that stand too deep in the tree that is drawn, and begin one of their own.
        private final Queue<Task> deep = new ArrayDeque<>();

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

        private void drawRoot(Task root) {
            deep.add(root);
            for (Task task; (task = deep.poll()) != null; ) {
                if (task == root || !drawn.contains(task.id())) {
                    draw(task, "", "", 0);
                }
            }
        }

        /// @param first begins the line of the task
        /// @param others begins the lines below
        private void draw(Task task, String first, String others, int depth) {
            text.append(first)
                    .append(Shown.text(task.name()))
                    .append(" (")
                    .append(task.id())
                    .append(") ");
            if (drawn.contains(task.id())) {
                text.append("see above\n");
                return;
            }
            if (depth == MAX_DEPTH) {
                text.append("see below\n");
                deep.add(task);
                return;
            }
            drawn.add(task.id());
            text.append(Shown.text(task.about())).append('\n');
            List<Task> below = task.awaitedTasks().stream()
                    .filter(tasks::containsKey)
                    .map(id -> Objects.requireNonNull(tasks.get(id)))
                    .toList();
            for (int i = 0; i < below.size(); i++) {
                boolean last = i == below.size() - 1;
                draw(below.get(i), others + (last ? "└── " : "├── "), others + (last ? "    " : "│   "), depth + 1);
            }
        }

        private void drawCircle(List<Long> ids) {
            text.append("Circle: ");
            ids.forEach(id -> text.append(name(id)).append(" -> "));
            text.append(name(ids.getFirst())).append('\n');
            for (int i = 0; i < ids.size(); i++) {
                Task task = tasks.get(ids.get(i));
                String next = name(ids.get((i + 1) % ids.size()));
                if (task != null) {
                    String about = Shown.text(task.about());
                    text.append("  ").append(name(task.id())).append(' ').append(about);
                    text.append(about.contains(next) ? "\n" : " (" + next + ")\n");
                }
            }
        }

        private String name(long id) {
            Task task = tasks.get(id);
            return task == null ? "task " + id : "task '" + Shown.text(task.name()) + "'";
        }
    }
}
