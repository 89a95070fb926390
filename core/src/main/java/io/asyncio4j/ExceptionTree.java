package io.asyncio4j;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Prints an [ExceptionGroup] as a tree: each failure with where it is from and its stack trace.
///
/// However deeply groups are nested, this goes without recursion, and a level takes no more room
/// than its failures: from some level on the tree is not indented any further, and levels are
/// numbered instead.
final class ExceptionTree {
    private static final int MAX_INDENTED = 16;

    /// How much is printed at once: a tree of usual size as a whole, so that nothing comes between.
    private static final int CHUNK = 1 << 16;

    private final Consumer<String> out;
    private final StringBuilder text = new StringBuilder();

    /// What is to be printed, the next on top.
    private final Deque<Branch> todo = new ArrayDeque<>();

    private final Set<ExceptionGroup> printed = Collections.newSetFromMap(new IdentityHashMap<>());

    /// A failure and how its lines begin.
    ///
    /// @param level how many groups it is in
    /// @param title what comes before its first line: where it is from
    private record Branch(Throwable exception, int level, String first, String others, String title) {
        static Branch trunk(ExceptionGroup group) {
            return new Branch(group, 0, "", "", "");
        }

        /// The branch of a failure of the group that this is.
        Branch to(Throwable failure, boolean last, String origin) {
            String title = origin.isEmpty() ? "" : "in " + origin + ": ";
            if (level < MAX_INDENTED) {
                return new Branch(
                        failure,
                        level + 1,
                        others + (last ? "└── " : "├── "),
                        others + (last ? "    " : "│   "),
                        title);
            }
            return new Branch(failure, level + 1, first, others, "level " + (level + 1) + ": " + title);
        }
    }

    ExceptionTree(Consumer<String> out) {
        this.out = out;
    }

    void print(ExceptionGroup group) {
        todo.push(Branch.trunk(group));
        while (!todo.isEmpty()) {
            Branch branch = todo.pop();
            if (branch.exception instanceof ExceptionGroup nested) {
                appendGroup(branch, nested);
            } else {
                append(branch, branch.title + trace(branch.exception));
            }
            if (text.length() >= CHUNK) {
                flush();
            }
        }
        flush();
    }

    private void flush() {
        out.accept(text.toString());
        text.setLength(0);
    }

    private void appendGroup(Branch branch, ExceptionGroup group) {
        if (!printed.add(group)) {
            append(branch, branch.title + group + ", see above");
            return;
        }
        append(branch, branch.title + group);
        for (StackTraceElement frame : group.getStackTrace()) {
            append(branch.others, branch.others, "\tat " + frame);
        }
        for (Throwable other : group.suppressedBesides()) {
            append(branch.others, branch.others, "\tSuppressed: " + other);
        }
        List<Throwable> failures = group.exceptions();
        for (int i = failures.size() - 1; i >= 0; i--) {
            todo.push(branch.to(failures.get(i), i == failures.size() - 1, group.origin(i)));
        }
    }

    private void append(Branch branch, String lines) {
        append(branch.first, branch.others, lines);
    }

    private void append(String first, String others, String lines) {
        String indent = first;
        for (String line : (Iterable<String>) lines.lines()::iterator) {
            text.append(indent).append(line).append(System.lineSeparator());
            indent = others;
        }
    }

    private static String trace(Throwable exception) {
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text);
        exception.printStackTrace(writer);
        writer.flush();
        return text.toString();
    }
}
