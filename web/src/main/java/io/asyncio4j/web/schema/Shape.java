package io.asyncio4j.web.schema;

import io.asyncio4j.web.scalar.Fault;
import org.jspecify.annotations.Nullable;

/// A Java type with its constraints, as a client sees it. Immutable.
///
/// Received values are plain objects: null, [String], [Boolean], [Long] and [java.math.BigInteger]
/// (a JSON number without fraction and exponent), [Double] (one with), [java.util.List],
/// [java.util.Map], `byte[]` (a body that is not JSON) and [io.asyncio4j.web.UploadFile].
public abstract sealed class Shape
        permits AnyShape,
                ConvertedShape,
                EnumShape,
                FileShape,
                ListShape,
                MapShape,
                OptionalShape,
                RecordShape,
                ScalarShape,
                UnionShape {
    /// What [#read] returns for a value that is not accepted.
    public static final Object INVALID = new Object();

    static final Check[] NO_CHECKS = {};

    /// Reads a received value.
    ///
    /// @return the value of the Java type; [#INVALID] if there are problems, which have been added
    public abstract @Nullable Object read(@Nullable Object input, Problems problems);

    /// Returns the raw Java type of the values, as it is declared.
    public abstract Class<?> type();

    /// Returns the shape of a value that is there: of an optional one, what it wraps.
    public Shape present() {
        return this;
    }

    /// Returns whether values are files of a form, one or several.
    public boolean isFile() {
        return false;
    }

    /// Returns whether the value may be missing or null: it is an [java.util.Optional] or
    /// `@Nullable`.
    public boolean isOptional() {
        return false;
    }

    /// Returns the Java value of an optional one that is missing.
    public @Nullable Object absent() {
        return null;
    }

    /// Returns a value, or [#INVALID] after adding what is wrong with it.
    static Object checked(Object value, Check[] checks, @Nullable Object input, Problems problems) {
        Fault fault = value instanceof Fault unread ? unread : Check.first(checks, value);
        return fault == null ? value : problems.invalid(fault, input);
    }
}
