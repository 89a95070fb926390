package io.asyncio4j.web.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// The readers against the rules of the conformance kit, on random texts.
final class RulesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final BigInteger MOST_MICROS = BigInteger.valueOf(86_400L * 1_000_000_000)
            .multiply(BigInteger.valueOf(1_000_000))
            .subtract(BigInteger.ONE);
    private static final int JAVA_OFFSET = 18 * 3_600;

    @Test
    void randomTextsAreReadAsTheRulesSay() throws Exception {
        compare(2_000, 1);
    }

    @Test
    @Tag("slow")
    void manyRandomTextsAreReadAsTheRulesSay() throws Exception {
        compare(30_000, 2);
    }

    private static void compare(int count, int seed) throws Exception {
        List<String> different = new ArrayList<>();
        int compared = 0;
        for (String line : Python.lines("rules_texts.py", count, seed)) {
            Object[] parts = JSON.readValue(line, Object[].class);
            String kind = (String) parts[0];
            Object want = expected(kind, (String) parts[2], parts[3]);
            if (want == null) {
                continue;
            }
            compared++;
            Object have = scalar(kind).reader().read(parts[1]);
            if (have instanceof Fault fault) {
                have = List.of(
                        fault.type(), fault.ctx() == null ? "" : fault.ctx().getOrDefault("error", ""));
            }
            if (!have.equals(want)) {
                different.add(line + ": " + have);
            }
        }

        assertThat(different).isEmpty();
        assertThat(compared).isGreaterThan(7 * count);
    }

    private static Scalar scalar(String kind) {
        return switch (kind) {
            case "int" -> Scalar.BIG_INTEGER;
            case "float" -> Scalar.DOUBLE;
            case "bool" -> Scalar.BOOLEAN;
            case "uuid" -> Scalar.UUID;
            case "date" -> Scalar.LOCAL_DATE;
            case "naive" -> Scalar.LOCAL_DATE_TIME;
            case "aware" -> Scalar.OFFSET_DATE_TIME;
            case "duration" -> Scalar.DURATION;
            default -> Scalar.LOCAL_TIME;
        };
    }

    /// Returns null for what Java's types cannot be: the page on differences has them.
    private static @Nullable Object expected(String kind, String outcome, @Nullable Object value) {
        if (!outcome.equals("ok")) {
            return List.of(outcome, value == null ? "" : value);
        }
        return switch (kind) {
            case "int" -> new BigInteger(String.valueOf(value));
            case "float" -> value instanceof Double number ? number : Double.valueOf(String.valueOf(value));
            case "bool" -> Objects.requireNonNull(value);
            case "uuid" -> uuid((String) Objects.requireNonNull(value));
            case "duration" -> duration(new BigInteger(String.valueOf(value)));
            default -> moment(kind, (List<?>) Objects.requireNonNull(value));
        };
    }

    private static UUID uuid(String hex) {
        return new UUID(Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16));
    }

    private static @Nullable Object duration(BigInteger micros) {
        if (micros.abs().compareTo(MOST_MICROS) > 0) {
            return null;
        }
        BigInteger[] parts = micros.divideAndRemainder(BigInteger.valueOf(1_000_000));
        return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact() * 1_000);
    }

    private static @Nullable Object moment(String kind, List<?> parts) {
        if (kind.equals("time")) {
            return parts.get(4) == null
                    ? LocalTime.of(number(parts, 0), number(parts, 1), number(parts, 2), number(parts, 3) * 1_000)
                    : null;
        }
        LocalDate date = LocalDate.of(number(parts, 0), number(parts, 1), number(parts, 2));
        if (kind.equals("date")) {
            return date;
        }
        LocalDateTime time =
                date.atTime(number(parts, 3), number(parts, 4), number(parts, 5), number(parts, 6) * 1_000);
        if (parts.get(7) == null) {
            return time;
        }
        int offset = number(parts, 7);
        return Math.abs(offset) > JAVA_OFFSET ? null : OffsetDateTime.of(time, ZoneOffset.ofTotalSeconds(offset));
    }

    private static int number(List<?> parts, int index) {
        return (Integer) Objects.requireNonNull(parts.get(index));
    }
}
