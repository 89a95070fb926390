package io.asyncio4j.web.schema;

import io.asyncio4j.web.ValidationException;
import io.asyncio4j.web.scalar.Fault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The problems with a request, in order, and the place that is being read.
public final class Problems {
    private final List<Problem> found = new ArrayList<>();
    private final List<Object> place = new ArrayList<>();

    public Problems() {}

    /// Steps inwards.
    ///
    /// @param element a name, or an index as [Integer]
    public void enter(Object element) {
        place.add(element);
    }

    /// Steps outwards.
    public void leave() {
        place.removeLast();
    }

    /// Adds a problem with the value at the current place.
    public void add(String type, String message, @Nullable Object input, @Nullable Map<String, Object> ctx) {
        Object shown = input instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : input;
        found.add(new Problem(type, List.copyOf(place), message, shown, ctx));
    }

    /// Adds a problem with the value at the current place.
    ///
    /// @return [Shape#INVALID]
    Object invalid(Fault fault, @Nullable Object input) {
        add(fault.type(), fault.message(), input, fault.ctx());
        return Shape.INVALID;
    }

    /// Returns how many there are.
    int count() {
        return found.size();
    }

    /// Adds that the value at the current place is required, but is not there.
    ///
    /// @param input the object that it is missing from; null for a parameter
    public void missing(@Nullable Object input) {
        add("missing", "Field required", input, null);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<Problem> list() {
        return Collections.unmodifiableList(found);
    }

    /// Returns what to throw for these problems.
    public ValidationException failure() {
        return new ValidationException(found.stream().map(Problem::toMap).toList());
    }
}
