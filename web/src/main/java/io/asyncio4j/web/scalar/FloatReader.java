package io.asyncio4j.web.scalar;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// Reads binary floating-point numbers.
final class FloatReader implements Reader {
    private static final Fault TYPE = new Fault("float_type", "Input should be a valid number");
    private static final Fault PARSING =
            new Fault("float_parsing", "Input should be a valid number, unable to parse string as a number");

    private final Boxing boxing;

    /// The step from a double to the type's object.
    @FunctionalInterface
    interface Boxing {
        Object box(double value);
    }

    FloatReader(Boxing boxing) {
        this.boxing = boxing;
    }

    @Override
    public Object read(@Nullable Object input) {
        return switch (input) {
            case String text -> ofText(text);
            case Double number -> finite(number, IntegerReader.INFINITE);
            case Long number -> boxing.box(number);
            case BigInteger number -> finite(number.doubleValue(), TYPE);
            case Boolean value -> boxing.box(value ? 1 : 0);
            case null, default -> TYPE;
        };
    }

    private Object ofText(String text) {
        String clean = DecimalText.clean(text);
        return clean == null ? PARSING : finite(Double.parseDouble(clean), IntegerReader.INFINITE);
    }

    /// Returns a number, or the fault if it is beyond the largest: JSON has no infinity.
    private Object finite(double number, Fault beyond) {
        return Double.isFinite(number) ? boxing.box(number) : beyond;
    }
}
