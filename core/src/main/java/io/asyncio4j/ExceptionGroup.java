package io.asyncio4j;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Several failures thrown as one, as by a [TaskGroup]. Groups may contain groups, to any depth.
///
/// It prints as a tree with the stack trace of each failure and, if a task group threw it, the task
/// of each. For tools that know nothing of groups the first failure is its cause and the others are
/// suppressed exceptions. asyncio: Python's `ExceptionGroup`.
public class ExceptionGroup extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// After how many levels of groups the chain of causes is cut short: who prints it does so by
    /// recursion.
    private static final int LEVELS_LINKED = 256;

    @SuppressWarnings("serial") // made by List.copyOf, which is serializable
    private final List<Throwable> exceptions;

    private final String message;

    /// How many levels of groups there are, this one included.
    private final int depth;

    /// The first failure, of the first group in this, and so on.
    private final Throwable root;

    /// Where each failure is from; empty if that is not known.
    @SuppressWarnings("serial") // made by List.copyOf, which is serializable
    private List<String> origins = List.of();

    /// Creates a group.
    ///
    /// @param message what they have in common
    /// @param exceptions the failures, at least one
    /// @throws IllegalArgumentException if there are none
    @SuppressWarnings("this-escape") // addSuppressed is final
    public ExceptionGroup(String message, List<? extends Throwable> exceptions) {
        super(
                message + " (" + exceptions.size() + (exceptions.size() == 1 ? " exception)" : " exceptions)"),
                link(first(message, exceptions)));
        this.message = message;
        this.exceptions = List.copyOf(exceptions);
        this.root = rootOf(this.exceptions.getFirst());
        int deepest = 0;
        for (Throwable exception : this.exceptions) {
            deepest = Math.max(deepest, exception instanceof ExceptionGroup group ? group.depth : 0);
        }
        this.depth = deepest + 1;
        for (Throwable other : this.exceptions.subList(1, this.exceptions.size())) {
            addSuppressed(link(other));
        }
    }

    /// Creates a group whose failures are each from somewhere else, such as a task.
    static ExceptionGroup of(String message, List<? extends Throwable> exceptions, List<String> origins) {
        ExceptionGroup group = new ExceptionGroup(message, exceptions);
        group.origins = List.copyOf(origins);
        return group;
    }

    private static Throwable first(String message, List<? extends Throwable> exceptions) {
        if (exceptions.isEmpty()) {
            throw new IllegalArgumentException(
                    "An ExceptionGroup needs at least one exception; '" + message + "' got none");
        }
        return exceptions.getFirst();
    }

    /// Returns what stands for a failure where tools look for causes and suppressed exceptions: its
    /// root, where the chain would become too long.
    private static Throwable link(Throwable exception) {
        return exception instanceof ExceptionGroup group && group.depth % LEVELS_LINKED == 0 ? group.root : exception;
    }

    private static Throwable rootOf(Throwable exception) {
        return exception instanceof ExceptionGroup group ? group.root : exception;
    }

    /// Returns the failures, in the order in which they occurred.
    public final List<Throwable> exceptions() {
        return exceptions;
    }

    /// Says where a failure is from; empty if that is not known.
    final String origin(int index) {
        return origins.isEmpty() ? "" : origins.get(index);
    }

    /// Returns what was suppressed, apart from the failures of this group.
    final List<Throwable> suppressedBesides() {
        Set<Throwable> linked = Collections.newSetFromMap(new IdentityHashMap<>());
        exceptions.forEach(exception -> linked.add(link(exception)));
        return Arrays.stream(getSuppressed())
                .filter(other -> !linked.contains(other))
                .toList();
    }

    // ------------------------------------------------------------------ parts

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
        Division division = new Division(this, null);
        while (true) {
            if (division.next < division.group.exceptions.size()) {
                division = division.step(condition);
                continue;
            }
            ExceptionGroup matching = division.matching.derive();
            ExceptionGroup rest = division.rest.derive();
            Division outer = division.outer;
            if (outer == null) {
                return new Split(matching, rest);
            }
            String origin = outer.group.origin(outer.next - 1);
            outer.matching.add(matching, origin);
            outer.rest.add(rest, origin);
            division = outer;
        }
    }

    /// A group that is being divided: groups can be nested too deeply for recursion.
    private static final class Division {
        final ExceptionGroup group;
        final @Nullable Division outer;
        final Part matching;
        final Part rest;
        int next;

        Division(ExceptionGroup group, @Nullable Division outer) {
            this.group = group;
            this.outer = outer;
            this.matching = new Part(group);
            this.rest = new Part(group);
        }

        /// Divides the next failure. Returns what to go on with.
        Division step(Predicate<? super Throwable> condition) {
            String origin = group.origin(next);
            Throwable exception = group.exceptions.get(next++);
            if (condition.test(exception)) {
                matching.add(exception, origin);
            } else if (exception instanceof ExceptionGroup inner) {
                return new Division(inner, this);
            } else {
                rest.add(exception, origin);
            }
            return this;
        }
    }

    /// Failures of a group that are to become one.
    private static final class Part {
        private final ExceptionGroup whole;
        private final List<Throwable> failures = new ArrayList<>();
        private final List<String> origins = new ArrayList<>();

        Part(ExceptionGroup whole) {
            this.whole = whole;
        }

        void add(@Nullable Throwable failure, String origin) {
            if (failure != null) {
                failures.add(failure);
                origins.add(origin);
            }
        }

        @Nullable
        ExceptionGroup derive() {
            if (failures.isEmpty()) {
                return null;
            }
            ExceptionGroup derived = whole.derive(failures);
            derived.setStackTrace(whole.getStackTrace());
            if (hasTheseFailures(derived)) {
                derived.origins = List.copyOf(origins);
            }
            return derived;
        }

        private boolean hasTheseFailures(ExceptionGroup derived) {
            int i = 0;
            while (i < failures.size()
                    && i < derived.exceptions.size()
                    && derived.exceptions.get(i) == failures.get(i)) {
                i++;
            }
            return i == failures.size() && i == derived.exceptions.size();
        }
    }

    // ------------------------------------------------------------------ printing

    @Override
    public void printStackTrace(PrintStream out) {
        new ExceptionTree(out::print).print(this);
    }

    @Override
    public void printStackTrace(PrintWriter out) {
        new ExceptionTree(out::print).print(this);
    }

    /// The two parts of a group; a part without failures is null.
    ///
    /// @param matching what the condition accepted
    /// @param rest what it did not
    public record Split(
            @Nullable ExceptionGroup matching, @Nullable ExceptionGroup rest) {}
}
