package io.asyncio4j.web.scalar;

import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads whole numbers of up to 64 bits. One that is out of the type's range is refused as if the
/// range was a constraint.
final class IntegerReader implements Reader {
    static final Fault TYPE = new Fault("int_type", "Input should be a valid integer");
    static final Fault PARSING =
            new Fault("int_parsing", "Input should be a valid integer, unable to parse string as an integer");
    static final Fault FRACTION =
            new Fault("int_from_float", "Input should be a valid integer, got a number with a fractional part");
    static final Fault INFINITE = new Fault("finite_number", "Input should be a finite number");

    private static final double TWO_TO_63 = 0x1p63;

    private final long least;
    private final long most;
    private final Boxing boxing;
    private final Fault tooSmall;
    private final Fault tooLarge;

    /// The step from a long that is in range to the type's object.
    @FunctionalInterface
    interface Boxing {
        Object box(long value);
    }

    IntegerReader(long least, long most, Boxing boxing) {
        this.least = least;
        this.most = most;
        this.boxing = boxing;
        tooSmall = new Fault(
                "greater_than_equal", "Input should be greater than or equal to " + least, Map.of("ge", least));
        tooLarge = new Fault("less_than_equal", "Input should be less than or equal to " + most, Map.of("le", most));
    }

    @Override
    public Object read(@Nullable Object input) {
        if (input instanceof String text) {
            return ofText(text);
        }
        return switch (input) {
            case Long number -> inRange(number);
            case BigInteger number -> number.signum() < 0 ? tooSmall : tooLarge;
            case Double number -> ofDouble(number);
            case Boolean value -> boxing.box(value ? 1 : 0);
            case null, default -> TYPE;
        };
    }

    private Object ofText(String text) {
        long quick = WholeText.quick(text);
        if (quick != Long.MIN_VALUE) {
            return inRange(quick);
        }
        WholeText number = WholeText.of(text);
        if (number == null) {
            return PARSING;
        }
        if (number.count() > WholeText.LONG_DIGITS + 1) {
            return number.isNegative() ? tooSmall : tooLarge;
        }
        BigInteger value = new BigInteger(number.plain());
        if (value.bitLength() >= Long.SIZE) {
            return number.isNegative() ? tooSmall : tooLarge;
        }
        return inRange(value.longValueExact());
    }

    private Object ofDouble(double number) {
        if (Double.isInfinite(number)) {
            return INFINITE;
        }
        if (number != Math.rint(number)) {
            return FRACTION;
        }
        if (number >= TWO_TO_63) {
            return tooLarge;
        }
        return number < -TWO_TO_63 ? tooSmall : inRange((long) number);
    }

    private Object inRange(long value) {
        if (value < least) {
            return tooSmall;
        }
        return value > most ? tooLarge : boxing.box(value);
    }
}
