package io.asyncio4j.web.binding;

import io.asyncio4j.web.schema.Examples;
import io.asyncio4j.web.schema.Shape;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A declared parameter: what it is called outside, where it comes from, and what it may be.
///
/// @param name the name outside; of what is provided or is the request itself, the parameter's own
/// @param shape what its values are like; null for what is provided, or is the request itself
/// @param hasDefault whether it may be missing
/// @param defaultValue its value then
/// @param embedded whether it is told to lie in the body by its name
/// @param type what is provided or the request's own type; else what the shape is of
/// @param optional whether what is provided may be missing, as [java.util.Optional]
/// @param shown what the documentation says of it
public record Input(
        Place place,
        String name,
        @Nullable Shape shape,
        boolean hasDefault,
        @Nullable Object defaultValue,
        boolean embedded,
        Class<?> type,
        boolean optional,
        Shown shown) {

    /// The documentation of a parameter.
    ///
    /// @param description empty if there is none
    /// @param hidden whether it says nothing at all
    public record Shown(String description, boolean hidden, Examples examples) {
        static final Shown PLAIN = new Shown("", false, Examples.NONE);

        public Shown described(String text) {
            return new Shown(text, hidden, examples);
        }

        public Shown with(Examples others) {
            return new Shown(description, hidden, others);
        }
    }

    /// Returns a parameter of the request that is required unless its shape says otherwise.
    public static Input of(Place place, String name, Shape shape, Class<?> type) {
        return new Input(place, name, shape, false, null, false, type, false, Shown.PLAIN);
    }

    /// Returns a parameter of what a provider makes or of what the request itself is.
    public static Input of(Place place, String name, Class<?> type, boolean optional) {
        return new Input(place, name, null, false, null, false, type, optional, Shown.PLAIN);
    }

    /// Returns whether it must be there. Only for what is read.
    public boolean isRequired() {
        return !hasDefault && !Objects.requireNonNull(shape).isOptional();
    }

    public Input withShape(Shape changed) {
        return new Input(place, name, changed, hasDefault, defaultValue, embedded, type, optional, shown);
    }

    public Input orElse(@Nullable Object value) {
        return new Input(place, name, shape, true, value, embedded, type, optional, shown);
    }

    public Input shown(Shown documentation) {
        return new Input(place, name, shape, hasDefault, defaultValue, embedded, type, optional, documentation);
    }

    Input embedded(boolean embeds) {
        return new Input(place, name, shape, hasDefault, defaultValue, embeds, type, optional, shown);
    }
}
