package io.asyncio4j.web.binding;

import io.asyncio4j.web.Request;
import io.asyncio4j.web.schema.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that happens between a request and the call of its path function.
public final class Plan {
    /// The form in which the plan needs the request's body.
    enum Needs {
        NOTHING,
        FORM,
        BODY
    }

    private final Invocation invocation;
    private final Needs needs;
    private final List<Input> inputs;
    private final boolean embedsBodies;
    private final @Nullable Shape result;

    Plan(Invocation invocation, Needs needs, List<Input> inputs, boolean embedsBodies, @Nullable Shape result) {
        this.invocation = invocation;
        this.needs = needs;
        this.inputs = inputs;
        this.embedsBodies = embedsBodies;
        this.result = result;
    }

    /// Returns whether the body is an object that has its parameters by their names.
    public boolean embedsBodies() {
        return embedsBodies;
    }

    /// Returns the shape of what the path function returns; null if it is not known.
    public @Nullable Shape result() {
        return result;
    }

    /// Returns the declared parameters, those of providers too: for the documentation.
    public List<Input> inputs() {
        return inputs;
    }

    /// Reads the parameters of a request, and makes what is provided. Suspends.
    ///
    /// @throws io.asyncio4j.web.ValidationException if any has a problem
    /// @throws Exception what a provider has thrown
    public @Nullable Object[] read(Request request, Scope scope) throws Exception {
        Binding binding = new Binding(request, scope);
        if (needs == Needs.FORM) {
            binding.readForm();
        } else if (needs == Needs.BODY && !binding.readBody()) {
            throw binding.problems.failure();
        }
        @Nullable Object[] arguments = invocation.read(binding);
        if (arguments == null) {
            throw binding.problems.failure();
        }
        return arguments;
    }

    /// Calls the path function. Suspends if it does.
    public @Nullable Object call(@Nullable Object[] arguments) throws Exception {
        return invocation.call(arguments);
    }
}
