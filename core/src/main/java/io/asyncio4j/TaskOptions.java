package io.asyncio4j;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The options of a new task: `TaskOptions.named("x").eagerStart(true).context(ctx)`. Immutable.
///
/// asyncio: the keyword arguments of `create_task`.
///
/// @param name the task's name, or null for `Task-` and a number
/// @param eagerStart whether the task runs at once until it first suspends, or null for what the
///     loop's task factory does
/// @param context the context the task runs in, or null for a copy of its creator's
public record TaskOptions(
        @Nullable String name,
        @Nullable Boolean eagerStart,
        @Nullable Context context) {
    private static final TaskOptions DEFAULTS = new TaskOptions(null, null, null);

    /// Returns options that ask for nothing in particular.
    public static TaskOptions defaults() {
        return DEFAULTS;
    }

    /// Returns options with a name.
    public static TaskOptions named(String name) {
        return new TaskOptions(Objects.requireNonNull(name, "name"), null, null);
    }

    /// Returns these options with an eager start or without.
    public TaskOptions eagerStart(boolean eager) {
        return new TaskOptions(name, eager, context);
    }

    /// Returns these options with a context, which the task uses itself, not a copy.
    public TaskOptions context(Context context) {
        return new TaskOptions(name, eagerStart, Objects.requireNonNull(context, "context"));
    }
}
