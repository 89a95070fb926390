package io.asyncio4j.web.schema;

import jakarta.validation.Constraint;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.annotation.Repeatable;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// The reading of Jakarta Validation's annotations. Those of groups other than the default one do
/// not count.
final class ConstraintAnnotations {
    /// The kinds of types, by the constraints that they may have.
    enum Target {
        NUMBER,
        TEXT,
        COLLECTION,
        OTHER
    }

    private final Target target;
    private final String typeName;
    private final Rules rules = new Rules();

    private ConstraintAnnotations(Target target, String typeName) {
        this.target = target;
        this.typeName = typeName;
    }

    /// @param typeName the type that has them, for messages
    /// @throws DeclarationException if they do not fit the type or one another
    static Rules read(Collection<Annotation> annotations, Target target, String typeName) {
        ConstraintAnnotations reading = new ConstraintAnnotations(target, typeName);
        annotations.forEach(reading::addAll);
        reading.rules.requireSatisfiable();
        return reading.rules;
    }

    private void addAll(Annotation annotation) {
        Annotation[] repeated = repeated(annotation);
        if (repeated == null) {
            add(annotation);
        } else {
            for (Annotation one : repeated) {
                add(one);
            }
        }
    }

    /// Returns what an annotation holds that is there only because another one is repeated.
    private static Annotation @Nullable [] repeated(Annotation annotation) {
        try {
            Method value = annotation.annotationType().getDeclaredMethod("value");
            Class<?> item = value.getReturnType().getComponentType();
            Repeatable repeatable = item == null ? null : item.getAnnotation(Repeatable.class);
            return repeatable != null && repeatable.value() == annotation.annotationType()
                    ? (Annotation[]) Attributes.get(annotation, value)
                    : null;
        } catch (NoSuchMethodException _) {
            return null;
        }
    }

    private void add(Annotation annotation) {
        Class<?> type = annotation.annotationType();
        if (!type.isAnnotationPresent(Constraint.class) || Attributes.groups(annotation).length > 0) {
            return;
        }
        String message = Attributes.ownMessage(annotation);
        switch (annotation) {
            case NotNull _ -> {} // what must be there is not optional
            case Min min -> rules.atLeast(bound(min, BigDecimal.valueOf(min.value()), message));
            case Max max -> rules.atMost(bound(max, BigDecimal.valueOf(max.value()), message));
            case Positive positive -> rules.above(bound(positive, BigDecimal.ZERO, message));
            case PositiveOrZero positive -> rules.atLeast(bound(positive, BigDecimal.ZERO, message));
            case Negative negative -> rules.below(bound(negative, BigDecimal.ZERO, message));
            case NegativeOrZero negative -> rules.atMost(bound(negative, BigDecimal.ZERO, message));
            case DecimalMin min when min.inclusive() -> rules.atLeast(bound(min, decimal(min, min.value()), message));
            case DecimalMin min -> rules.above(bound(min, decimal(min, min.value()), message));
            case DecimalMax max when max.inclusive() -> rules.atMost(bound(max, decimal(max, max.value()), message));
            case DecimalMax max -> rules.below(bound(max, decimal(max, max.value()), message));
            case Size size -> addSize(size, message);
            case NotEmpty notEmpty -> {
                requireSizes(notEmpty);
                rules.minSize(new Rules.Size(1, message));
            }
            case Pattern pattern -> addPattern(pattern, message);
            default -> rules.others.add(annotation);
        }
    }

    private Rules.Bound bound(Annotation annotation, BigDecimal value, @Nullable String message) {
        if (target != Target.NUMBER) {
            throw new DeclarationException(name(annotation) + " is for numbers, but the type is " + typeName
                    + "; remove it" + (target == Target.OTHER ? "" : ", or use @Size"));
        }
        return new Rules.Bound(value, message);
    }

    private static BigDecimal decimal(Annotation annotation, String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException wrong) {
            throw new DeclarationException(
                    name(annotation) + "(\"" + text + "\") has no decimal number; write one, such as \"0.5\"", wrong);
        }
    }

    private void requireSizes(Annotation annotation) {
        if (target != Target.TEXT && target != Target.COLLECTION) {
            throw new DeclarationException(name(annotation) + " is for texts, lists and maps, but the type is "
                    + typeName + "; " + (target == Target.NUMBER ? "use @Min and @Max" : "remove it"));
        }
    }

    private void addSize(Size size, @Nullable String message) {
        requireSizes(size);
        if (size.min() < 0 || size.max() < 0) {
            throw new DeclarationException("@Size has a negative bound: min is " + size.min() + ", max is " + size.max()
                    + "; sizes begin at 0");
        }
        rules.minSize(new Rules.Size(size.min(), message));
        rules.maxSize(new Rules.Size(size.max(), message));
    }

    private void addPattern(Pattern pattern, @Nullable String message) {
        if (target != Target.TEXT) {
            throw new DeclarationException(
                    "@Pattern is for texts, but the type is " + typeName + "; remove it, or make the type a String");
        }
        int flags = 0;
        for (Pattern.Flag flag : pattern.flags()) {
            flags |= flag.getValue();
        }
        rules.patterns.add(new Rules.Regex(compile(pattern.regexp(), flags), message));
    }

    static java.util.regex.Pattern compile(String regex, int flags) {
        try {
            return java.util.regex.Pattern.compile(regex, flags);
        } catch (PatternSyntaxException wrong) {
            throw new DeclarationException(
                    "The pattern '" + regex + "' is no regular expression: " + wrong.getDescription() + " at position "
                            + wrong.getIndex() + "; correct it",
                    wrong);
        }
    }

    static String name(Annotation annotation) {
        return "@" + annotation.annotationType().getSimpleName();
    }
}
