package io.asyncio4j.cli;

import io.asyncio4j.cli.LiveProgram.Loop;
import io.asyncio4j.cli.LiveProgram.Task;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Shows the tasks of a program as a list, each with its stack.
final class Table {
    private static final Pattern OURS =
            Pattern.compile("(?:\\S*/)?io\\.asyncio4j\\.(?:(?:spi|sync|streams|testing)\\.)?[A-Z]");

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
                programFrames(task.stack()).forEach(frame -> line("        at %s", frame));
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

    @SuppressWarnings("AnnotateFormatMethod") // not worth the dependency
    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }

    /// Says which loop it is, and how it does.
    static void addHeading(Loop loop, StringBuilder text) {
        String where = loop.thread() == null ? "runs in no thread" : state(loop.state()) + " in " + loop.thread();
        int count = loop.tasks().size() + loop.omitted();
        String trouble = loop.trouble() == null ? "" : "; " + loop.trouble();
        text.append(text.isEmpty() ? "" : "\n")
                .append("Loop ")
                .append(loop.id())
                .append(' ')
                .append(where);
        text.append(", ")
                .append(count == 1 ? "1 task" : count + " tasks")
                .append(trouble)
                .append('\n');
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
