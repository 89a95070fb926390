package io.asyncio4j.web.schema;

import io.asyncio4j.web.scalar.Fault;
import io.asyncio4j.web.scalar.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The bounds of numbers, as checks: at most, below, at least, above, in this order.
final class NumberChecks {
    /// The four kinds of bounds, in pydantic's words.
    private enum Kind {
        AT_MOST("less_than_equal", "le", "less than or equal to"),
        BELOW("less_than", "lt", "less than"),
        AT_LEAST("greater_than_equal", "ge", "greater than or equal to"),
        ABOVE("greater_than", "gt", "greater than");

        final String type;
        final String key;
        final String words;

        Kind(String type, String key, String words) {
            this.type = type;
            this.key = key;
            this.words = words;
        }

        /// Returns whether a number fits that is in this order to the bound.
        boolean fits(int order) {
            return switch (this) {
                case AT_MOST -> order <= 0;
                case BELOW -> order < 0;
                case AT_LEAST -> order >= 0;
                case ABOVE -> order > 0;
            };
        }
    }

    private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    private NumberChecks() {}

    static void addTo(List<Check> checks, Scalar kind, Rules rules) {
        add(checks, kind, Kind.AT_MOST, rules.atMost);
        add(checks, kind, Kind.BELOW, rules.below);
        add(checks, kind, Kind.AT_LEAST, rules.atLeast);
        add(checks, kind, Kind.ABOVE, rules.above);
    }

    /// Returns a bound as a number of its type.
    static @Nullable Number number(Scalar kind, Rules.@Nullable Bound bound) {
        if (bound == null) {
            return null;
        }
        BigDecimal value = bound.value();
        boolean whole = value.stripTrailingZeros().scale() <= 0;
        if (kind == Scalar.FLOAT || kind == Scalar.DOUBLE || !whole) {
            return value.doubleValue();
        }
        BigInteger integer = value.toBigIntegerExact();
        return integer.bitLength() < Long.SIZE ? (Number) integer.longValueExact() : integer;
    }

    private static void add(List<Check> checks, Scalar kind, Kind bound, Rules.@Nullable Bound declared) {
        if (declared == null) {
            return;
        }
        Number shown = Objects.requireNonNull(number(kind, declared));
        String words = "Input should be " + bound.words + " " + plain(shown);
        Fault fault = new Fault(
                bound.type, declared.message() == null ? words : declared.message(), Map.of(bound.key, shown));
        checks.add(
                switch (kind) {
                    case BYTE, SHORT, INT, LONG -> ofLong(bound, declared.value(), fault);
                    case FLOAT, DOUBLE -> ofDouble(bound, declared.value().doubleValue(), fault);
                    case BIG_INTEGER ->
                        value -> bound.fits(new BigDecimal((BigInteger) value).compareTo(declared.value()))
                                ? null
                                : fault;
                    default -> value -> bound.fits(((BigDecimal) value).compareTo(declared.value())) ? null : fault;
                });
    }

    private static String plain(Number number) {
        return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
    }

    /// Compares with the last whole number that fits.
    private static Check ofLong(Kind kind, BigDecimal bound, Fault fault) {
        BigDecimal floor = bound.setScale(0, RoundingMode.FLOOR);
        BigDecimal ceiling = bound.setScale(0, RoundingMode.CEILING);
        BigDecimal last = switch (kind) {
            case AT_MOST -> floor;
            case BELOW -> ceiling.subtract(BigDecimal.ONE);
            case AT_LEAST -> ceiling;
            case ABOVE -> floor.add(BigDecimal.ONE);
        };
        boolean upper = kind == Kind.AT_MOST || kind == Kind.BELOW;
        if (last.compareTo(LONG_MIN) < 0) {
            return upper ? _ -> fault : _ -> null;
        }
        if (last.compareTo(LONG_MAX) > 0) {
            return upper ? _ -> null : _ -> fault;
        }
        long limit = last.longValueExact();
        return upper
                ? value -> ((Number) value).longValue() > limit ? fault : null
                : value -> ((Number) value).longValue() < limit ? fault : null;
    }

    private static Check ofDouble(Kind kind, double bound, Fault fault) {
        return switch (kind) {
            case AT_MOST -> value -> ((Number) value).doubleValue() <= bound ? null : fault;
            case BELOW -> value -> ((Number) value).doubleValue() < bound ? null : fault;
            case AT_LEAST -> value -> ((Number) value).doubleValue() >= bound ? null : fault;
            case ABOVE -> value -> ((Number) value).doubleValue() > bound ? null : fault;
        };
    }
}
