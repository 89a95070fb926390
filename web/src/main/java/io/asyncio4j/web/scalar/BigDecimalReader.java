package io.asyncio4j.web.scalar;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// Reads decimal numbers. A JSON number with a fraction has been a double before.
final class BigDecimalReader implements Reader {
    private static final Fault TYPE =
            new Fault("decimal_type", "Decimal input should be an integer, float, string or Decimal object");
    private static final Fault PARSING = new Fault("decimal_parsing", "Input should be a valid decimal");

    /// The longest text, and the most zeros that an exponent adds: what is done with a number of
    /// more digits takes too long.
    private static final int LONGEST = 1_000;

    @Override
    public Object read(@Nullable Object input) {
        return switch (input) {
            case String text -> ofText(text);
            case Long number -> BigDecimal.valueOf(number);
            case BigInteger number -> new BigDecimal(number);
            case Double number when Double.isFinite(number) -> BigDecimal.valueOf(number);
            case Double _ -> IntegerReader.INFINITE;
            case null, default -> TYPE;
        };
    }

    private static Object ofText(String text) {
        String clean = DecimalText.clean(text);
        if (clean == null || clean.length() > LONGEST) {
            return PARSING;
        }
        try {
            BigDecimal number = new BigDecimal(clean);
            return Math.abs((long) number.scale()) > LONGEST ? PARSING : number;
        } catch (NumberFormatException _) { // an exponent beyond 32 bits
            return PARSING;
        }
    }
}
