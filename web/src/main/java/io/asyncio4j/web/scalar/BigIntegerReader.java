package io.asyncio4j.web.scalar;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// Reads whole numbers of any size.
final class BigIntegerReader implements Reader {
    private static final Fault SIZE =
            new Fault("int_parsing_size", "Unable to parse input string as an integer, exceeded maximum size");

    /// The most digits: the time to convert them grows faster than their number.
    private static final int MOST_DIGITS = 4_300;

    @Override
    public Object read(@Nullable Object input) {
        return switch (input) {
            case String text -> ofText(text);
            case Long number -> BigInteger.valueOf(number);
            case BigInteger number -> number;
            case Double number -> ofDouble(number);
            case Boolean value -> value ? BigInteger.ONE : BigInteger.ZERO;
            case null, default -> IntegerReader.TYPE;
        };
    }

    private static Object ofText(String text) {
        WholeText number = WholeText.of(text);
        if (number == null) {
            return IntegerReader.PARSING;
        }
        return number.count() > MOST_DIGITS ? SIZE : new BigInteger(number.plain());
    }

    private static Object ofDouble(double number) {
        if (Double.isInfinite(number)) {
            return IntegerReader.INFINITE;
        }
        return number == Math.rint(number) ? new BigDecimal(number).toBigIntegerExact() : IntegerReader.FRACTION;
    }
}
