package io.asyncio4j;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Several failures thrown as one, as by a [TaskGroup]. Groups may contain groups.
///
/// It prints as a tree with the stack trace of each failure. For tools that know nothing of groups
/// the first failure is its cause and the others are suppressed exceptions. asyncio: Python's
/// `ExceptionGroup`.
public class ExceptionGroup extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // made by List.copyOf, which is serializable
    private final List<Throwable> exceptions;

    private final String message;

    /// Creates a group.
    ///
    /// @param message what they have in common
    /// @param exceptions the failures, at least one
    /// @throws IllegalArgumentException if there are none
    @SuppressWarnings("this-escape") // addSuppressed is final
    public ExceptionGroup(String message, List<? extends Throwable> exceptions) {
        super(
                message + " (" + exceptions.size() + (exceptions.size() == 1 ? " exception)" : " exceptions)"),
                first(message, exceptions));
        this.message = message;
        this.exceptions = List.copyOf(exceptions);
        for (Throwable other : this.exceptions.subList(1, this.exceptions.size())) {
            addSuppressed(other);
        }
    }

    private static Throwable first(String message, List<? extends Throwable> exceptions) {
        if (exceptions.isEmpty()) {
            throw new IllegalArgumentException(
                    "An ExceptionGroup needs at least one exception; '" + message + "' got none");
        }
        return exceptions.getFirst();
    }

    /// Returns the failures, in the order in which they occurred.
    public final List<Throwable> exceptions() {
        return exceptions;
    }

    /// Returns a group of the same kind with other failures. A subclass overrides this, so that
    /// [#subgroup] and [#split] return its own kind.
    public ExceptionGroup derive(List<? extends Throwable> others) {
        return new ExceptionGroup(message, others);
    }

    /// Returns this group with only the failures that `condition` accepts, nested ones included, or
    /// null if there are none. A group that is accepted itself is taken whole.
    public final @Nullable ExceptionGroup subgroup(Predicate<? super Throwable> condition) {
        return split(condition).matching();
    }

    /// Returns this group with only the failures of a type, or null if there are none.
    public final @Nullable ExceptionGroup subgroup(Class<? extends Throwable> type) {
        return subgroup(type::isInstance);
    }

    /// Divides the group into the failures that `condition` accepts and the rest, keeping its
    /// shape.
    public final Split split(Predicate<? super Throwable> condition) {
        if (condition.test(this)) {
            return new Split(this, null);
        }
        List<Throwable> matching = new ArrayList<>();
        List<Throwable> rest = new ArrayList<>();
        for (Throwable exception : exceptions) {
            if (exception instanceof ExceptionGroup group) {
                Split parts = group.split(condition);
                if (parts.matching() != null) {
                    matching.add(parts.matching());
                }
                if (parts.rest() != null) {
                    rest.add(parts.rest());
                }
            } else {
                (condition.test(exception) ? matching : rest).add(exception);
            }
        }
        return new Split(deriveFrom(matching), deriveFrom(rest));
    }

    private @Nullable ExceptionGroup deriveFrom(List<Throwable> part) {
        if (part.isEmpty()) {
            return null;
        }
        ExceptionGroup derived = derive(part);
        derived.setStackTrace(getStackTrace());
        return derived;
    }

    @Override
    public void printStackTrace(PrintStream out) {
        out.print(tree());
    }

    @Override
    public void printStackTrace(PrintWriter out) {
        out.print(tree());
    }

    private String tree() {
        StringBuilder text = new StringBuilder(toString()).append(System.lineSeparator());
        for (StackTraceElement frame : getStackTrace()) {
            text.append("\tat ").append(frame).append(System.lineSeparator());
        }
        for (Throwable other : getSuppressed()) {
            if (!exceptions.contains(other)) {
                text.append("\tSuppressed: ").append(other).append(System.lineSeparator());
            }
        }
        for (int i = 0; i < exceptions.size(); i++) {
            boolean last = i == exceptions.size() - 1;
            appendBranch(text, last ? "└── " : "├── ", last ? "    " : "│   ", trace(exceptions.get(i)));
        }
        return text.toString();
    }

    private static void appendBranch(StringBuilder text, String first, String others, String trace) {
        String indent = first;
        for (String line : (Iterable<String>) trace.lines()::iterator) {
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

    /// The two parts of a group; a part without failures is null.
    ///
    /// @param matching what the condition accepted
    /// @param rest what it did not
    public record Split(
            @Nullable ExceptionGroup matching, @Nullable ExceptionGroup rest) {}
}
