package io.asyncio4j.web.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.web.scalar.Fault;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.AssertFalse;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.FutureOrPresent;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Null;
import jakarta.validation.constraints.Past;
import jakarta.validation.constraints.PastOrPresent;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.junit.jupiter.api.Test;

/// The built-in checks beside Hibernate's validator, which has to say the same.
final class BuiltInChecksTest {
    private static final Map<Class<?>, List<Object>> VALUES = Map.ofEntries(
            Map.entry(
                    String.class,
                    List.of(
                            "", " ", "\t\n", "\u00A0", "\u2003", "\u001F", "a", " a ", "1", "1.5", "1.50", "-12.345",
                            "1e3", "1e-3", "0", "0.00", "100", "1234567", "x1", "+7", "007.10")),
            Map.entry(Boolean.class, List.of(true, false)),
            Map.entry(Long.class, List.of(0L, 1L, -99L, 100L, 12_345L, Long.MAX_VALUE, Long.MIN_VALUE)),
            Map.entry(Integer.class, List.of(0, 10, 100, 1_000, -1_000)),
            Map.entry(Double.class, List.of(0.0, -0.0, 0.5, 1.25, 99.125, 100.0, 1e20, 1e-7, -12.5)),
            Map.entry(
                    BigDecimal.class,
                    List.of(
                            new BigDecimal("1.50"),
                            new BigDecimal("1E+3"),
                            new BigDecimal("0.00"),
                            new BigDecimal("12.345"))),
            Map.entry(BigInteger.class, List.of(BigInteger.ZERO, BigInteger.TEN.pow(30))),
            Map.entry(Instant.class, List.of(Instant.EPOCH, Instant.parse("9000-01-01T00:00:00Z"))),
            Map.entry(LocalDate.class, List.of(LocalDate.EPOCH, LocalDate.of(9000, 1, 1))),
            Map.entry(LocalDateTime.class, List.of(LocalDateTime.MIN, LocalDateTime.of(9000, 1, 1, 0, 0))),
            Map.entry(LocalTime.class, List.of(LocalTime.MIN, LocalTime.MAX)),
            Map.entry(
                    OffsetDateTime.class,
                    List.of(OffsetDateTime.MIN, OffsetDateTime.MAX.withOffsetSameLocal(ZoneOffset.UTC))));

    @SuppressWarnings("unused") // the annotations are read
    private static final class Constrained {
        @NotBlank
        Object notBlank;

        @NotBlank(message = "say something")
        Object withMessage;

        @AssertTrue
        Object yes;

        @AssertFalse
        Object no;

        @Null
        Object nothing;

        @Digits(integer = 2, fraction = 1)
        Object few;

        @Digits(integer = 0, fraction = 3)
        Object parts;

        @Digits(integer = 20, fraction = 0)
        Object whole;

        @Past
        Object past;

        @PastOrPresent
        Object pastOrPresent;

        @Future
        Object future;

        @FutureOrPresent
        Object futureOrPresent;
    }

    @Test
    void whatIsAnsweredIsHibernatesAnswer() {
        Validator validator = Validation.byDefaultProvider()
                .configure()
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory()
                .getValidator();
        int compared = 0;
        for (Field field : Constrained.class.getDeclaredFields()) {
            List<Annotation> annotations = Arrays.asList(field.getAnnotations());
            for (Map.Entry<Class<?>, List<Object>> values : VALUES.entrySet()) {
                List<Check> checks = new ArrayList<>();
                if (!BuiltInChecks.addTo(checks, values.getKey(), annotations)) {
                    continue;
                }
                Class<?> holder = Holders.of(values.getKey(), annotations);
                for (Object value : values.getValue()) {
                    List<Fault> expected = validator.validateValue(holder, Holders.FIELD, value).stream()
                            .map(violation -> Fault.ofValue(violation.getMessage()))
                            .toList();
                    Fault found = Check.first(checks.toArray(new Check[0]), value);
                    assertThat(found == null ? List.of() : List.of(found))
                            .as("%s of %s '%s'", annotations, values.getKey(), value)
                            .isEqualTo(expected);
                    compared++;
                }
            }
        }
        assertThat(compared).isEqualTo(290);
    }

    @SuppressWarnings("unused") // the annotations are read
    private static final class Others {
        @Email
        Object mail;

        @NotBlank
        @Email
        Object both;

        @NotBlank(message = "{own.key}")
        Object key;

        @NotBlank(message = "${1 + 1}")
        Object expression;

        @Digits(integer = -1, fraction = 0)
        Object negative;

        @AssertTrue
        Object yes;

        @Past
        Object past;
    }

    @Test
    void whatIsNotKnownIsLeftToAValidator() {
        for (Field field : Others.class.getDeclaredFields()) {
            List<Check> checks = new ArrayList<>();
            assertThat(BuiltInChecks.addTo(checks, String.class, Arrays.asList(field.getAnnotations())))
                    .as(field.getName())
                    .isFalse();
            assertThat(checks).isEmpty();
        }
    }
}
