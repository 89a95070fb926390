package io.asyncio4j.web.schema;

import io.asyncio4j.web.scalar.Fault;
import jakarta.validation.ConstraintDeclarationException;
import jakarta.validation.ConstraintDefinitionException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.NoProviderFoundException;
import jakarta.validation.Validation;
import jakarta.validation.ValidationException;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The constraints of a value that the library does not know itself. A validator, such as
/// Hibernate's, has them; it is loaded when the first of them is declared.
final class ValidatorCheck implements Check {
    private final List<Annotation> annotations;
    private final Class<?> holder;
    private final Validator validator;

    private ValidatorCheck(List<Annotation> annotations, Class<?> holder, Validator validator) {
        this.annotations = annotations;
        this.holder = holder;
        this.validator = validator;
    }

    /// @param type of the values
    /// @param annotations may be none
    static void addTo(List<Check> checks, Class<?> type, List<Annotation> annotations) {
        if (annotations.isEmpty() || BuiltInChecks.addTo(checks, type, annotations)) {
            return;
        }
        String names = String.join(
                " and ", annotations.stream().map(ConstraintAnnotations::name).toList());
        try {
            ValidatorCheck check =
                    new ValidatorCheck(List.copyOf(annotations), Holders.of(type, annotations), Loaded.VALIDATOR);
            check.rehearse();
            checks.add(check);
        } catch (NoProviderFoundException absent) {
            throw new DeclarationException(
                    names + " needs a validator, which is not there; add org.hibernate.validator:hibernate-validator",
                    absent);
        } catch (ConstraintDefinitionException | ConstraintDeclarationException wrong) {
            throw new DeclarationException(
                    names + " is not for the type " + type.getSimpleName() + ": " + wrong.getMessage()
                            + "; remove or correct it",
                    wrong);
        }
    }

    /// Lets the validator say what is wrong with the declaration.
    private void rehearse() {
        try {
            validator.validateValue(holder, Holders.FIELD, null);
        } catch (ConstraintDefinitionException | ConstraintDeclarationException wrong) {
            throw wrong;
        } catch (ValidationException _) { // a validator that does not like null, which it never gets
        }
    }

    @Override
    public @Nullable Fault violation(Object value) {
        Set<? extends ConstraintViolation<?>> violations = validator.validateValue(holder, Holders.FIELD, value);
        if (violations.isEmpty()) {
            return null;
        }
        ConstraintViolation<?> first = null;
        for (ConstraintViolation<?> violation : violations) {
            first = first == null || comesBefore(violation, first) ? violation : first;
        }
        return Fault.ofValue(first == null ? "" : first.getMessage());
    }

    /// Compares by the order of declaration, then by the message.
    private boolean comesBefore(ConstraintViolation<?> one, ConstraintViolation<?> other) {
        int place = place(one);
        int otherPlace = place(other);
        return place == otherPlace ? one.getMessage().compareTo(other.getMessage()) < 0 : place < otherPlace;
    }

    private int place(ConstraintViolation<?> violation) {
        int place = annotations.indexOf(violation.getConstraintDescriptor().getAnnotation());
        return place < 0 ? annotations.size() : place;
    }

    /// The validator, loaded with the first constraint that needs it.
    private static final class Loaded {
        private static final String INTERPOLATOR =
                "org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator";

        static final Validator VALIDATOR = validator();

        private static Validator validator() {
            var configuration = Validation.byDefaultProvider().configure();
            MessageInterpolator interpolator =
                    plainInterpolator(configuration.getClass().getClassLoader());
            if (interpolator != null) {
                configuration.messageInterpolator(interpolator);
            }
            ValidatorFactory factory = configuration.buildValidatorFactory();
            return factory.getValidator();
        }

        /// Returns Hibernate's interpolator that needs no expression language; null for another
        /// provider.
        private static @Nullable MessageInterpolator plainInterpolator(@Nullable ClassLoader loader) {
            try {
                return Class.forName(INTERPOLATOR, true, loader)
                        .asSubclass(MessageInterpolator.class)
                        .getConstructor()
                        .newInstance();
            } catch (ReflectiveOperationException _) {
                return null;
            }
        }
    }
}
