package io.asyncio4j.cli;

import io.asyncio4j.cli.LiveProgram.Blockade;
import io.asyncio4j.cli.LiveProgram.Loop;
import io.asyncio4j.cli.LiveProgram.Task;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Shows the tasks of a program as a list, each with its stack.
final class Table {
    private static final Pattern OURS =
            Pattern.compile("(?:\\S*/)?io\\.asyncio4j\\.(?:(?:assembly|combine|diagnose|engine|kernel|threads|spi|sync"
                    + "|streams|testing)\\.)?[A-Z]");

    private final boolean stacks;
    private final StringBuilder text = new StringBuilder();

    /// @param stacks whether to show stacks
    Table(boolean stacks) {
        this.stacks = stacks;
    }

    String of(LiveProgram program) {
        if (program.loops().isEmpty()) {
            text.append("No event loop is open in process ")
                    .append(program.pid())
                    .append(".\n");
        }
        program.loops().forEach(this::add);
        return text.toString();
    }

    private void add(Loop loop) {
        addHeading(loop, text);
        if (stacks) {
            addBlockade(loop);
        }
        int idWidth = 2;
        int nameWidth = 4;
        for (Task task : loop.tasks()) {
            idWidth = Math.max(idWidth, Long.toString(task.id()).length());
            nameWidth = Math.max(nameWidth, Shown.width(task.name()));
        }
        if (!loop.tasks().isEmpty()) {
            addRow(idWidth, "ID", "NAME", nameWidth, "STATE", "SINCE", "AWAITS");
        }
        for (Task task : loop.tasks()) {
            String awaits = task.awaits();
            addRow(
                    idWidth,
                    Long.toString(task.id()),
                    Shown.text(task.name()),
                    nameWidth,
                    task.state().toLowerCase(Locale.ROOT),
                    since(loop, task),
                    awaits == null ? "" : Shown.text(awaits));
            if (stacks) {
                addStack(task.stack());
            }
        }
        addOmitted(loop, text);
    }

    /// Leaves the library's own frames out at the two ends.
    private static List<String> programFrames(List<String> stack) {
        int first = 0;
        int end = stack.size();
        while (first < end && OURS.matcher(stack.get(first)).lookingAt()) {
            first++;
        }
        while (first < end && OURS.matcher(stack.get(end - 1)).lookingAt()) {
            end--;
        }
        return stack.subList(first, end);
    }

    private void addRow(int idWidth, String id, String name, int nameWidth, String state, String since, String awaits) {
        String row = " ".repeat(idWidth + 2 - id.length()) + id + "  "
                + name + " ".repeat(nameWidth - Shown.width(name))
                + String.format(Locale.ROOT, "  %-8s  %8s  %s", state, since, awaits);
        text.append(row.stripTrailing()).append('\n');
    }

    private void addStack(List<String> stack) {
        programFrames(stack)
                .forEach(frame -> text.append("        at ").append(frame).append('\n'));
    }

    /// The task that runs has its stack below it, and so needs none here.
    private void addBlockade(Loop loop) {
        Blockade blockade = loop.blockade();
        if (blockade != null && loop.tasks().stream().noneMatch(Task::isRunning)) {
            addStack(blockade.stack());
        }
    }

    /// Says which loop it is, and how it does.
    static void addHeading(Loop loop, StringBuilder text) {
        String where = loop.thread() == null ? "runs in no thread" : state(loop) + " in " + Shown.text(loop.thread());
        int count = loop.tasks().size() + loop.omitted();
        String trouble = loop.trouble() == null ? "" : "; " + Shown.text(loop.trouble());
        text.append(text.isEmpty() ? "" : "\n")
                .append("Loop ")
                .append(loop.id())
                .append(' ')
                .append(where);
        text.append(", ")
                .append(count == 1 ? "1 task" : count + " tasks")
                .append(trouble)
                .append('\n');
        Blockade blockade = loop.blockade();
        if (blockade != null && blockade.reason() != null) {
            text.append("  ").append(Shown.text(blockade.reason())).append('\n');
        }
    }

    private static String state(Loop loop) {
        Blockade blockade = loop.blockade();
        if (blockade != null) {
            return "is BLOCKED for " + duration(blockade.seconds()) + " by " + Shown.text(blockade.by());
        }
        return loop.state().equals("IDLE") ? "waits" : "is busy";
    }

    static void addOmitted(Loop loop, StringBuilder text) {
        if (loop.omitted() > 0) {
            text.append("  ... and ").append(loop.omitted()).append(" more; see --max-tasks\n");
        }
    }

    /// Since when the task waits, or blocks the loop.
    private static String since(Loop loop, Task task) {
        Blockade blockade = loop.blockade();
        if (task.isRunning() && blockade != null) {
            return duration(blockade.seconds());
        }
        return task.awaits() == null ? "" : duration(task.waitedSeconds());
    }

    private static String duration(double seconds) {
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = (long) seconds;
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d m", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d h", whole / 3600, whole / 60 % 60);
    }
}
