package io.asyncio4j;

import io.asyncio4j.kernel.Caller;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A set of values of [ContextVar]s. Each task has one, a copy of its creator's, so that what a
/// task sets is seen by it and by what it creates later, and by nobody else.
///
/// Copying is cheap: values are shared until one is set. A context is used by one thread at a time.
/// asyncio: `contextvars.Context`.
public final class Context {
    /// Never changed in place: contexts share it.
    private Map<ContextVar<?>, Object> values;

    /// Whether [#run] is in progress.
    private boolean entered;

    /// Creates an empty context.
    public Context() {
        this(Map.of());
    }

    private Context(Map<ContextVar<?>, Object> values) {
        this.values = values;
    }

    /// Returns a copy of the context of the caller: of its task, callback or thread. Any thread.
    ///
    /// asyncio: `contextvars.copy_context`.
    public static Context copyCurrent() {
        return Caller.context().copy();
    }

    /// Returns the context the caller runs in.
    static Context current() {
        return Caller.context();
    }

    /// Returns a new context with the same values.
    public Context copy() {
        return new Context(values);
    }

    /// Calls `body` in this context: what it sets is set here. In a task `body` may suspend.
    ///
    /// @return the result of `body`
    /// @throws X what `body` throws
    /// @throws IllegalStateException if this context is being run already
    public <T extends @Nullable Object, X extends Exception> T run(Body<T, X> body) throws X {
        if (entered || Caller.runsIn(this)) {
            throw new IllegalStateException(
                    "Cannot run in " + this + ": it is being run already; run in a copy() of it");
        }
        entered = true;
        Context outer = Caller.enter(this);
        try {
            return body.call();
        } finally {
            Caller.enter(outer);
            entered = false;
        }
    }

    /// Calls `body` in this context, without a result.
    ///
    /// @throws X what `body` throws
    /// @throws IllegalStateException if this context is being run already
    public <X extends Exception> void run(VoidBody<X> body) throws X {
        run(Objects.requireNonNull(body, "body").returningNull());
    }

    /// Returns the value `variable` has in this context, or null if it has none here.
    @SuppressWarnings("unchecked") // only set() writes, with a value of the variable's type
    public <T> @Nullable T get(ContextVar<T> variable) {
        return (T) values.get(variable);
    }

    /// Returns whether `variable` has a value in this context.
    public boolean contains(ContextVar<?> variable) {
        return values.containsKey(variable);
    }

    /// Returns the variables that have a value in this context.
    public Set<ContextVar<?>> variables() {
        return Set.copyOf(values.keySet());
    }

    void set(ContextVar<?> variable, Object value) {
        var changed = new HashMap<>(values);
        changed.put(variable, value);
        values = changed;
    }

    void remove(ContextVar<?> variable) {
        var changed = new HashMap<>(values);
        changed.remove(variable);
        values = changed;
    }

    /// Returns the values by the names of their variables.
    @Override
    public String toString() {
        return "Context" + values;
    }
}
