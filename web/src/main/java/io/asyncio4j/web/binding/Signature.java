package io.asyncio4j.web.binding;

import io.asyncio4j.web.Response;
import io.asyncio4j.web.schema.Shape;
import io.asyncio4j.web.schema.Shapes;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A function of the program that takes parameters of a request.
public sealed interface Signature {
    /// A function of any number of arguments.
    @FunctionalInterface
    interface Function {
        @Nullable
        Object call(@Nullable Object[] arguments) throws Throwable;
    }

    /// Returns its name for messages, such as `Shop.read`.
    String name();

    /// Returns what is called with the parameters' values.
    Function function();

    /// Returns the parameters, in order. Which are of the path and which are provided depends on
    /// where the function is used.
    List<Input> inputs(Set<String> pathNames, Providers providers, Mistakes mistakes);

    /// Returns the shape of what it returns; null if that is not known before, or is no JSON.
    ///
    /// @param mistakes gets what is wrong with examples
    default @Nullable Shape result(Mistakes mistakes) {
        return null;
    }

    /// A function whose parameters are told.
    record OfInputs(String name, List<Input> inputs, Function function) implements Signature {
        @Override
        public List<Input> inputs(Set<String> pathNames, Providers providers, Mistakes mistakes) {
            return inputs;
        }
    }

    /// A method, whose declaration says what its parameters are.
    record OfMethod(String name, Method method, Function function) implements Signature {
        @Override
        public List<Input> inputs(Set<String> pathNames, Providers providers, Mistakes mistakes) {
            return new MethodInputs(name, pathNames, providers, mistakes).of(method);
        }

        @Override
        public @Nullable Shape result(Mistakes mistakes) {
            Class<?> type = method.getReturnType();
            if (type == void.class || type == Object.class || type == Response.class || type == byte[].class) {
                return null;
            }
            return Shapes.ofResult(method.getAnnotatedReturnType(), method, mistake -> mistakes.add(name, mistake));
        }
    }
}
