package io.asyncio4j.web.scalar;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The kinds of single values.
public enum Scalar {
    STRING(String.class, new TextReader()),
    BOOLEAN(Boolean.class, new BooleanReader()),
    BYTE(Byte.class, new IntegerReader(Byte.MIN_VALUE, Byte.MAX_VALUE, value -> (byte) value)),
    SHORT(Short.class, new IntegerReader(Short.MIN_VALUE, Short.MAX_VALUE, value -> (short) value)),
    INT(Integer.class, new IntegerReader(Integer.MIN_VALUE, Integer.MAX_VALUE, value -> (int) value)),
    LONG(Long.class, new IntegerReader(Long.MIN_VALUE, Long.MAX_VALUE, value -> value)),
    FLOAT(Float.class, new FloatReader(value -> (float) value)),
    DOUBLE(Double.class, new FloatReader(value -> value)),
    BIG_INTEGER(BigInteger.class, new BigIntegerReader()),
    BIG_DECIMAL(BigDecimal.class, new BigDecimalReader()),
    LOCAL_DATE(LocalDate.class, new DateReader()),
    LOCAL_DATE_TIME(LocalDateTime.class, new DateTimeReader(DateTimeReader::naive)),
    OFFSET_DATE_TIME(OffsetDateTime.class, new DateTimeReader(DateTimeReader::aware)),
    INSTANT(Instant.class, new DateTimeReader(DateTimeReader::instant)),
    LOCAL_TIME(LocalTime.class, new TimeReader()),
    DURATION(Duration.class, new DurationReader()),
    UUID(java.util.UUID.class, new UuidReader());

    private static final Map<Class<?>, Scalar> BY_TYPE = byType();

    private final Class<?> type;
    /// Readers have no state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Reader reader;

    Scalar(Class<?> type, Reader reader) {
        this.type = type;
        this.reader = reader;
    }

    private static Map<Class<?>, Scalar> byType() {
        Map<Class<?>, Scalar> all = new HashMap<>();
        for (Scalar scalar : values()) {
            all.put(scalar.type, scalar);
        }
        all.put(boolean.class, BOOLEAN);
        all.put(byte.class, BYTE);
        all.put(short.class, SHORT);
        all.put(int.class, INT);
        all.put(long.class, LONG);
        all.put(float.class, FLOAT);
        all.put(double.class, DOUBLE);
        return all;
    }

    /// Returns the kind of a class, which may be primitive; null if it is none of them.
    public static @Nullable Scalar of(Class<?> type) {
        return BY_TYPE.get(type);
    }

    /// Returns the class of the values; not the primitive one.
    public Class<?> type() {
        return type;
    }

    public Reader reader() {
        return reader;
    }

    /// Returns whether it is a number without a fraction.
    public boolean isWhole() {
        return this == BYTE || this == SHORT || this == INT || this == LONG || this == BIG_INTEGER;
    }

    /// Returns whether it is a number.
    public boolean isNumber() {
        return isWhole() || this == FLOAT || this == DOUBLE || this == BIG_DECIMAL;
    }
}
