package io.asyncio4j.web.binding;

import io.asyncio4j.web.schema.ListShape;
import io.asyncio4j.web.schema.OptionalShape;
import io.asyncio4j.web.schema.RecordShape;
import io.asyncio4j.web.schema.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The reading of one parameter, compiled from its declaration.
abstract sealed class Reading {
    final Place place;

    private Reading(Place place) {
        this.place = place;
    }

    /// Returns the value; [Shape#INVALID] if there is none, and `binding` has the problems.
    abstract @Nullable Object read(Binding binding) throws Exception;

    /// Returns the reading of a text, of several, of a file or of the whole place.
    static Reading ofText(Input input) {
        Shape present = Objects.requireNonNull(input.shape()).present();
        return present instanceof RecordShape model
                ? new WholePlace(input, model)
                : new Named(input, present instanceof ListShape);
    }

    static Reading ofBody(Input input, boolean embedded) {
        return embedded ? new Embedded(input) : new WholeBody(input);
    }

    static Reading of(Place place, Getter getter) {
        return new Got(place, getter);
    }

    /// Something that takes a value from the request as it is.
    @FunctionalInterface
    interface Getter {
        @Nullable
        Object get(Binding binding) throws Exception;
    }

    private static final class Got extends Reading {
        private final Getter getter;

        Got(Place place, Getter getter) {
            super(place);
            this.getter = getter;
        }

        @Override
        @Nullable
        Object read(Binding binding) throws Exception {
            return getter.get(binding);
        }
    }

    /// A value that is told apart by its name, or is the body.
    private abstract static sealed class Declared extends Reading {
        final String name;
        final Shape shape;
        private final boolean required;
        private final @Nullable Object absent;

        Declared(Input input) {
            super(input.place());
            this.name = input.name();
            this.shape = Objects.requireNonNull(input.shape());
            this.required = input.isRequired();
            this.absent = input.hasDefault() ? input.defaultValue() : shape.absent();
        }

        @Override
        final @Nullable Object read(Binding binding) throws Exception {
            binding.problems.enter(place.word());
            try {
                return readIn(binding);
            } finally {
                binding.problems.leave();
            }
        }

        /// Reads it, with the problems' place entered.
        abstract @Nullable Object readIn(Binding binding) throws Exception;

        /// Returns the value of a parameter that is not there.
        @Nullable
        Object absent(Binding binding) {
            if (!required) {
                return absent;
            }
            binding.problems.missing(null);
            return Shape.INVALID;
        }
    }

    private static final class Named extends Declared {
        private final boolean list;

        Named(Input input, boolean list) {
            super(input);
            this.list = list;
        }

        @Override
        @Nullable
        Object readIn(Binding binding) {
            binding.problems.enter(name);
            try {
                Object received = list ? all(binding) : one(binding);
                return received == null ? absent(binding) : shape.read(received, binding.problems);
            } finally {
                binding.problems.leave();
            }
        }

        private @Nullable Object one(Binding binding) {
            if (place == Place.FORM) {
                List<Object> values = binding.form().values(name);
                Object last = values.isEmpty() ? null : values.getLast();
                return "".equals(last) ? null : last;
            }
            return binding.text(place, name);
        }

        private @Nullable List<Object> all(Binding binding) {
            List<?> values = place == Place.FORM ? binding.form().values(name) : binding.texts(place, name);
            return values.isEmpty() ? null : new ArrayList<>(values);
        }
    }

    /// A record whose components are all the parameters of a place.
    private static final class WholePlace extends Declared {
        private final RecordShape model;

        WholePlace(Input input, RecordShape model) {
            super(input);
            this.model = model;
        }

        @Override
        @Nullable
        Object readIn(Binding binding) {
            Map<String, List<Object>> received = binding.everything(place);
            if (received.isEmpty() && shape.isOptional()) {
                return shape.absent();
            }
            Object value = model.readTexts(received, place == Place.HEADER, binding.problems);
            return value != Shape.INVALID && shape instanceof OptionalShape optional ? optional.wrap(value) : value;
        }
    }

    /// The one value that is the body.
    private static final class WholeBody extends Declared {
        WholeBody(Input input) {
            super(input);
        }

        @Override
        @Nullable
        Object readIn(Binding binding) {
            Object body = binding.body();
            return body == null ? absent(binding) : shape.read(body, binding.problems);
        }
    }

    /// One of several values in the body.
    private static final class Embedded extends Declared {
        Embedded(Input input) {
            super(input);
        }

        @Override
        @Nullable
        Object readIn(Binding binding) {
            binding.problems.enter(name);
            try {
                Object body = binding.body();
                if (body instanceof Map<?, ?> members) {
                    Object received = members.get(name);
                    return received == null ? absent(binding) : shape.read(received, binding.problems);
                }
                if (body == null || body instanceof byte[]) {
                    return absent(binding);
                }
                binding.problems.missing(null);
                return Shape.INVALID;
            } finally {
                binding.problems.leave();
            }
        }
    }
}
