package io.asyncio4j.web.schema;

import io.asyncio4j.web.scalar.Fault;
import jakarta.validation.constraints.AssertFalse;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.FutureOrPresent;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Null;
import jakarta.validation.constraints.Past;
import jakarta.validation.constraints.PastOrPresent;
import java.lang.annotation.Annotation;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The checks of Jakarta Validation's own constraints that FastAPI has no counterpart of. They
/// answer as Hibernate's validator does, which takes half a second to load.
final class BuiltInChecks {
    private static final Map<Class<?>, Supplier<Object>> CLOCKS = Map.of(
            Instant.class, Instant::now,
            LocalDate.class, LocalDate::now,
            LocalDateTime.class, LocalDateTime::now,
            LocalTime.class, LocalTime::now,
            OffsetDateTime.class, OffsetDateTime::now);

    private BuiltInChecks() {}

    /// Adds the checks of all the annotations, if all are known here; if not, a validator has to
    /// find the first violation of them.
    ///
    /// @param type of the values, never primitive
    /// @return false if nothing was added
    static boolean addTo(List<Check> checks, Class<?> type, List<Annotation> annotations) {
        List<Check> found = new ArrayList<>();
        for (Annotation annotation : annotations) {
            Check check = of(annotation, type);
            if (check == null) {
                return false;
            }
            found.add(check);
        }
        return Messages.ARE_THE_USUAL && checks.addAll(found);
    }

    private static @Nullable Check of(Annotation annotation, Class<?> type) {
        return switch (annotation) {
            case NotBlank _
            when type == String.class -> check(annotation, "must not be blank", value -> !((String) value).isBlank());
            case AssertTrue _ when type == Boolean.class -> check(annotation, "must be true", value -> (boolean) value);
            case AssertFalse _
            when type == Boolean.class -> check(annotation, "must be false", value -> !(boolean) value);
            case Null _ -> check(annotation, "must be null", _ -> false);
            case Past _ -> time(annotation, "must be a past date", type, order -> order < 0);
            case PastOrPresent _ ->
                time(annotation, "must be a date in the past or in the present", type, order -> order <= 0);
            case Future _ -> time(annotation, "must be a future date", type, order -> order > 0);
            case FutureOrPresent _ ->
                time(annotation, "must be a date in the present or in the future", type, order -> order >= 0);
            case Digits digits -> digits(digits, type);
            default -> null;
        };
    }

    /// @return null if the program's own message has places that a validator fills in
    private static @Nullable Check check(Annotation annotation, String usual, Predicate<Object> fits) {
        String own = Attributes.ownMessage(annotation);
        String message = own == null ? usual : own;
        if (own != null && own.matches("(?s).*[{}$\\\\].*")) {
            return null;
        }
        Fault fault = Fault.ofValue(message);
        return value -> fits.test(value) ? null : fault;
    }

    /// @param fits by the order of a value and the present
    private static @Nullable Check time(Annotation annotation, String usual, Class<?> type, IntPredicate fits) {
        Supplier<Object> clock = CLOCKS.get(type);
        return clock == null ? null : check(annotation, usual, value -> fits.test(order(value, clock.get())));
    }

    @SuppressWarnings("unchecked") // both are of the same class of times
    private static int order(Object value, Object now) {
        return ((Comparable<Object>) value).compareTo(now);
    }

    private static @Nullable Check digits(Digits digits, Class<?> type) {
        boolean number = Number.class.isAssignableFrom(type);
        if ((!number && type != String.class) || digits.integer() < 0 || digits.fraction() < 0) {
            return null;
        }
        String usual = "numeric value out of bounds (<" + digits.integer() + " digits>.<" + digits.fraction()
                + " digits> expected)";
        return check(digits, usual, value -> hasAtMost(digits.integer(), digits.fraction(), value));
    }

    private static boolean hasAtMost(int integer, int fraction, Object value) {
        BigDecimal number;
        try {
            number = value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString());
        } catch (NumberFormatException _) {
            return false;
        }
        if (!(value instanceof BigDecimal) && !(value instanceof String)) {
            number = number.stripTrailingZeros();
        }
        return number.precision() - number.scale() <= integer && number.scale() <= fraction;
    }

    /// The language of a validator's messages.
    private static final class Messages {
        /// Whether they are English, and the program replaces none of them.
        static final boolean ARE_THE_USUAL = isEnglish() && !areReplaced();

        private static boolean isEnglish() {
            String language = Locale.getDefault().getLanguage();
            return language.isEmpty() || language.equals("en");
        }

        private static boolean areReplaced() {
            String language = "_en";
            String country = language + "_" + Locale.getDefault().getCountry();
            for (String name : List.of("ValidationMessages", "ContributorValidationMessages")) {
                for (String suffix : List.of("", language, country)) {
                    if (isThere(name + suffix + ".properties")) {
                        return true;
                    }
                }
            }
            return isThere("META-INF/validation.xml");
        }

        private static boolean isThere(String resource) {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            return (loader != null && loader.getResource(resource) != null)
                    || BuiltInChecks.class.getClassLoader().getResource(resource) != null;
        }
    }
}
