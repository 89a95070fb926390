package io.asyncio4j.cli;

import io.asyncio4j.cli.LiveProgram.Loop;
import io.asyncio4j.cli.LiveProgram.Task;
import java.util.Locale;

/// Shows the tasks of a program as a list, each with its stack.
final class Table {
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
        text.append(heading(loop)).append('\n');
        int idWidth = 2;
        int nameWidth = 4;
        for (Task task : loop.tasks()) {
            idWidth = Math.max(idWidth, Long.toString(task.id()).length());
            nameWidth = Math.max(nameWidth, task.name().length());
        }
        String row = "%" + (idWidth + 2) + "s  %-" + nameWidth + "s  %-8s  %8s  %s";
        if (!loop.tasks().isEmpty()) {
            line(row, "ID", "NAME", "STATE", "SINCE", "AWAITS");
        }
        for (Task task : loop.tasks()) {
            String awaits = task.awaits();
            line(
                    row,
                    task.id(),
                    task.name(),
                    task.state().toLowerCase(Locale.ROOT),
                    awaits == null ? "" : since(task.waitedSeconds()),
                    awaits == null ? "" : awaits);
            if (stacks) {
                task.stack().forEach(frame -> line("%s    at %s", " ".repeat(4), frame));
            }
        }
        addOmitted(loop, text);
        text.append('\n');
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }

    /// Says which loop it is, and how it does.
    static String heading(Loop loop) {
        String where = loop.thread() == null ? "runs in no thread" : state(loop.state()) + " in " + loop.thread();
        int count = loop.tasks().size() + loop.omitted();
        String trouble = loop.trouble() == null ? "" : "; " + loop.trouble();
        return "Loop " + loop.id() + " " + where + ", " + (count == 1 ? "1 task" : count + " tasks") + trouble;
    }

    private static String state(String state) {
        return switch (state) {
            case "IDLE" -> "waits";
            case "BLOCKED" -> "is BLOCKED by a task or callback";
            default -> "is busy";
        };
    }

    static void addOmitted(Loop loop, StringBuilder text) {
        if (loop.omitted() > 0) {
            text.append("  ... and ").append(loop.omitted()).append(" more; see --max-tasks\n");
        }
    }

    private static String since(double seconds) {
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = (long) seconds;
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d m", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d h", whole / 3600, whole / 60 % 60);
    }
}
