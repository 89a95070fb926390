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
    /// The most problems that are kept: a body of wrong items has a million of them.
    private static final int MOST = 1_000;

    /// The most characters, roughly, of the inputs that are shown: one object may lack many fields.
    private static final int MOST_SHOWN = 1024 * 1024;

    private static final String TOO_LARGE = "(too large to be shown)";

    private final List<Problem> found = new ArrayList<>();
    private final List<Object> place = new ArrayList<>();
    private int count;
    private int shown;

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

    /// Adds a problem with the value at the current place; of very many, only the first are kept.
    public void add(String type, String message, @Nullable Object input, @Nullable Map<String, Object> ctx) {
        if (++count > MOST) {
            return;
        }
        Object text = input instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : input;
        int size = size(text, MOST_SHOWN - shown);
        Object received = size > MOST_SHOWN - shown ? TOO_LARGE : text;
        shown += received == text ? size : 0;
        found.add(new Problem(type, List.copyOf(place), message, received, ctx));
    }

    /// Returns the length of a value's JSON, roughly; something above `most` if it is longer.
    private static int size(@Nullable Object value, int most) {
        return switch (value) {
            case String text -> text.length();
            case List<?> items -> {
                int size = items.size();
                for (Object item : items) {
                    size += size > most ? 0 : size(item, most - size);
                }
                yield size;
            }
            case Map<?, ?> members -> {
                int size = members.size();
                for (Map.Entry<?, ?> member : members.entrySet()) {
                    size += size > most ? 0 : size(member.getKey(), most) + size(member.getValue(), most - size);
                }
                yield size;
            }
            case null, default -> 1;
        };
    }

    /// Adds a problem with the value at the current place.
    ///
    /// @return [Shape#INVALID]
    Object invalid(Fault fault, @Nullable Object input) {
        add(fault.type(), fault.message(), input, fault.ctx());
        return Shape.INVALID;
    }

    /// Returns how many there are, also of those that are not kept.
    int count() {
        return count;
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
