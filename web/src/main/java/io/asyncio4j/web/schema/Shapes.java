package io.asyncio4j.web.schema;

import io.asyncio4j.web.scalar.Scalar;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The way from Java types to shapes.
///
/// All methods throw [DeclarationException] for what cannot be; its message lacks the class and
/// method.
public final class Shapes {
    private Shapes() {}

    /// Returns the shape of a parameter's or component's type with its annotations.
    public static Shape of(AnnotatedType type, AnnotatedElement annotations) {
        return finished(type, Arrays.asList(annotations.getAnnotations()));
    }

    /// Returns the shape of a class without annotations.
    public static Shape of(Class<?> type) {
        return finished(new PlainType(type), List.of());
    }

    private static Shape finished(AnnotatedType type, List<Annotation> annotations) {
        ShapeBuilder builder = new ShapeBuilder();
        Shape shape = builder.build(type, Bindings.NONE, annotations);
        builder.checkExamples();
        return shape;
    }

    /// Returns the shape of what a path function returns; null if the type cannot be described.
    ///
    /// @param mistakes gets what is wrong with examples
    public static @Nullable Shape ofResult(
            AnnotatedType type, AnnotatedElement annotations, Consumer<String> mistakes) {
        return result(type, Arrays.asList(annotations.getAnnotations()), mistakes);
    }

    /// Returns the shape of an answer; null if the type cannot be described.
    ///
    /// @param mistakes gets what is wrong with examples
    public static @Nullable Shape ofResult(Class<?> type, Consumer<String> mistakes) {
        return result(new PlainType(type), List.of(), mistakes);
    }

    private static @Nullable Shape result(AnnotatedType type, List<Annotation> annotations, Consumer<String> mistakes) {
        ShapeBuilder builder = new ShapeBuilder();
        Shape shape;
        try {
            shape = builder.build(type, Bindings.NONE, annotations);
        } catch (DeclarationException undescribed) {
            return null;
        }
        try {
            builder.checkExamples();
        } catch (DeclarationException mistake) {
            mistakes.accept(String.valueOf(mistake.getMessage()));
        }
        return shape;
    }

    /// Returns the value of a [io.asyncio4j.web.DefaultValue], which must satisfy the constraints
    /// as well.
    ///
    /// @param texts for a list, its items; else one
    public static @Nullable Object defaultOf(Shape shape, String[] texts) {
        Shape inner = inner(shape);
        boolean many = inner instanceof ListShape || inner instanceof MapShape;
        if (!many && texts.length != 1) {
            throw new DeclarationException("@DefaultValue has " + texts.length + " texts, but the type, "
                    + inner.type().getSimpleName() + ", takes one; write one");
        }
        if (inner instanceof MapShape && texts.length > 0) {
            throw new DeclarationException(
                    "@DefaultValue cannot be other than {} for a map; write {}, or make it" + " an Optional");
        }
        Object input = texts.length == 1 ? texts[0] : "";
        if (many) {
            input = inner instanceof MapShape ? Map.of() : Arrays.asList((Object[]) texts);
        }
        Problems problems = new Problems();
        Object value = shape.read(input, problems);
        if (value == Shape.INVALID) {
            throw new DeclarationException("@DefaultValue(" + quoted(texts) + ") is no value of the type: "
                    + problems.list().getFirst().message() + "; change one of them");
        }
        return value;
    }

    private static String quoted(String[] texts) {
        String items = texts.length == 0 ? "" : "\"" + String.join("\", \"", texts) + "\"";
        return texts.length == 1 ? items : "{" + items + "}";
    }

    private static Shape inner(Shape shape) {
        return shape instanceof OptionalShape optional ? optional.inner() : shape;
    }

    /// Returns the shape of an [java.util.Optional] of these values.
    public static Shape optional(Shape shape) {
        return shape instanceof OptionalShape ? shape : new OptionalShape(shape, true);
    }

    /// Returns the shape of a list of these values.
    public static Shape list(Shape shape) {
        return new ListShape(List.class, shape, new Rules());
    }

    /// Returns the shape of numbers that are not less.
    public static Shape min(Shape shape, Number least) {
        return number(shape, "min", rules -> rules.atLeast(new Rules.Bound(decimal(least), null)));
    }

    /// Returns the shape of numbers that are not greater.
    public static Shape max(Shape shape, Number most) {
        return number(shape, "max", rules -> rules.atMost(new Rules.Bound(decimal(most), null)));
    }

    private static BigDecimal decimal(Number number) {
        return new BigDecimal(number.toString());
    }

    private static Shape number(Shape shape, String method, Consumer<Rules> change) {
        if (inner(shape) instanceof ScalarShape scalar && scalar.kind().isNumber()) {
            return with(shape, change);
        }
        throw new DeclarationException(method + " is for numbers, but the type is "
                + inner(shape).type().getSimpleName() + "; remove it, or use size");
    }

    /// Returns the shape of texts, lists or maps of these sizes.
    public static Shape size(Shape shape, int least, int most) {
        Shape inner = inner(shape);
        if (!isText(inner) && !(inner instanceof ListShape) && !(inner instanceof MapShape)) {
            throw new DeclarationException("size is for texts, lists and maps, but the type is "
                    + inner.type().getSimpleName() + "; use min and max");
        }
        if (least < 0) {
            throw new DeclarationException("A size cannot be less than 0, but the least is " + least + "; use 0");
        }
        return with(shape, rules -> {
            rules.minSize(new Rules.Size(least, null));
            rules.maxSize(new Rules.Size(most, null));
        });
    }

    /// Returns the shape of texts that match as a whole.
    public static Shape pattern(Shape shape, String regex) {
        if (!isText(inner(shape))) {
            throw new DeclarationException("pattern is for texts, but the type is "
                    + inner(shape).type().getSimpleName() + "; remove it, or make the type String");
        }
        Rules.Regex pattern = new Rules.Regex(ConstraintAnnotations.compile(regex, 0), null);
        return with(shape, rules -> rules.patterns.add(pattern));
    }

    private static boolean isText(Shape shape) {
        return shape instanceof ScalarShape scalar && scalar.kind() == Scalar.STRING;
    }

    private static Shape with(Shape shape, Consumer<Rules> change) {
        return switch (shape) {
            case OptionalShape optional -> new OptionalShape(with(optional.inner(), change), optional.wraps());
            case ScalarShape scalar -> new ScalarShape(scalar.kind(), scalar.type(), changed(scalar.rules(), change));
            case ListShape list -> new ListShape(list.type(), list.item(), changed(list.rules(), change));
            case MapShape map -> new MapShape(map.key(), map.value(), changed(map.rules(), change));
            default -> throw new IllegalStateException("No bounds for " + shape);
        };
    }

    private static Rules changed(Rules rules, Consumer<Rules> change) {
        Rules copy = rules.copy();
        change.accept(copy);
        copy.requireSatisfiable();
        return copy;
    }
}
