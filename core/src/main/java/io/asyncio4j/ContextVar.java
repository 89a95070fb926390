package io.asyncio4j;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// A variable whose value belongs to the [Context] it is read in: each task sees its own, and
/// starts with what its creator saw.
///
/// Declare it once, `static final`. Any thread may use it. asyncio: `contextvars.ContextVar`.
///
/// @param <T> the type of its values, which are not null
public final class ContextVar<T> {
    private final String name;
    private final @Nullable T initial;

    /// Creates a variable without a default.
    ///
    /// @param name shown in messages
    public ContextVar(String name) {
        this.name = name;
        this.initial = null;
    }

    /// Creates a variable whose value is `initial` where none was set.
    public ContextVar(String name, T initial) {
        this.name = name;
        this.initial = initial;
    }

    /// Returns the name given at creation.
    public String name() {
        return name;
    }

    /// Returns the value in the caller's context, else the variable's default.
    ///
    /// @throws NoSuchElementException if there is neither
    public T get() {
        T value = Context.current().get(this);
        if (value == null) {
            value = initial;
        }
        if (value == null) {
            throw new NoSuchElementException("Context variable '" + name
                    + "' has no value here and no default; set() it first, or ask with get(fallback)");
        }
        return value;
    }

    /// Returns the value in the caller's context, or `fallback` if none was set there; the
    /// variable's default plays no role.
    public @Nullable T get(@Nullable T fallback) {
        T value = Context.current().get(this);
        return value == null ? fallback : value;
    }

    /// Sets the value in the caller's context.
    ///
    /// @return a token that [#reset] takes to undo it
    public Token<T> set(T value) {
        Context context = Context.current();
        Token<T> token = new Token<>(this, context, context.get(this));
        context.set(this, value);
        return token;
    }

    /// Gives the variable back the value it had before the [#set] that returned `token`.
    ///
    /// @throws IllegalStateException if the token was used before
    /// @throws IllegalArgumentException if it is of another variable or was made in another context
    public void reset(Token<T> token) {
        if (token.variable != this) {
            throw new IllegalArgumentException(
                    "Token of context variable '" + token.variable.name + "' cannot reset '" + name + "'");
        }
        if (token.used) {
            throw new IllegalStateException(
                    "Token of context variable '" + name + "' was used before; a token resets once");
        }
        Context context = Context.current();
        if (token.context != context) {
            throw new IllegalArgumentException("Token of context variable '" + name
                    + "' was made in another context; reset it in the task or callback that set it");
        }
        token.used = true;
        if (token.previous == null) {
            context.remove(this);
        } else {
            context.set(this, token.previous);
        }
    }

    /// Returns the name.
    @Override
    public String toString() {
        return name;
    }

    /// The result of [ContextVar#set], which [ContextVar#reset] takes.
    ///
    /// @param <T> the type of the variable's values
    public static final class Token<T> {
        private final ContextVar<T> variable;
        private final Context context;
        private final @Nullable T previous;
        private boolean used;

        private Token(ContextVar<T> variable, Context context, @Nullable T previous) {
            this.variable = variable;
            this.context = context;
            this.previous = previous;
        }

        /// Returns the variable that was set.
        public ContextVar<T> variable() {
            return variable;
        }

        /// Returns the value the variable had before, or null if it had none.
        public @Nullable T previous() {
            return previous;
        }
    }
}
