package io.asyncio4j.web.schema;

import io.asyncio4j.web.scalar.Fault;
import io.asyncio4j.web.scalar.Reader;
import io.asyncio4j.web.scalar.Scalar;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A single value: a text, number, date and so on.
public final class ScalarShape extends Shape {
    private static final Fault UNICODE =
            new Fault("string_unicode", "Input should be a valid string, unable to parse raw data as a unicode string");

    private final Scalar kind;
    private final Class<?> type;
    private final Rules rules;
    private final Reader reader;
    private final Check[] checks;

    /// @param type the kind's class or its primitive type
    ScalarShape(Scalar kind, Class<?> type, Rules rules) {
        this.kind = kind;
        this.type = type;
        this.rules = rules;
        this.reader = kind.reader();
        List<Check> all = new ArrayList<>();
        if (kind.isNumber()) {
            NumberChecks.addTo(all, kind, rules);
        } else if (kind == Scalar.STRING) {
            TextChecks.addTo(all, rules);
        }
        ValidatorCheck.addTo(all, kind.type(), rules.others);
        this.checks = all.toArray(NO_CHECKS);
    }

    static ConstraintAnnotations.Target target(Scalar kind) {
        if (kind.isNumber()) {
            return ConstraintAnnotations.Target.NUMBER;
        }
        return kind == Scalar.STRING ? ConstraintAnnotations.Target.TEXT : ConstraintAnnotations.Target.OTHER;
    }

    @Override
    public @Nullable Object read(@Nullable Object input, Problems problems) {
        Object value = input instanceof byte[] bytes ? readBytes(bytes) : reader.read(input);
        return checked(value, checks, input, problems);
    }

    /// Reads the text of a body that is not JSON.
    private Object readBytes(byte[] bytes) {
        try {
            return reader.read(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException _) {
            return UNICODE;
        }
    }

    /// Returns the constraint that a value of the kind's class breaks; null if there is none.
    @Nullable
    Fault violation(Object value) {
        return Check.first(checks, value);
    }

    public Scalar kind() {
        return kind;
    }

    @Override
    public Class<?> type() {
        return type;
    }

    Rules rules() {
        return rules;
    }

    public Constraints constraints() {
        return new Constraints(
                NumberChecks.number(kind, rules.atLeast),
                NumberChecks.number(kind, rules.above),
                NumberChecks.number(kind, rules.atMost),
                NumberChecks.number(kind, rules.below),
                rules.minSize == null ? null : rules.minSize.value(),
                rules.maxSize == null ? null : rules.maxSize.value(),
                rules.patterns.isEmpty()
                        ? null
                        : rules.patterns.getFirst().pattern().pattern());
    }
}
