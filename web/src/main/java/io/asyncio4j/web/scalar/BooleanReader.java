package io.asyncio4j.web.scalar;

import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads truth values: `true`, `on`, `yes`, `1` and so on.
final class BooleanReader implements Reader {
    private static final Fault TYPE = new Fault("bool_type", "Input should be a valid boolean");
    private static final Fault PARSING =
            new Fault("bool_parsing", "Input should be a valid boolean, unable to interpret input");
    private static final int LONGEST = "false".length();

    @Override
    public Object read(@Nullable Object input) {
        return switch (input) {
            case Boolean value -> value;
            case String text -> ofText(text);
            case Long number -> ofNumber(number);
            case BigInteger _ -> PARSING;
            case Double number when number == Math.rint(number) -> ofNumber(number);
            case null, default -> TYPE;
        };
    }

    private static Object ofText(String text) {
        if (text.length() > LONGEST) {
            return PARSING;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "true", "t", "yes", "y", "on" -> true;
            case "0", "false", "f", "no", "n", "off" -> false;
            default -> PARSING;
        };
    }

    private static Object ofNumber(double number) {
        if (number == 1) {
            return true;
        }
        return number == 0 ? false : PARSING;
    }
}
