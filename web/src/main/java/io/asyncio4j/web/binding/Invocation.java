package io.asyncio4j.web.binding;

import io.asyncio4j.web.schema.Shape;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A function and the readings of its parameters.
final class Invocation {
    private final Signature.Function function;
    private final Reading[] readings;

    /// The numbers of the readings in the order in which they are read: what is provided, then by
    /// place.
    private final int[] order;

    Invocation(Signature.Function function, List<Reading> readings) {
        this.function = function;
        this.readings = readings.toArray(Reading[]::new);
        this.order = IntStream.range(0, readings.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> readings.get(i).place != Place.PROVIDED)
                        .thenComparing(i -> readings.get(i).place))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /// Reads the parameters. Suspends if providers do.
    ///
    /// @return null if any has a problem
    @Nullable
    Object @Nullable [] read(Binding binding) throws Exception {
        @Nullable Object[] arguments = new @Nullable Object[readings.length];
        boolean complete = true;
        for (int i : order) {
            arguments[i] = readings[i].read(binding);
            complete &= arguments[i] != Shape.INVALID;
        }
        return complete ? arguments : null;
    }

    /// Calls the function. Suspends if it does.
    @Nullable
    Object call(@Nullable Object[] arguments) throws Exception {
        try {
            return function.call(arguments);
        } catch (Exception | Error thrown) {
            throw thrown;
        } catch (Throwable other) {
            throw new IllegalStateException("A path function has thrown " + other, other);
        }
    }
}
